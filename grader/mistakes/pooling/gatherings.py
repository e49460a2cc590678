"""Slips on the way back that any pooling can have: shares lost, divided or put elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.borders import BORDERS, fewer, none, twice
from grader.mistakes.pooling.crops import CROPS
from grader.mistakes.pooling.dilations import DILATIONS
from grader.mistakes.pooling.loops import LAST_WINDOWS, loops, only, without
from grader.mistakes.pooling.outputs import afterwards, all_like
from grader.mistakes.pooling.sizes import STRIDES, Slips, fitting
from grader.mistakes.pooling.spoilt import Call, scattered
from grader.mistakes.shapes import only_if


def last_window(shares: np.ndarray, call: Call) -> np.ndarray:
    """Only the last window's share arrives."""
    kept = np.zeros_like(shares)
    kept[:, :, -1, -1] = shares[:, :, -1, -1]
    return scattered(kept, call)


def averaged(shares: np.ndarray, call: Call) -> np.ndarray:
    """What a pixel receives, divided by the number of windows that gave it something."""
    counts = scattered((shares != 0).astype(shares.dtype), call)
    return scattered(shares, call) / np.maximum(counts, 1)


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


def summed(dy: np.ndarray, call: Call) -> np.ndarray:
    """The sum of dy in each map, for each of its windows."""
    return np.broadcast_to(dy.sum((2, 3), keepdims=True), dy.shape)


def merged_into(axis: int, place: int) -> Callable:
    """A dx in which one image or channel gets what belongs to all of them."""

    def merge(dx: np.ndarray, call: Call) -> np.ndarray:
        kept = np.zeros_like(dx)
        np.moveaxis(kept, axis, 0)[place] = dx.sum(axis)
        return kept

    return merge


def first_of_window(part: tuple) -> Callable:
    """Only a part of each window gets its share."""

    def gather(shares: np.ndarray, call: Call) -> np.ndarray:
        kept = np.zeros_like(shares)
        kept[part] = shares[part]
        return scattered(kept, call)

    return gather


LOOPS = loops("slopes")

GATHERINGS: Slips = {
    **LOOPS,
    "returned_in_loop": (
        LOOPS["returned_in_loop"][0],
        (
            *LOOPS["returned_in_loop"][1],
            {"gather": first_of_window(np.s_[..., 0, :])},
            {"gather": first_of_window(np.s_[..., 0])},
        ),
    ),
    "never_written": (
        "dx is zero throughout: nothing was ever added to it.",
        afterwards(lambda dx, c: 0 * dx),
    ),
    "starts_from_x": (
        "dx starts as a copy of x. It collects gradients, so it starts as zeros: np.zeros_like(x).",
        afterwards(lambda dx, c: dx + c.x),
    ),
    "dy_summed": (
        "Each window got the sum of all gradients of its map. Every window has a gradient of its "
        "own, dy[n, c, i, j].",
        (only_dy(summed),),
    ),
    "ceil_forgotten": (
        "With ceil_mode, the windows that stick out of the map get nothing back. Loop over all of "
        "dy: dy.shape gives OH and OW.",
        (
            known(fitting),
            known(lambda c: (c.out[0], fitting(c)[1])),
            known(lambda c: (fitting(c)[0], c.out[1])),
        ),
    ),
    "last_window_forgotten": (
        "The last row or column of windows sends nothing back. Loop over all of dy: dy.shape "
        "gives OH and OW.",
        (
            *(known(less) for less in (fewer(1, 1), fewer(1, 0), fewer(0, 1))),
            *(only_dy(without(*parts)) for parts in LAST_WINDOWS),
        ),
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
            only_dy(only(np.s_[0])),
            only_dy(only(np.s_[-1])),
            only_dy(all_like(0, 0)),
            *afterwards(lambda dx, c: dx[:1], lambda dx, c: dx[-1:]),
            *afterwards(all_like(0, 0), merged_into(0, 0), merged_into(0, -1)),
        ),
    ),
    "one_channel_only": (
        "Only one channel has a gradient. Do all C.",
        (
            only_dy(only(np.s_[:, 0])),
            only_dy(only(np.s_[:, -1])),
            only_dy(all_like(1, 0)),
            *afterwards(all_like(1, 0), all_like(1, -1), merged_into(1, 0), merged_into(1, -1)),
        ),
    ),
    "sign": (
        "dx has the wrong sign: where x grows, the output grows too.",
        afterwards(lambda dx, c: -dx),
    ),
    "dy_transposed": (
        "Rows and columns of dy are swapped: dy[n, c, i, j] belongs to the window in row i, "
        "column j.",
        (
            only_dy(lambda dy, c: dy.swapaxes(2, 3).reshape(dy.shape)),
            only_dy(lambda dy, c: only_if(dy.shape[2] == dy.shape[3], dy.swapaxes(2, 3))),
        ),
    ),
    "dx_transposed": (
        "Rows and columns of dx are swapped. dx has the shape of x.",
        afterwards(
            lambda dx, c: dx.swapaxes(2, 3), lambda dx, c: dx.swapaxes(2, 3).reshape(dx.shape)
        ),
    ),
    **CROPS,
}


def back(slips: Slips, left_out: tuple[str, ...] = ()) -> Slips:
    """Slips with sizes, as they show where dy gives the output's size."""
    return {
        slug: (message, tuple(unsized(coding) for coding in codings if unsized(coding)))
        for slug, (message, codings) in slips.items()
        if slug not in left_out
    }


def unsized(coding: dict[str, Callable]) -> dict[str, Callable]:
    """A slip without the size; empty if it is there only to keep the size."""
    kept = {name: rule for name, rule in coding.items() if name != "size"}
    return kept if "size" not in coding or "lead" in coding else {}


SIZES_ONLY = (
    *("last_window_missed", "assumes_square_map", "dilation_too_long", "padding_one_side"),
)
ONE_SIDE: Slips = {
    "padding_one_side": (
        BORDERS["padding_one_side"][0],
        (
            {"lead": none},
            {"lead": none, "trail": twice("padding")},
            {"lead": twice("padding"), "trail": none},
            {"lead": lambda c: (0, c.padding[1])},
            {"lead": lambda c: (c.padding[0], 0)},
        ),
    ),
}
STEPS_BACK = back({**STRIDES, **BORDERS}, SIZES_ONLY)
DILATIONS_BACK = back(DILATIONS, SIZES_ONLY)
