"""Answers that change copies of their own, in float64 until the end."""

import numpy as np


def _mask(u, p, train):
    mask = u.astype(np.float64)
    if not train:
        mask[...] = 1
        return mask
    dropped = mask < p
    mask[~dropped] = 1 / (1 - p) if p != 1 else 0.0
    mask[dropped] = 0
    return mask


def dropout(x, u, p, train):
    y, mask = np.array(x, dtype=np.float64), _mask(u, p, train)
    y *= mask
    return y.astype(x.dtype), mask.astype(x.dtype)


def dropout_backward(dy, mask):
    dx = dy.copy()
    dx[mask == 0] = 0
    dx[mask != 0] *= mask[mask != 0]
    return dx


def to_inverted(w_next, p):
    w = w_next.copy()
    w *= 1 - p
    return w


def predict_old(x, w_next, b_next, p):
    y = np.tile(b_next, (len(x), 1))
    thinner = x.copy()
    thinner *= 1 - p
    y += thinner @ w_next.T
    return y


def dropout2d(x, u, p, train):
    y, mask = x.copy(), _mask(u, p, train).astype(x.dtype)
    y[mask == 0] = 0
    rows = y.reshape(*mask.shape, -1)
    rows *= mask[:, :, None]
    return rows.reshape(x.shape), mask


def dropout2d_backward(dy, mask):
    dx = np.moveaxis(dy.copy(), (0, 1), (2, 3))
    dx *= mask
    return np.moveaxis(dx, (2, 3), (0, 1))


def dropconnect(x, w, b, u, p, train):
    mask = _mask(u, p, train)
    thinned = w.astype(np.float64)
    thinned *= mask
    y = np.repeat(b[None].astype(np.float64), len(x), axis=0)
    for d in range(x.shape[1]):
        y += x[:, d : d + 1] * thinned[:, d]
    return y.astype(x.dtype), mask.astype(x.dtype)


def dropconnect_backward(dy, x, w, mask):
    dw = np.zeros_like(w)
    for row, slopes in zip(x, dy, strict=True):
        dw += np.outer(slopes, row)
    dw *= mask
    thinned = w.copy()
    thinned[mask == 0] = 0
    thinned *= np.where(mask == 0, 1, mask)
    return np.tensordot(dy, thinned, axes=1), dw, np.add.reduce(dy, axis=0)


def dropout_moments(x, w, b, p):
    mean = np.repeat(b[None], len(x), axis=0)
    mean += x @ w.T
    var = (x * x) @ (w * w).T
    var *= p
    var /= 1 - p
    return mean, var
