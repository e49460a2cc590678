"""Known mistakes of 2.3: who gets the gradient, and how the shares of a pixel come together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.gatherings import DILATIONS_BACK, GATHERINGS, STEPS_BACK, steps
from grader.mistakes.pooling.maxima import assigned, backward, downward, first, last, ties
from grader.mistakes.pooling.sizes import variants


def zeros_outside(**only: Callable) -> Callable:
    """A backward pass in which zeros lie around the map, and can win."""
    return backward(**(only or {"fill": outside(0), "beyond": outside(0)}))


def outside(number: float) -> Callable:
    """Always this number."""
    return lambda call: number


def shared(windows: np.ndarray) -> np.ndarray:
    """An equal part for every maximum of the window."""
    found = ties(windows)
    return found / found.sum((-2, -1), keepdims=True)


def evenly(windows: np.ndarray) -> np.ndarray:
    """An equal part for every pixel of the window, as an average gives."""
    return np.full(windows.shape, 1 / np.prod(windows.shape[-2:]))


def evenly_inside(windows: np.ndarray) -> np.ndarray:
    """An equal part for every pixel of the window that lies on the map."""
    inside = np.isfinite(windows)
    return inside / inside.sum((-2, -1), keepdims=True)


def times_value(choose: Callable) -> Callable:
    """A choice that hands on the number as well."""
    return lambda windows: choose(windows) * np.where(np.isfinite(windows), windows, 0)


def smallest(windows: np.ndarray) -> np.ndarray:
    """1 at the first minimum of the window's pixels on the map."""
    return first(np.where(np.isfinite(windows), -windows, -np.inf))


def farthest(windows: np.ndarray) -> np.ndarray:
    """1 at the number farthest from zero."""
    return first(np.where(np.isfinite(windows), np.abs(windows), -1))


def corner(windows: np.ndarray) -> np.ndarray:
    """1 at the first pixel of the window, whatever it holds."""
    kept = np.zeros_like(windows)
    kept[..., 0, 0] = 1
    return kept


def transposed(windows: np.ndarray) -> np.ndarray:
    """1 at the maximum with its row and column swapped, read with the wrong width."""
    flat = first(windows).reshape(*windows.shape[:4], -1)
    height, width = windows.shape[-2:]
    place = flat.argmax(-1)
    row, column = place % width, place // width
    kept = np.zeros_like(windows)
    n, c, i, j = np.indices(place.shape)
    kept[n, c, i, j, np.minimum(row, height - 1), np.minimum(column, width - 1)] = 1
    return kept


def divided_by_height(windows: np.ndarray) -> np.ndarray:
    """1 at the place found from the flat index with the window's height for its width."""
    height, width = windows.shape[-2:]
    place = first(windows).reshape(*windows.shape[:4], -1).argmax(-1)
    row, column = np.minimum(place // height, height - 1), place % height
    kept = np.zeros_like(windows)
    kept[(*np.indices(place.shape), row, np.minimum(column, width - 1))] = 1
    return kept


def over_channels(windows: np.ndarray) -> np.ndarray:
    """1 at the maximum only where it is the largest of all channels."""
    best = windows.max((1, 4, 5), keepdims=True)
    return first(windows) * (windows == best)


CHOICES = {
    "all_ties": (
        "Where a window has several equal maxima, all of them get the gradient. torch gives it "
        "to the first one only, row by row: np.argmax finds that one.",
        (backward(ties),),
    ),
    "split_ties": (
        "Where a window has several equal maxima, you split the gradient among them. max_pool2d "
        "gives all of it to the first one, row by row.",
        (backward(shared),),
    ),
    "last_tie": (
        "Where a window has several equal maxima, the last one gets the gradient. It belongs to "
        "the first one, row by row: compare with > and not with >=.",
        (backward(last),),
    ),
    "tie_by_columns": (
        "Where a window has several equal maxima, you take the first one column by column. Go row "
        "by row: the topmost row first, and in it from the left.",
        (backward(downward),),
    ),
    "assign": (
        "Windows overlap, and in dx each overwrites what an earlier one gave to the same pixel. "
        "Add up with += (or np.add.at, if you index with arrays).",
        (
            assigned(first),
            backward(gather=steps("uvij")),
            backward(gather=steps("ijuv")),
        ),
    ),
    "assign_all_ties": (
        "Two slips at once: all equal maxima of a window get its gradient, where only the first "
        "should, and overlapping windows overwrite each other, where they should add up.",
        (assigned(ties), backward(ties, gather=steps("uvij"))),
    ),
    "like_avg": (
        "You spread each gradient evenly over its window. That is average pooling; here the "
        "maximum gets all of it.",
        (backward(evenly), backward(evenly_inside)),
    ),
    "value_not_mask": (
        "You multiplied the gradient by the maximum itself. The output is a copy of the maximum, "
        "so its slope is 1: multiply by a mask of zeros and ones.",
        (backward(times_value(first)), backward(times_value(ties))),
    ),
    "all_positions": (
        "Every pixel of a window got its gradient. Only the maximum has an effect on the output, "
        "so only it gets anything.",
        (backward(np.ones_like),),
    ),
    "dy_ignored": (
        "dx holds ones, whatever dy is. Each maximum gets the gradient of its own window, "
        "dy[n, c, i, j].",
        (
            backward(slopes=lambda dy, c: np.ones_like(dy)),
            backward(ties, slopes=lambda dy, c: np.ones_like(dy)),
            backward(slopes=lambda dy, c: np.ones_like(dy), after=lambda dx, c: np.minimum(dx, 1)),
            backward(
                ties, slopes=lambda dy, c: np.ones_like(dy), after=lambda dx, c: np.minimum(dx, 1)
            ),
        ),
    ),
    "zero_pad": (
        "Outside the map you put zeros, and where all numbers are negative your zeros win and "
        "swallow the gradient. Put -np.inf there.",
        (
            zeros_outside(),
            zeros_outside(fill=outside(0)),
            zeros_outside(beyond=outside(0)),
        ),
    ),
    "finite_pad": (
        "Outside the map you put a number that can win, or tie with the maximum and come first. "
        "Only -np.inf never does.",
        tuple(
            backward(fill=rule, beyond=rule)
            for rule in (
                *(outside(n) for n in (-1, -10, -100, -1e9)),
                lambda call: call.x.min(),
            )
        ),
    ),
    "abs": (
        "The number farthest from zero got the gradient. The maximum is the largest number with "
        "its sign: 1 is larger than -4.",
        (backward(farthest), backward(lambda w: first(np.abs(w)))),
    ),
    "min": (
        "The smallest number of each window got the gradient. It belongs to the largest.",
        (backward(smallest), backward(lambda w: first(-w))),
    ),
    "corner": (
        "The first pixel of each window got the gradient, whatever it holds. It belongs to the "
        "largest.",
        (backward(corner),),
    ),
    "over_channels": (
        "Only the largest channel got a gradient. Each channel is pooled by itself and has a "
        "maximum of its own in every window.",
        (backward(over_channels),),
    ),
    "divided_by_window": (
        "The gradient is divided by the size of the window, as in average pooling. Here all of "
        "it goes to the maximum.",
        (backward(lambda w: first(w) / np.prod(w.shape[-2:])),),
    ),
    "place_swapped": (
        "Row and column of the maximum are swapped. np.argmax of a flat window is "
        "row * KW + column: divmod(place, KW) gives (row, column).",
        (backward(transposed),),
    ),
    "place_by_height": (
        "You found the maximum's row and column with the window's height. np.argmax of a flat "
        "window is row * KW + column, so divide by its width KW.",
        (backward(divided_by_height),),
    ),
}

SHARED = {**GATHERINGS, **STEPS_BACK, **DILATIONS_BACK}

MISTAKES = tuple(
    Mistake(slug, "maxpool2d_backward", message, codings)
    for slug, (message, codings) in {**CHOICES, **variants(backward, SHARED)}.items()
)
