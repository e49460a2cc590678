"""Answers that write the whole convolution as one matrix, rows of output by pixels of input."""

import numpy as np


def _pair(v):
    return (v, v) if isinstance(v, int) else v


def _taps(n, k, stride, padding, dilation):
    """T (OUT, k, n) with a one where output o meets pixel i at position t of the kernel."""
    size = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    o, t, i = np.ogrid[:size, :k, :n]
    return (o * stride + t * dilation - padding == i) * 1.0


def _axes(shape, kernel, stride, padding, dilation, dtype):
    settings = zip(shape, kernel, _pair(stride), _pair(padding), _pair(dilation), strict=True)
    return [_taps(*one).astype(dtype) for one in settings]


def _windows(x, KH, KW, stride, padding, dilation):
    """The windows (N, C, KH, KW, OH, OW), by two matrix products with zeros and ones."""
    rows, columns = _axes(x.shape[2:], (KH, KW), stride, padding, dilation, x.dtype)
    return np.einsum("uah,vbw,nchw->ncabuv", rows, columns, x, optimize=True)


def cross_correlate2d(x, w):
    rows, columns = _axes(x.shape, w.shape, 1, 0, 1, x.dtype)
    return np.einsum("uah,vbw,hw,ab->uv", rows, columns, x, w, optimize=True)


def _block(w, groups):
    """The weights of all groups as one kernel over all channels, with zeros between."""
    F, depth, KH, KW = w.shape
    full = np.zeros((F, groups * depth, KH, KW), dtype=w.dtype)
    for g in range(groups):
        some = slice(g * F // groups, (g + 1) * F // groups)
        full[some, g * depth : (g + 1) * depth] = w[some]
    return full


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    windows = _windows(x, *w.shape[2:], stride, padding, dilation)
    y = np.einsum("ncabuv,fcab->nfuv", windows, _block(w, groups))
    return y if b is None else y + b[:, None, None]


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    F, depth, KH, KW = w.shape
    windows = _windows(x, KH, KW, stride, padding, dilation)
    full = np.einsum("nfuv,ncabuv->fcab", dy, windows)
    parts = np.split(full, groups)
    dw = [part[:, g * depth : (g + 1) * depth] for g, part in enumerate(parts)]
    dwindows = np.einsum("nfuv,fcab->ncabuv", dy, _block(w, groups))
    rows, columns = _axes(x.shape[2:], (KH, KW), stride, padding, dilation, x.dtype)
    dx = np.einsum("ncabuv,uah,vbw->nchw", dwindows, rows, columns, optimize=True)
    return dx, np.concatenate(dw), dy.sum(3).sum(2).sum(0)


def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
    windows = _windows(x, KH, KW, stride, padding, dilation)
    return windows.reshape(len(x), x.shape[1] * KH * KW, -1)


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
    N, C, H, W = xshape
    rows, columns = _axes((H, W), (KH, KW), stride, padding, dilation, cols.dtype)
    windows = cols.reshape(N, C, KH, KW, len(rows), len(columns))
    return np.einsum("ncabuv,uah,vbw->nchw", windows, rows, columns, optimize=True)


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    windows = _windows(x, *w.shape[2:], stride, padding, dilation)
    N, C, KH, KW, OH, OW = windows.shape
    y = w.reshape(len(w), -1) @ windows.reshape(N, C * KH * KW, OH * OW)
    y = y.reshape(N, len(w), OH, OW)
    return y if b is None else y + b[:, None, None]


def conv1x1(x, w, b):
    y = (w @ x.reshape(*x.shape[:2], -1)).reshape(len(x), len(w), *x.shape[2:])
    return y if b is None else y + b[:, None, None]
