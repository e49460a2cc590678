"""Slips with col2im: overlaps that do not add up, and axes in the wrong order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.convolution.input_gradients import CORNERS, EMPTY, overwrite
from grader.mistakes.convolution.spoilt import Call, called, changed, cropped
from grader.mistakes.convolution.steps import PAIR, STEPS, first, one, second
from grader.mistakes.shapes import only_if


def fold(axes: str = "ncijuv", *, crop=cropped, add=None, **changes):
    """A col2im that reads the axes wrongly, adds or crops wrongly, or comes from another call.

    Args:
        axes: the order in which the columns are read, as letters for N, C, KH, KW, OH, OW.
        crop: takes the padded image and the call.
        add: takes the windows (N, C, KH, KW, OH, OW) and the call, gives the padded image.
        changes: as in `forward`.
    """

    def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1):
        x = np.zeros(xshape, dtype=cols.dtype)
        call = called(x, np.empty((1, xshape[1], KH, KW)), stride, padding, dilation)
        out = call.out
        sizes = dict(zip("ncijuv", (*xshape[:2], KH, KW, *out), strict=True))
        read = cols.reshape([sizes[letter] for letter in axes])
        windows = read.transpose([axes.index(letter) for letter in "ncijuv"])
        call = changed(replace(call, size=out), changes)
        return crop((add or summed)(windows, call), call)

    return col2im


def summed(windows: np.ndarray, call: Call) -> np.ndarray:
    """The padded image, with overlaps added up."""
    image = np.zeros_like(call.padded)
    np.add.at(image, call.where, windows)
    return image


def averaged(windows: np.ndarray, call: Call) -> np.ndarray:
    """The padded image, with overlaps averaged."""
    counts = summed(np.ones_like(windows), call)
    return summed(windows, call) / np.maximum(counts, 1)


def divided(windows: np.ndarray, call: Call) -> np.ndarray:
    """The padded image, divided by the size of the kernel."""
    return summed(windows, call) / (windows.shape[2] * windows.shape[3])


def assigned(order: str):
    """An adding that overwrites, in the order of some loops."""
    return lambda windows, call: overwrite(windows, call, order)


def reversed_kernel(*axes: int):
    """An adding that starts at the kernel's last row or column."""
    return lambda windows, call: summed(np.flip(windows, axes), call)


def one_image(place: int):
    """An adding that knows one image only."""

    def add(windows, call):
        only = np.zeros_like(windows)
        only[place] = windows[place]
        return summed(only, call)

    return add


def square(windows: np.ndarray, call: Call) -> np.ndarray:
    """The padded image from transposed windows, if the kernel is square."""
    fits = windows.shape[2] == windows.shape[3]
    return summed(only_if(fits, windows.swapaxes(2, 3)), call)


FOLDING = {
    "assigned": (
        "Windows overlap, and each overwrites the one before. Overlaps must add up: accumulate "
        "with += (or np.add.at, if you index with arrays).",
        (fold(add=assigned("ijuv")), fold(add=assigned("uvij"))),
    ),
    "averaged": (
        "You averaged where windows overlap. col2im sums and does not divide.",
        (fold(add=averaged), fold(add=divided)),
    ),
    "not_cropped": (
        "The result still has the padding. Crop it to xshape: [:, :, ph:ph + H, pw:pw + W].",
        (fold(crop=lambda image, call: image),),
    ),
    "crop_empty": (
        "Without padding, the result is empty: p:-p with p = 0 selects nothing. Crop with p:p + H.",
        tuple(fold(crop=rule) for rule in EMPTY),
    ),
    "crop_corner": (
        "The result is cropped at the wrong place. The image starts at row ph and column pw and "
        "is H × W: [:, :, ph:ph + H, pw:pw + W].",
        tuple(fold(crop=rule) for rule in CORNERS),
    ),
    "rows_kernel_major": (
        "The rows are read in the wrong order: they are (C, KH, KW), channel first.",
        (fold("nijcuv"), fold("njicuv")),
    ),
    "rows_column_first": (
        "Rows and columns of the kernel are swapped: the rows are in the order (C, KH, KW).",
        (fold("ncjiuv"), fold(add=square)),
    ),
    "rows_reversed": (
        "The kernel's positions are reversed: the first row of a channel belongs to the window's "
        "top left pixel.",
        (
            fold(add=reversed_kernel(2, 3)),
            fold(add=reversed_kernel(1, 2, 3)),
            fold(add=reversed_kernel(2)),
            fold(add=reversed_kernel(3)),
        ),
    ),
    "columns_down_first": (
        "The windows are read in the wrong order: along the width first, then down, so reshape "
        "to (OH, OW).",
        (fold("ncijvu"),),
    ),
    "axes_wrong": (
        "The columns are reshaped to axes in the wrong order. They are (N, C, KH, KW, OH, OW); "
        "move axes with transpose only after that.",
        (
            fold("nuvcij"),
            fold("ncuvij"),
            fold("nuvijc"),
            fold("cijnuv"),
            fold("cijuvn"),
            fold("ijncuv"),
            fold("uvncij"),
        ),
    ),
    "one_image": (
        "Only one image of the batch is put together. Do all N, and make the array of zeros "
        "before the loop.",
        (fold(add=one_image(0)), fold(add=one_image(-1))),
    ),
    "stride_ignored": (
        STEPS["stride_ignored"][0],
        (
            fold(stride=one),
            fold(stride=lambda c: (c.stride[0], 1)),
            fold(stride=lambda c: (1, c.stride[1])),
        ),
    ),
    "dilation_ignored": (
        STEPS["dilation_ignored"][0],
        (
            fold(dilation=one),
            fold(dilation=lambda c: (c.dilation[0], 1)),
            fold(dilation=lambda c: (1, c.dilation[1])),
        ),
    ),
    "pair_half_used": (
        STEPS["pair_half_used"][0],
        tuple(fold(**{name: half(name)}) for half in (first, second) for name in PAIR),
    ),
    "stride_swapped": (STEPS["stride_swapped"][0], (fold(stride=lambda c: c.stride[::-1]),)),
    "dilation_swapped": (
        STEPS["dilation_swapped"][0],
        (fold(dilation=lambda c: c.dilation[::-1]),),
    ),
}
