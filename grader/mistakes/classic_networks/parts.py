"""The layers that mistaken networks are made of, in short and right."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv(x, w, b=None, padding=0, stride=1):
    """x (N, C, H, W), w (F, C, KH, KW), b (F,) -> (N, F, OH, OW)."""
    p = padding
    padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    y = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return y if b is None else y + b[:, None, None]


def conv_back(dy, x, w, padding=0, stride=1):
    """dy (N, F, OH, OW) -> dx, dw, db."""
    p, (OH, OW) = padding, dy.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    # With steps that are too small there are more windows than numbers of dy.
    windows = windows[:, :, :OH, :OW]
    dw = np.tensordot(dy, windows, axes=((0, 2, 3), (0, 2, 3)))
    spread = np.tensordot(dy, w, axes=(1, 0)).transpose(4, 5, 0, 3, 1, 2)
    wide = np.zeros_like(padded)
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            rows = slice(i, i + (OH - 1) * stride + 1, stride)
            columns = slice(j, j + (OW - 1) * stride + 1, stride)
            wide[:, :, rows, columns] += spread[i, j]
    H, W = x.shape[2:]
    return wide[:, :, p : p + H, p : p + W], dw, dy.sum((0, 2, 3))


def blocks(x):
    """x (N, C, H, W) -> its 2 × 2 windows (N, C, H // 2, W // 2, 4)."""
    N, C, H, W = x.shape
    x = x[:, :, : H // 2 * 2, : W // 2 * 2].reshape(N, C, H // 2, 2, W // 2, 2)
    return x.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, H // 2, W // 2, 4)


def unblocks(windows, shape):
    """Windows back to maps of a shape; what no window saw is 0."""
    N, C, OH, OW, _ = windows.shape
    x = np.zeros(shape, windows.dtype)
    maps = windows.reshape(N, C, OH, OW, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    x[:, :, : 2 * OH, : 2 * OW] = maps.reshape(N, C, 2 * OH, 2 * OW)
    return x


def max_pool(x):
    """The largest of each 2 × 2 window."""
    return blocks(x).max(-1)


def max_pool_back(dy, x):
    """To the first of the largest."""
    windows = blocks(x)
    first = np.arange(4) == windows.argmax(-1)[..., None]
    return unblocks(first * dy[..., None], x.shape)


def avg_pool(x):
    """The mean of each 2 × 2 window."""
    return blocks(x).mean(-1)


def avg_pool_back(dy, x):
    """A quarter to each."""
    return unblocks(np.repeat(dy[..., None] / 4, 4, axis=-1), x.shape)


def softmax(z):
    """Rows of probabilities."""
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)
