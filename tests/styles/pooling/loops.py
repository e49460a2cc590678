"""Answers in loops, as one writes them down from the definition."""

import math

import numpy as np


def _two(value):
    if isinstance(value, int):
        return value, value
    return value


def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    if stride is None:
        stride = k
    out = 0
    start = -padding
    while start < n:
        end = start + dilation * (k - 1) + 1
        if end > n + padding and not ceil_mode:
            break
        out += 1
        if end >= n + padding:
            break
        start += stride
    return out


def _window(i, j, shape, k, stride, padding, dilation):
    """The pixels of the map that window (i, j) sees."""
    (KH, KW), (sh, sw), (ph, pw), (dh, dw) = k, stride, padding, dilation
    for a in range(KH):
        for b in range(KW):
            row, column = i * sh + a * dh - ph, j * sw + b * dw - pw
            if 0 <= row < shape[2] and 0 <= column < shape[3]:
                yield row, column


def _settings(k, stride, padding, dilation=1):
    return _two(k), _two(k if stride is None else stride), _two(padding), _two(dilation)


def maxpool2d_forward(x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    N, C, H, W = x.shape
    settings = _settings(k, stride, padding, dilation)
    k, s, p, d = settings
    OH = pool_out(H, k[0], s[0], p[0], ceil_mode, d[0])
    OW = pool_out(W, k[1], s[1], p[1], ceil_mode, d[1])
    y = np.zeros((N, C, OH, OW), dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    best = -math.inf
                    for row, column in _window(i, j, x.shape, *settings):
                        best = max(best, x[n, c, row, column])
                    y[n, c, i, j] = best
    return y


def maxpool2d_backward(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    dx = np.zeros(x.shape, dtype=x.dtype)
    settings = _settings(k, stride, padding, dilation)
    for n in range(dy.shape[0]):
        for c in range(dy.shape[1]):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    best, where = None, None
                    for row, column in _window(i, j, x.shape, *settings):
                        if best is None or x[n, c, row, column] > best:
                            best, where = x[n, c, row, column], (row, column)
                    dx[n, c][where] += dy[n, c, i, j]
    return dx


def _divisor(i, j, shape, settings, include):
    if not include:
        return len(list(_window(i, j, shape, *settings)))
    (KH, KW), (sh, sw), (ph, pw), _ = settings
    rows = min(i * sh + KH, shape[2] + 2 * ph) - i * sh
    columns = min(j * sw + KW, shape[3] + 2 * pw) - j * sw
    return rows * columns


def avgpool2d_forward(x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    N, C, H, W = x.shape
    settings = _settings(k, stride, padding)
    k, s, p, _ = settings
    OH = pool_out(H, k[0], s[0], p[0], ceil_mode)
    OW = pool_out(W, k[1], s[1], p[1], ceil_mode)
    y = np.zeros((N, C, OH, OW), dtype=x.dtype)
    for n, c, i, j in np.ndindex(y.shape):
        total = 0.0
        for row, column in _window(i, j, x.shape, *settings):
            total += float(x[n, c, row, column])
        y[n, c, i, j] = total / _divisor(i, j, x.shape, settings, count_include_pad)
    return y


def avgpool2d_backward(dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    dx = np.zeros_like(x)
    settings = _settings(k, stride, padding)
    for n, c, i, j in np.ndindex(dy.shape):
        share = dy[n, c, i, j] / _divisor(i, j, x.shape, settings, count_include_pad)
        for row, column in _window(i, j, x.shape, *settings):
            dx[n, c, row, column] += share
    return dx


def gap(x):
    N, C, H, W = x.shape
    y = np.zeros((N, C), dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            total = 0
            for i in range(H):
                for j in range(W):
                    total = total + x[n, c, i, j]
            y[n, c] = total / (H * W)
    return y


def gap_backward(dy, shape):
    dx = np.zeros(shape, dtype=dy.dtype)
    for n, c, i, j in np.ndindex(*shape):
        dx[n, c, i, j] = dy[n, c] / shape[2] / shape[3]
    return dx


def relative_change(pool, T, X):
    total = 0.0
    y, moved = pool(X), pool(T(X))
    for a, b in zip(moved, y, strict=True):
        total += math.sqrt(((a - b) ** 2).sum()) / math.sqrt((b**2).sum())
    return total / len(X)


def findings(X):
    return 5, 4, 2
