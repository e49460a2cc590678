"""Answers that turn every convolution into a matrix product, with index arrays."""

import numpy as np


def _two(v):
    return (v, v) if isinstance(v, int) else v


def _indices(H, W, KH, KW, stride, padding, dilation):
    """Rows and columns of the padded image, each (KH * KW, OH * OW), and OH, OW."""
    (sh, sw), (ph, pw), (dh, dw) = _two(stride), _two(padding), _two(dilation)
    OH = (H + 2 * ph - dh * (KH - 1) - 1) // sh + 1
    OW = (W + 2 * pw - dw * (KW - 1) - 1) // sw + 1
    i0 = dh * np.repeat(np.arange(KH), KW)
    j0 = dw * np.tile(np.arange(KW), KH)
    i1 = sh * np.repeat(np.arange(OH), OW)
    j1 = sw * np.tile(np.arange(OW), OH)
    return i0[:, None] + i1, j0[:, None] + j1, OH, OW


def cross_correlate2d(x, w):
    rows, columns, OH, OW = _indices(*x.shape, *w.shape, 1, 0, 1)
    return (w.ravel() @ x[rows, columns]).reshape(OH, OW)


def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    ph, pw = _two(padding)
    rows, columns, OH, OW = _indices(H, W, KH, KW, stride, padding, dilation)
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="constant")
    return xp[:, :, rows, columns].reshape(N, C * KH * KW, OH * OW)


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
    N, C, H, W = xshape
    ph, pw = _two(padding)
    rows, columns, OH, OW = _indices(H, W, KH, KW, stride, padding, dilation)
    xp = np.zeros((N, C, H + 2 * ph, W + 2 * pw), dtype=cols.dtype)
    np.add.at(xp, (slice(None), slice(None), rows, columns), cols.reshape(N, C, KH * KW, OH * OW))
    bottom = None if ph == 0 else -ph
    right = None if pw == 0 else -pw
    return xp[:, :, ph:bottom, pw:right]


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    F, _, KH, KW = w.shape
    *_, OH, OW = _indices(*x.shape[2:], KH, KW, stride, padding, dilation)
    y = w.reshape(F, -1) @ im2col(x, KH, KW, stride, padding, dilation)
    if b is not None:
        y += b[:, None]
    return y.reshape(-1, F, OH, OW)


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    parts = [
        conv2d_fast(xg, wg, None, stride, padding, dilation)
        for xg, wg in zip(np.split(x, groups, axis=1), np.split(w, groups), strict=True)
    ]
    y = np.concatenate(parts, axis=1)
    return y if b is None else y + b[:, None, None]


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    KH, KW = w.shape[2:]
    settings = (KH, KW, stride, padding, dilation)
    dxs, dws = [], []
    for dyg, xg, wg in zip(
        np.split(dy, groups, 1), np.split(x, groups, 1), np.split(w, groups), strict=True
    ):
        flat = dyg.reshape(*dyg.shape[:2], -1)  # (N, F / groups, OH * OW)
        cols = im2col(xg, *settings)
        dws.append((flat @ cols.transpose(0, 2, 1)).sum(axis=0).reshape(wg.shape))
        dcols = wg.reshape(len(wg), -1).T @ flat
        dxs.append(col2im(dcols, xg.shape, *settings))
    return np.concatenate(dxs, axis=1), np.concatenate(dws), dy.sum(axis=(0, 2, 3))


def conv1x1(x, w, b):
    N, C, H, W = x.shape
    rows = x.transpose(0, 2, 3, 1).reshape(-1, C)
    y = rows @ w.T
    if b is not None:
        y = y + b
    return y.reshape(N, H, W, -1).transpose(0, 3, 1, 2)
