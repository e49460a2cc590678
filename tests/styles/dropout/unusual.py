"""Right answers by other ways: choices, lists, moments from their definition."""

from itertools import product

import numpy as np


def dropout(x, u, p, train):
    mask = np.ones_like(x)
    if train:
        mask = np.heaviside(u - np.asarray(p, u.dtype), 1).astype(x.dtype)
        mask = mask if p == 1 else mask / (1 - p)
    return np.multiply(mask, x), mask


def dropout_backward(dy, mask):
    ups, downs = (dropout_slope(dy, mask, step) for step in (0.5, -0.5))
    return ups - downs


def dropout_slope(dy, mask, step):
    """What the loss gains by a step of x, number by number."""
    return dy * (mask * np.asarray(step, dy.dtype))


def to_inverted(w_next, p):
    keep = 1 - p
    return np.stack([keep * row for row in w_next])


def predict_old(x, w_next, b_next, p):
    return (x @ w_next.T + b_next) * (1 - p) + b_next * p


def dropout2d(x, u, p, train):
    N, C, H, W = x.shape
    wide = np.repeat(u.ravel(), H * W).reshape(x.shape)
    y, mask = dropout(x, wide, p, train)
    return y, mask[:, :, 0, 0].copy()


def dropout2d_backward(dy, mask):
    N, C, H, W = dy.shape
    return np.stack([np.stack([dy[n, c] * mask[n, c] for c in range(C)]) for n in range(N)])


def dropconnect(x, w, b, u, p, train):
    thinned, mask = dropout(w, u, p, train)
    rows = [[np.dot(row, weights) for weights in thinned] for row in x]
    return np.array(rows, dtype=x.dtype) + b[np.newaxis], mask


def dropconnect_backward(dy, x, w, mask):
    each = dy[:, :, None] * x[:, None]
    back = dy[:, :, None] * (w * mask)[None]
    return back.sum(1), each.sum(0) * mask, np.ones(len(dy), dy.dtype) @ dy


def dropout_moments(x, w, b, p):
    mean = square = 0.0
    centre = x @ w.T
    for kept in product((0, 1), repeat=x.shape[1]):
        chance = (1 - p) ** sum(kept) * p ** (len(kept) - sum(kept))
        y = (x * np.array(kept, x.dtype) / (1 - p)) @ w.T
        mean, square = mean + chance * y, square + chance * (y - centre) ** 2
    return mean + b, square
