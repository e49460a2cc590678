"""Slips of 2.3 with the place of the maximum: found wrongly, or not looked for in each window."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.borders import always
from grader.mistakes.pooling.maxima import backward, first
from grader.mistakes.pooling.places import (
    Places,
    best,
    clipped,
    corner,
    found,
    inner,
    instead,
    moved,
    sent,
    still,
)
from grader.mistakes.pooling.spoilt import Call


def swapped(call: Call) -> Places:
    """The maximum's row and column in the window, swapped."""
    row, column = inner(call)
    return moved(call, column, row)


def by_height(call: Call) -> Places:
    """The place found from the flat index with the window's height for its width."""
    return moved(call, *np.divmod(found(call), call.kernel[0]))


def swapped_by_height(call: Call) -> Places:
    """The flat index read column by column."""
    return moved(call, *np.divmod(found(call), call.kernel[0])[::-1])


def undilated(call: Call) -> Places:
    """The maximum's place in the window, without the gaps."""
    return moved(call, *inner(call), step=(1, 1))


def window_only(call: Call) -> Places:
    """The maximum's place in the window, as if it were one in the map."""
    row, column = inner(call)
    return row * call.dilation[0], column * call.dilation[1]


def unstrided(call: Call) -> Places:
    """The maximum's place counted from the window's number, not from where it starts."""
    row, column = inner(call)
    i, j = (np.arange(size) for size in call.out)
    return i[:, None] + row, j + column


def unstrided_steps(call: Call) -> Places:
    """The maximum's place counted from the window's number, with dilation."""
    row, column = window_only(call)
    i, j = (np.arange(size) for size in call.out)
    return i[:, None] + row, j + column


def in_frame(rule: Callable[[Call], Places]) -> Callable[[Call], Places]:
    """A place of the padded map, as one of the map."""
    return lambda call: tuple(place - p for place, p in zip(rule(call), call.padding, strict=True))


def middle(call: Call) -> Places:
    """The centre of the window."""
    return moved(call, call.kernel[0] // 2, call.kernel[1] // 2)


def origin(call: Call) -> Places:
    """The first pixel of the map."""
    return np.zeros((1, 1), dtype=int), np.zeros(1, dtype=int)


def on_map(rule: Callable[[Call], Places]) -> Callable[[Call], Places]:
    """The same place, or the nearest one on the map."""
    return lambda call: clipped(call, *rule(call))


def at_most(number: Callable[[Call], np.ndarray | float]) -> Callable[[Call], np.ndarray]:
    """Whether no number of a window is larger than where a running maximum starts."""
    return lambda call: best(call) <= number(call)


def zero(call: Call) -> float:
    """A running maximum that starts at 0."""
    return 0


def first_pixel(call: Call) -> np.ndarray:
    """A running maximum that starts at the first pixel of the map."""
    return call.x[:, :, :1, :1]


def ignored(number: Callable) -> Callable:
    """A backward pass in which windows that are never larger than a number get nothing."""
    return backward(slopes=lambda dy, call: np.where(at_most(number)(call), 0, dy))


def equal_anywhere(*, assign: bool) -> Callable:
    """A backward pass that looks for the maximum of each window in the whole map."""

    def gather(shares: np.ndarray, call: Call) -> np.ndarray:
        slopes, largest = shares.sum((-2, -1)), best(call)
        dx = np.zeros_like(call.x)
        for i, j in np.ndindex(call.out):
            equal = call.x == largest[:, :, i, j, None, None]
            given = slopes[:, :, i, j, None, None]
            dx = np.where(equal, given, dx) if assign else dx + equal * given
        return dx

    return backward(first, gather=gather)


PLACES = {
    "corner": (
        "The same place of each window got the gradient, its corner or its centre, whatever it "
        "holds. It belongs to the largest number.",
        (
            sent(corner),
            sent(on_map(corner)),
            sent(middle),
            sent(on_map(middle)),
        ),
    ),
    "place_swapped": (
        "Row and column of the maximum are swapped. np.argmax of a flat window is "
        "row * KW + column: divmod(place, KW) gives (row, column).",
        (sent(swapped), sent(on_map(swapped))),
    ),
    "place_by_height": (
        "You found the maximum's row and column with the window's height. np.argmax of a flat "
        "window is row * KW + column, so divide by its width KW.",
        (sent(by_height), sent(swapped_by_height), sent(on_map(by_height))),
    ),
    "place_not_dilated": (
        "You looked in the right pixels but put the gradient elsewhere: in a window with "
        "dilation, place (a, b) lies a * dilation rows and b * dilation columns from its start.",
        (sent(undilated), sent(on_map(undilated))),
    ),
    "place_in_window": (
        "You took the maximum's place in its window for one in the map. Add where the window "
        "starts: row i * stride, column j * stride of the padded map.",
        tuple(
            sent(rule)
            for rule in (
                window_only,
                in_frame(window_only),
                unstrided,
                unstrided_steps,
                in_frame(unstrided_steps),
            )
        ),
    ),
    "equal_anywhere": (
        "You look for the maximum in the whole map: numbers outside the window that equal it get "
        "its gradient too. Look in the window alone.",
        (equal_anywhere(assign=False), equal_anywhere(assign=True)),
    ),
}

LOOPED = {
    "not_reset": (
        "Your running maximum goes on from one window to the next, and so does its place. Set it "
        "to -np.inf inside the loops over windows.",
        tuple(sent(lambda call, axes=axes: still(call, axes)) for axes in (2, 4, 3, 1)),
    ),
    "starts_too_high": (
        "Your running maximum starts at a number that is larger than some windows, which then "
        "have no place of their own. Start it at -np.inf.",
        (
            *(
                sent(instead(place, at_most(number)))
                for number in (zero, first_pixel)
                for place in (origin, corner, on_map(corner))
            ),
            *(ignored(number) for number in (zero, first_pixel)),
        ),
    ),
}

# What becomes of a window in which no pixel is seen: its gradient goes to the first of the map.
SKIPPED = tuple(
    sent(instead(origin, at_most(lambda call: -np.inf)), **{name: always(*pair)})
    for name in ("near", "far")
    for pair in ((1, 1), (1, 0), (0, 1))
)
