"""Answers with windows as views: sliding_window_view for reading, as_strided for its shape."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def _pair(v):
    return tuple(v) if isinstance(v, tuple | list) else (v, v)


def _view(x, KH, KW, stride, padding, dilation):
    """The windows (N, C, OH, OW, KH, KW) of the padded image."""
    (sh, sw), (ph, pw), (dh, dw) = map(_pair, (stride, padding, dilation))
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    reach = dh * (KH - 1) + 1, dw * (KW - 1) + 1
    every = sliding_window_view(xp, reach, axis=(2, 3))
    return every[:, :, ::sh, ::sw, ::dh, ::dw]


def cross_correlate2d(x, w):
    out = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return np.einsum("ijab,ab->ij", as_strided(x, (*out, *w.shape), x.strides * 2), w)


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    N, F, depth = len(x), len(w), w.shape[1]
    windows = _view(x, *w.shape[2:], stride, padding, dilation)
    windows = windows.reshape(N, groups, depth, *windows.shape[2:])
    kernels = w.reshape(groups, F // groups, *w.shape[1:])
    y = np.einsum("ngcijab,gfcab->ngfij", windows, kernels, optimize=True)
    y = y.reshape(N, F, *y.shape[3:])
    if b is not None:
        y = y + b[:, np.newaxis, np.newaxis]
    return y


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    """dx is a convolution of dy, spread by the stride, with the flipped kernel."""
    (sh, sw), (ph, pw), (dh, dw) = map(_pair, (stride, padding, dilation))
    (N, F, OH, OW), (_, C, H, W), (_, depth, KH, KW) = dy.shape, x.shape, w.shape
    windows = _view(x, KH, KW, stride, padding, dilation)
    windows = windows.reshape(N, groups, depth, *windows.shape[2:])
    dyg = dy.reshape(N, groups, F // groups, OH, OW)
    grad_w = np.einsum("ngfij,ngcijab->gfcab", dyg, windows).reshape(w.shape)

    reach = dh * (KH - 1), dw * (KW - 1)
    spread = np.zeros((N, F, H + 2 * ph + reach[0], W + 2 * pw + reach[1]), dtype=dy.dtype)
    spread[
        :,
        :,
        reach[0] : reach[0] + (OH - 1) * sh + 1 : sh,
        reach[1] : reach[1] + (OW - 1) * sw + 1 : sw,
    ] = dy
    kernels = w.reshape(groups, F // groups, depth, KH, KW).swapaxes(1, 2)
    kernels = kernels.reshape(C, F // groups, KH, KW)[:, :, ::-1, ::-1]
    dxp = conv2d_forward(spread, kernels, None, dilation=dilation, groups=groups)
    return dxp[:, :, ph : ph + H, pw : pw + W], grad_w, np.einsum("nfij->f", dy)


def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
    windows = _view(x, KH, KW, stride, padding, dilation)
    N, C, OH, OW = windows.shape[:4]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * KH * KW, OH * OW)


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = map(_pair, (stride, padding, dilation))
    N, C, H, W = xshape
    xp = np.zeros((N, C, H + 2 * ph, W + 2 * pw), dtype=cols.dtype)
    OH = 1 + (xp.shape[2] - 1 - dh * (KH - 1)) // sh
    OW = 1 + (xp.shape[3] - 1 - dw * (KW - 1)) // sw
    windows = cols.reshape(N, C, KH, KW, OH, OW)
    n, c, h, v = xp.strides
    for a, b in np.ndindex(KH, KW):
        corner = xp[:, :, a * dh :, b * dw :]
        as_strided(corner, (N, C, OH, OW), (n, c, h * sh, v * sw))[...] += windows[:, :, a, b]
    return xp[:, :, ph : ph + H, pw : pw + W]


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    windows = _view(x, *w.shape[2:], stride, padding, dilation)
    y = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3)))  # (N, OH, OW, F)
    if b is not None:
        y += b
    return np.moveaxis(y, -1, 1)


def conv1x1(x, w, b):
    y = np.tensordot(w, x, axes=(1, 1)).swapaxes(0, 1)
    return y if b is None else y + b.reshape(-1, 1, 1)
