"""Answers that loop over the kernel's positions and leave the rest to einsum."""

import numpy as np


def _pair(v):
    return (v, v) if np.isscalar(v) else tuple(v)


def _slices(shape, kernel, stride, padding, dilation):
    """For each position of the kernel, the strided slice of the padded image it meets."""
    s, p, d = _pair(stride), _pair(padding), _pair(dilation)
    out = [(shape[2 + a] + 2 * p[a] - d[a] * (kernel[a] - 1) - 1) // s[a] + 1 for a in range(2)]

    def along(axis, position):
        start = position * d[axis]
        return slice(start, start + (out[axis] - 1) * s[axis] + 1, s[axis])

    for i in range(kernel[0]):
        for j in range(kernel[1]):
            yield i, j, (..., along(0, i), along(1, j))


def _pad(x, padding):
    ph, pw = _pair(padding)
    return np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])


def cross_correlate2d(x, w):
    OH, OW = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return sum(w[i, j] * x[i : i + OH, j : j + OW] for i, j in np.ndindex(w.shape))


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    N, C = x.shape[:2]
    F, depth, KH, KW = w.shape
    xp = _pad(x, padding)
    y = 0
    for i, j, where in _slices(x.shape, (KH, KW), stride, padding, dilation):
        taps = xp[where]
        taps = taps.reshape(N, groups, depth, *taps.shape[2:])
        kernel = w[:, :, i, j].reshape(groups, F // groups, depth)
        y = y + np.einsum("ngchw,gfc->ngfhw", taps, kernel)
    y = y.reshape(N, F, *y.shape[3:])
    return y if b is None else y + b.reshape(1, F, 1, 1)


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    N, C, H, W = x.shape
    F, depth, KH, KW = w.shape
    xp = _pad(x, padding)
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    dyg = dy.reshape(N, groups, F // groups, *dy.shape[2:])
    for i, j, where in _slices(x.shape, (KH, KW), stride, padding, dilation):
        taps = xp[where]
        grouped = taps.reshape(N, groups, depth, *taps.shape[2:])
        kernel = w[:, :, i, j].reshape(groups, F // groups, depth)
        dw[:, :, i, j] = np.einsum("ngfhw,ngchw->gfc", dyg, grouped).reshape(F, depth)
        dxp[where] += np.einsum("ngfhw,gfc->ngchw", dyg, kernel).reshape(taps.shape)
    ph, pw = _pair(padding)
    return dxp[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))


def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    xp = _pad(x, padding)
    slices = _slices(x.shape, (KH, KW), stride, padding, dilation)
    taps = [xp[where].reshape(N, C, -1) for _, _, where in slices]
    return np.stack(taps, axis=2).reshape(N, C * KH * KW, -1)


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
    N, C, H, W = xshape
    dxp = _pad(np.zeros(xshape, cols.dtype), padding)
    taps = cols.reshape(N, C, KH, KW, -1)
    for i, j, where in _slices(xshape, (KH, KW), stride, padding, dilation):
        dxp[where] += taps[:, :, i, j].reshape(dxp[where].shape)
    ph, pw = _pair(padding)
    return dxp[:, :, ph : ph + H, pw : pw + W]


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    return conv2d_forward(x, w, b, stride, padding, dilation)


def conv1x1(x, w, b):
    y = np.einsum("nchw,fc->nfhw", x, w)
    return y if b is None else y + b[None, :, None, None]
