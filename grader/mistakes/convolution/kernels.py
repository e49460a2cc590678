"""Slips with the kernel: turned, cut, or not summed over."""

from __future__ import annotations

import numpy as np

from grader.mistakes.convolution.spoilt import Call, forward
from grader.mistakes.shapes import only_if


def square(call: Call) -> bool:
    """Whether rows and columns of the kernel can be exchanged unnoticed."""
    return call.w.shape[2] == call.w.shape[3]


def kept(w: np.ndarray, *where) -> np.ndarray:
    """The kernel with zeros everywhere but there."""
    only = np.zeros_like(w)
    only[where] = w[where]
    return only


def cut(call: Call, axis: int) -> np.ndarray:
    """The kernel, if its height (axis 2) or width (axis 3) is taken for both."""
    side = call.w.shape[axis]
    return only_if(min(call.w.shape[2:]) >= side, call.w[..., :side, :side])


def size_for(call: Call, axis: int) -> tuple[int, int]:
    """The output's size, if the kernel's height (axis 2) or width (axis 3) is taken for both."""
    side, n = call.w.shape[axis], call.padded.shape[2:]
    s, d = call.stride, call.dilation
    return tuple((n[i] - d[i] * (side - 1) - 1) // s[i] + 1 for i in (0, 1))


def without_bias(conv):
    """The same slip in code that also overwrites the bias."""
    return lambda x, w, b, *args, **settings: conv(x, w, None, *args, **settings)


def filters_last(call: Call) -> np.ndarray:
    """The weights, if w.reshape(-1, F) takes the place of w.reshape(F, -1).T in each group."""
    of_groups = np.split(call.w, call.groups)
    return np.concatenate([w.reshape(-1, len(w)).T.reshape(w.shape) for w in of_groups])


LAST_CHANNEL = forward(w=lambda c: kept(c.w, slice(None), -1))
LAST_OFFSET = forward(w=lambda c: kept(c.w, ..., -1, -1))
LAST_PRODUCT = forward(w=lambda c: kept(c.w, slice(None), -1, -1, -1))

KERNELS = {
    "kernel_flipped": (
        "The kernel is flipped, as in the true convolution of mathematics, or along one axis. "
        "Deep learning slides the kernel as it is (cross-correlation): leave the flip out.",
        (
            forward(w=lambda c: c.w[:, :, ::-1, ::-1]),
            forward(w=lambda c: c.w[:, ::-1, ::-1, ::-1]),
            forward(w=lambda c: c.w[::-1, ::-1, ::-1, ::-1]),
            forward(w=lambda c: c.w[:, :, ::-1]),
            forward(w=lambda c: c.w[:, :, :, ::-1]),
        ),
    ),
    "kernel_transposed": (
        "Rows and columns of the kernel are swapped: w[f, c, i, j] belongs to the pixel i rows "
        "below and j columns to the right of the window's corner.",
        (
            forward(w=lambda c: c.w.swapaxes(2, 3)),
            forward(w=lambda c: only_if(square(c), c.w.swapaxes(2, 3))),
            forward(w=lambda c: c.w.swapaxes(2, 3).reshape(c.w.shape)),
        ),
    ),
    "weights_transposed": (
        "Filters and channels are swapped: w has the shape (F, C / groups, KH, KW), filters first.",
        (
            forward(w=lambda c: only_if(len(c.w) == c.w.shape[1], c.w.swapaxes(0, 1))),
            forward(w=filters_last),
        ),
    ),
    "last_channel_only": (
        "Only one input channel reaches the result. Add the channels up: accumulate with +=, "
        "and return after the loop, not in it.",
        (
            LAST_CHANNEL,
            without_bias(LAST_CHANNEL),
            forward(w=lambda c: kept(c.w, slice(None), 0)),
        ),
    ),
    "last_offset_only": (
        "Only one position of the kernel reaches the result. Add the products of all positions "
        "up: accumulate with +=, and return after the loop, not in it.",
        (
            LAST_OFFSET,
            without_bias(LAST_OFFSET),
            LAST_PRODUCT,
            without_bias(LAST_PRODUCT),
            forward(w=lambda c: kept(c.w, ..., 0, 0)),
            forward(w=lambda c: kept(c.w, ..., -1, slice(None))),
            forward(w=lambda c: kept(c.w, ..., -1)),
        ),
    ),
    "mean_window": (
        "You averaged over the window. A convolution sums the products and does not divide.",
        (
            forward(after=lambda y, c: y / (c.w.shape[2] * c.w.shape[3])),
            forward(after=lambda y, c: y / c.w[0].size),
        ),
    ),
    "assumes_square_kernel": (
        "The kernel's height is used as its width, or the other way round. "
        "Read both: KH, KW = w.shape[2:].",
        (
            forward(w=lambda c: cut(c, 2)),
            forward(w=lambda c: cut(c, 3)),
            forward(size=lambda c: size_for(c, 2)),
            forward(size=lambda c: size_for(c, 3)),
        ),
    ),
}
