"""Slips on the way back that any pooling can have: shares lost, divided or put elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.mistakes.pooling.dilations import DILATIONS
from grader.mistakes.pooling.outputs import afterwards, all_like, only_channel, only_image
from grader.mistakes.pooling.sizes import BORDERS, STRIDES, Slips, fewer
from grader.mistakes.pooling.spoilt import Call, scattered


def last_window(shares: np.ndarray, call: Call) -> np.ndarray:
    """Only the last window's share arrives."""
    kept = np.zeros_like(shares)
    kept[:, :, -1, -1] = shares[:, :, -1, -1]
    return scattered(kept, call)


def averaged(shares: np.ndarray, call: Call) -> np.ndarray:
    """What a pixel receives, divided by the number of windows that gave it something."""
    counts = scattered((shares != 0).astype(shares.dtype), call)
    return scattered(shares, call) / np.maximum(counts, 1)


def uncropped(dx: np.ndarray, call: Call) -> np.ndarray:
    """dx with its padding still on."""
    (ph, pw) = call.padding
    return np.pad(dx, ((0, 0), (0, 0), (ph, ph), (pw, pw)))


def emptied(dx: np.ndarray, call: Call) -> np.ndarray:
    """dx cropped by p:-p, which without padding leaves nothing."""
    (ph, pw) = call.padding
    return uncropped(dx, call)[:, :, ph:-ph, pw:-pw]


def cornered(start: Callable[[int], int]) -> Callable:
    """dx cropped somewhere else."""

    def crop(dx: np.ndarray, call: Call) -> np.ndarray:
        top, left = (start(p) for p in call.padding)
        height, width = dx.shape[2:]
        return uncropped(dx, call)[:, :, top : top + height, left : left + width]

    return crop


def steps(order: str) -> Callable:
    """A gathering in which the last share of a pixel wins, in the order of some loops.

    Args:
        order: the loops over outputs (`uv`) and positions in the window (`ij`), outermost first.
    """
    axes = ["uvij".index(letter) for letter in order]

    def gather(shares: np.ndarray, call: Call) -> np.ndarray:
        return overwritten(shares, call, axes, np.ones(shares.shape, dtype=bool))

    return gather


def overwritten(shares: np.ndarray, call: Call, axes: list[int], written: np.ndarray) -> np.ndarray:
    """dx in which each share that is written replaces the one before."""
    height, width = call.x.shape[2:]
    frame = np.zeros((*call.x.shape[:2], height + 1, width + 1), dtype=shares.dtype)
    where = np.broadcast_arrays(*call.where[1:])
    rows, columns = (index.transpose(axes).ravel() for index in where)
    order = [0, 1, *(2 + axis for axis in axes)]
    values, kept = (a.transpose(order).reshape(*shares.shape[:2], -1) for a in (shares, written))
    for place, (row, column) in enumerate(zip(rows, columns, strict=True)):
        old = frame[:, :, row, column]
        frame[:, :, row, column] = np.where(kept[..., place], values[..., place], old)
    return frame[:, :, :height, :width].copy()


def only_dy(rule: Callable) -> dict[str, Callable]:
    """A slip that spoils dy."""
    return {"slopes": rule}


def cut(dy: np.ndarray, call: Call) -> np.ndarray:
    """dy for the windows that the call knows."""
    return dy[:, :, : call.out[0], : call.out[1]]


def known(size: Callable) -> dict[str, Callable]:
    """Fewer windows than dy has gradients."""
    return {"size": size, "slopes": cut}


def fitting(call: Call) -> tuple[int, int]:
    """How many windows fit completely, along rows and columns."""
    return replace(call, ceil=False, size=None).out


GATHERINGS: Slips = {
    "ceil_forgotten": (
        "With ceil_mode, the windows that stick out of the map get nothing back. Loop over all of "
        "dy: dy.shape gives OH and OW.",
        (known(fitting),),
    ),
    "last_window_forgotten": (
        "The last row or column of windows sends nothing back. Loop over all of dy: dy.shape "
        "gives OH and OW.",
        tuple(known(less) for less in (fewer(1, 1), fewer(1, 0), fewer(0, 1))),
    ),
    "averaged": (
        "A pixel that gets something from several windows gets the mean of it. It gets the sum.",
        ({"gather": averaged},),
    ),
    "last_window_only": (
        "Only the last window sends its gradient back. Make dx before the loops, and return it "
        "after them.",
        ({"gather": last_window},),
    ),
    "divided_by_batch": (
        "The gradient is divided by N. The mean over the images belongs to the loss, and dy "
        "already has it.",
        (only_dy(lambda dy, c: dy / len(dy)),),
    ),
    "one_image_only": (
        "Only one image has a gradient. Do all N, and make the array of zeros before the loop.",
        (
            only_dy(only_image(0)),
            only_dy(only_image(-1)),
            *afterwards(lambda dx, c: dx[:1], lambda dx, c: dx[-1:], all_like(0, 0)),
        ),
    ),
    "one_channel_only": (
        "Only one channel has a gradient. Do all C.",
        (
            only_dy(only_channel(0)),
            only_dy(only_channel(-1)),
            *afterwards(all_like(1, 0), all_like(1, -1)),
        ),
    ),
    "sign": (
        "dx has the wrong sign: where x grows, the output grows too.",
        afterwards(lambda dx, c: -dx),
    ),
    "dy_transposed": (
        "Rows and columns of dy are swapped: dy[n, c, i, j] belongs to the window in row i, "
        "column j.",
        (only_dy(lambda dy, c: dy.swapaxes(2, 3).reshape(dy.shape)),),
    ),
    "dx_transposed": (
        "Rows and columns of dx are swapped. dx has the shape of x.",
        afterwards(
            lambda dx, c: dx.swapaxes(2, 3), lambda dx, c: dx.swapaxes(2, 3).reshape(dx.shape)
        ),
    ),
    "not_cropped": (
        "dx still has the padding. Crop it to the shape of x: dxp[:, :, ph:ph + H, pw:pw + W].",
        afterwards(uncropped),
    ),
    "crop_empty": (
        "Without padding, dx is empty: p:-p with p = 0 selects nothing. Crop with p:p + H.",
        afterwards(emptied, lambda dx, c: emptied(dx, c) if any(c.padding) else dx),
    ),
    "crop_corner": (
        "dx is cropped at the wrong place. The map starts at row ph and column pw of the padded "
        "dx and is H × W: dxp[:, :, ph:ph + H, pw:pw + W].",
        afterwards(cornered(lambda p: 0), cornered(lambda p: 2 * p)),
    ),
}


def back(slips: Slips, left_out: tuple[str, ...] = ()) -> Slips:
    """Slips with sizes, as they show where dy gives the output's size."""
    return {
        slug: (message, tuple(coding for coding in codings if "size" not in coding))
        for slug, (message, codings) in slips.items()
        if slug not in left_out
    }


SIZES_ONLY = ("last_window_missed", "assumes_square_map", "dilation_too_long", "padding_one_side")
STEPS_BACK = back({**STRIDES, **BORDERS}, SIZES_ONLY)
DILATIONS_BACK = back(DILATIONS, SIZES_ONLY)
