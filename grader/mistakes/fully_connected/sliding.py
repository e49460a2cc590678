"""A right layer that slides over images, whose parts can be spoilt one by one."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def windows(x, chw):
    """What the layer sees at each place, (N, C, OH, OW, KH, KW)."""
    return sliding_window_view(x, chw[1:], axis=(2, 3))


def scores(seen, w, b, chw):
    """The layer's outputs at each place, (N, M, OH, OW)."""
    y = np.einsum("ncijuv,mcuv->nmij", seen, w.reshape(len(w), *chw))
    return y if b is None else y + b[:, None, None]


def right(x, w, b, chw):
    """The right result."""
    return scores(windows(x, chw), w, b, chw)


def after(rule):
    """The right result, spoilt at the end."""
    return lambda x, w, b, chw: rule(right(x, w, b, chw))


def weights(rule):
    """The layer with other kernels, a function of the right ones."""

    def score_map(x, w, b, chw):
        changed = np.ascontiguousarray(rule(w.reshape(len(w), *chw)))
        return right(x, changed.reshape(len(w), -1), b, chw)

    return score_map


def biased(rule):
    """The layer with its bias added in another way, where there is one."""

    def score_map(x, w, b, chw):
        y = right(x, w, None, chw)
        return y if b is None else rule(y, b, chw)

    return score_map


def as_hwc(w, chw):
    """The weights read in the order (H, W, C), as kernels."""
    return w.reshape(len(w), chw[1], chw[2], chw[0]).transpose(0, 3, 1, 2)


def in_other_order(reread):
    """The layer with its weights read in another order."""
    return lambda x, w, b, chw: right(x, reread(w, chw).reshape(len(w), -1), b, chw)


def stepping(x, w, b, chw):
    """Places that do not overlap."""
    return scores(windows(x, chw)[:, :, :: chw[1], :: chw[2]], w, b, chw)


def corner(rows, columns):
    """One place only."""

    def score_map(x, w, b, chw):
        return right(x, w, b, chw)[:, :, rows, columns]

    return score_map


def around(x, w, b, chw):
    """The layer on x with as many zeros around it as keep its size, rounded up."""
    rows, columns = chw[1] // 2, chw[2] // 2
    return right(np.pad(x, [(0, 0), (0, 0), (rows, rows), (columns, columns)]), w, b, chw)


def left_zero(rows, columns):
    """The last rows or columns of the map stay 0, or get nothing but the bias."""

    def kept(y):
        only = np.zeros_like(y)
        only[:, :, rows, columns] = y[:, :, rows, columns]
        return only

    def biased_all(x, w, b, chw):
        y = kept(right(x, w, None, chw))
        return y if b is None else y + b[:, None, None]

    return after(kept), biased_all


def as_row(x, w, b, chw):
    """All pixels of x in one row; larger images do not fit the layer."""
    y = x.reshape(len(x), -1) @ w.T
    return y if b is None else y + b


def crossed(x, w, b, chw):
    """The window for place (i, j) begins at row j and column i."""
    right_size = right(x, w, b, chw)
    y = np.zeros_like(right_size)
    for i, j in np.ndindex(y.shape[2:]):
        seen = x[:, :, j : j + chw[1], i : i + chw[2]].reshape(len(x), -1)
        y[:, :, i, j] = seen @ w.T + (0 if b is None else b)
    return y


def by_reshaped(x, w, b, chw):
    """Windows times w.reshape where w.T belongs."""
    seen = windows(x, chw).transpose(0, 2, 3, 1, 4, 5)
    y = (seen.reshape(*seen.shape[:3], -1) @ w.reshape(w.shape[::-1])).transpose(0, 3, 1, 2)
    return y if b is None else y + b[:, None, None]


def turned(x, w, b, chw):
    """Windows with rows and columns swapped."""
    seen = sliding_window_view(x, (chw[2], chw[1]), axis=(2, 3))
    y = np.einsum(
        "ncijk,mck->nmij", seen.reshape(*seen.shape[:4], -1), w.reshape(len(w), chw[0], -1)
    )
    return y if b is None else y + b[:, None, None]


def pooled(x, w, b, chw):
    """The mean of each channel instead of windows, a weight for each channel."""
    y = x.mean((2, 3)) @ w.reshape(len(w), chw[0], -1).sum(2).T
    return y if b is None else y + b
