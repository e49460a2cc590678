"""Answers with windows as views: sliding_window_view for reading, masks for the way back."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    stride = stride or k
    starts = np.arange(-padding, n, stride)
    ends = starts + dilation * (k - 1) + 1
    fitting = int((ends <= n + padding).sum())
    if not ceil_mode or fitting == len(starts) or ends[fitting - 1] == n + padding:
        return fitting
    return fitting + 1


def _pairs(k, stride, padding, dilation):
    stride = k if stride is None else stride
    return [tuple(v) if isinstance(v, tuple) else (v, v) for v in (k, stride, padding, dilation)]


def _framed(x, pairs, out, fill):
    """x in a frame that is exactly as large as the windows need."""
    k, s, p, d = pairs
    ends = [(out[i] - 1) * s[i] + d[i] * (k[i] - 1) + 1 for i in (0, 1)]
    after = [max(ends[i] - p[i] - x.shape[2 + i], 0) for i in (0, 1)]
    return np.pad(x, [(0, 0), (0, 0), (p[0], after[0]), (p[1], after[1])], constant_values=fill)


def _view(frame, pairs, out, *, writeable=False):
    """The windows (N, C, OH, OW, KH, KW)."""
    k, s, _, d = pairs
    reach = d[0] * (k[0] - 1) + 1, d[1] * (k[1] - 1) + 1
    every = sliding_window_view(frame, reach, axis=(2, 3), writeable=writeable)
    every = every[:, :, :: s[0], :: s[1], :: d[0], :: d[1]]
    return every[:, :, : out[0], : out[1]]


def _out(x, pairs, ceil_mode):
    k, s, p, d = pairs
    return tuple(pool_out(x.shape[2 + i], k[i], s[i], p[i], ceil_mode, d[i]) for i in (0, 1))


def maxpool2d_forward(x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    pairs = _pairs(k, stride, padding, dilation)
    out = _out(x, pairs, ceil_mode)
    return _view(_framed(x, pairs, out, -np.inf), pairs, out).max(axis=(-2, -1))


def maxpool2d_backward(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    pairs = _pairs(k, stride, padding, dilation)
    out = dy.shape[2:]
    frame = _framed(x, pairs, out, -np.inf)
    windows = _view(frame, pairs, out)
    flat = windows.reshape(*dy.shape, -1)
    mask = flat == flat.max(-1, keepdims=True)
    mask &= mask.cumsum(-1) == 1  # the first of equal maxima
    mask = mask.reshape(windows.shape)
    dframe = np.zeros_like(frame)
    dwindows = _view(dframe, pairs, out, writeable=True)
    for i in range(out[0]):
        for j in range(out[1]):
            dwindows[:, :, i, j] += mask[:, :, i, j] * dy[:, :, i, j, None, None]
    (ph, pw), (H, W) = pairs[2], x.shape[2:]
    return dframe[:, :, ph : ph + H, pw : pw + W]


def _counts(x, pairs, out, include):
    (ph, pw), (H, W) = pairs[2], x.shape[2:]
    ones = np.ones((1, 1, H, W), dtype=x.dtype)
    if include:
        ones = np.ones((1, 1, H + 2 * ph, W + 2 * pw), dtype=x.dtype)
        k, s, _, d = pairs
        bare = [k, s, (0, 0), d]
        return _view(_framed(ones, bare, out, 0), bare, out).sum((-2, -1))
    return _view(_framed(ones, pairs, out, 0), pairs, out).sum((-2, -1))


def avgpool2d_forward(x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    pairs = _pairs(k, stride, padding, 1)
    out = _out(x, pairs, ceil_mode)
    total = _view(_framed(x, pairs, out, 0), pairs, out).sum(axis=(-2, -1))
    return total / _counts(x, pairs, out, count_include_pad)


def avgpool2d_backward(dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    pairs = _pairs(k, stride, padding, 1)
    out = dy.shape[2:]
    share = dy / _counts(x, pairs, out, count_include_pad)
    dframe = _framed(np.zeros_like(x), pairs, out, 0)
    dwindows = _view(dframe, pairs, out, writeable=True)
    for i, j in np.ndindex(out):
        dwindows[:, :, i, j] += share[:, :, i, j, None, None]
    (ph, pw), (H, W) = pairs[2], x.shape[2:]
    return dframe[:, :, ph : ph + H, pw : pw + W].copy()


def gap(x):
    return np.einsum("nchw->nc", x) / (x.shape[2] * x.shape[3])


def gap_backward(dy, shape):
    return np.einsum("nc,hw->nchw", dy, np.full(shape[2:], 1 / np.prod(shape[2:]), dtype=dy.dtype))


def relative_change(pool, T, X):
    before = pool(X).reshape(len(X), -1)
    after = pool(T(X)).reshape(len(X), -1)
    lengths = np.sqrt(np.einsum("nd,nd->n", before, before))
    return (np.sqrt(np.einsum("nd,nd->n", after - before, after - before)) / lengths).mean()


def findings(X):
    ink = X.sum(axis=(1, 2, 3))
    kept = np.abs(X[..., :-1].sum((1, 2, 3)) - ink) / ink
    steady = 5 if kept.mean() < 0.01 else 0
    return np.array([steady, 4, 2])
