"""Known mistakes of 2.3: who gets the gradient, and how the shares of a pixel come together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.gatherings import (
    DILATIONS_BACK,
    GATHERINGS,
    STEPS_BACK,
    first_of_window,
)
from grader.mistakes.pooling.maxima import assigned, backward, first, ties
from grader.mistakes.pooling.misplaced import LOOPED, PLACES, SKIPPED
from grader.mistakes.pooling.outputs import all_like
from grader.mistakes.pooling.sizes import variants
from grader.mistakes.pooling.ties import TIES


def zeros_outside(**only: Callable) -> Callable:
    """A backward pass in which zeros lie around the map, and can win."""
    return backward(**(only or {"fill": outside(0), "beyond": outside(0)}))


def outside(number: float) -> Callable:
    """Always this number."""
    return lambda call: number


def zeros_outside_in(choose: Callable) -> Callable:
    """Another choice, in windows that see zeros outside."""
    return backward(choose, fill=outside(0), beyond=outside(0))


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


def over_channels(windows: np.ndarray) -> np.ndarray:
    """1 at the maximum only where it is the largest of all channels."""
    best = windows.max((1, 4, 5), keepdims=True)
    return first(windows) * (windows == best)


def all_x_like(axis: int, place: int) -> Callable:
    """An x in which every image (axis 0) or channel (axis 1) is the same one."""
    return lambda call: all_like(axis, place)(call.x, call)


def among(*axes: int) -> Callable:
    """1 wherever a number equals the largest one along some axes of the windows."""
    return lambda windows: (windows == windows.max(axes, keepdims=True)).astype(windows.dtype)


CHOICES = {
    **TIES,
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
    "value_itself": (
        "dx holds the maxima, and not gradients. Where the maximum was goes dy[n, c, i, j], the "
        "gradient of its window.",
        (
            backward(times_value(first), slopes=lambda dy, c: np.ones_like(dy)),
            backward(times_value(ties), slopes=lambda dy, c: np.ones_like(dy)),
            assigned(first, times_value(first), slopes=lambda dy, c: np.ones_like(dy)),
            assigned(ties, times_value(ties), slopes=lambda dy, c: np.ones_like(dy)),
        ),
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
                *(outside(n) for n in (-1, -10, -99, -100, -999, -1000, -9999, -1e4, -99999)),
                *(outside(n) for n in (-1e5, -1e6, -1e8, -1e9, -1e10, -1e18, -1e20, -1e30)),
                lambda call: call.x.min(),
                lambda call: call.x.mean(),
            )
        ),
    ),
    "abs": (
        "The number farthest from zero got the gradient. The maximum is the largest number with "
        "its sign: 1 is larger than -4.",
        (
            backward(farthest),
            backward(lambda w: first(np.abs(w))),
            zeros_outside_in(lambda w: first(np.abs(w))),
        ),
    ),
    "min": (
        "The smallest number of each window got the gradient. It belongs to the largest.",
        (
            backward(smallest),
            backward(lambda w: first(-w)),
            zeros_outside_in(lambda w: first(-w)),
        ),
    ),
    "over_channels": (
        "Only the largest of all channels or images got a gradient. Each channel of each image has "
        "a maximum of its own in every window: with a mask, compare with "
        "window.max(axis=(2, 3), keepdims=True).",
        (
            backward(over_channels),
            backward(among(1, 4, 5)),
            backward(among(0, 1, 4, 5)),
            backward(among(0, 4, 5)),
            backward(lambda w: first(w) * among(0, 1, 4, 5)(w)),
            backward(lambda w: first(w) * among(0, 4, 5)(w)),
        ),
    ),
    "divided_by_window": (
        "The gradient is divided by the size of the window, as in average pooling. Here all of "
        "it goes to the maximum.",
        (backward(lambda w: first(w) / np.prod(w.shape[-2:])),),
    ),
    **PLACES,
    **LOOPED,
}

SAME_X = {
    "x_of_one_image": (
        "You look for the maxima in one image for all of them. x[n, c] has maxima of its own: "
        "index x with n, too.",
        ({"x": all_x_like(0, 0)}, {"x": all_x_like(0, -1)}),
    ),
    "x_of_one_channel": (
        "You look for the maxima in one channel for all of them. x[n, c] has maxima of its own: "
        "index x with c, too.",
        ({"x": all_x_like(1, 0)}, {"x": all_x_like(1, -1)}),
    ),
}
SHARED = {**GATHERINGS, **STEPS_BACK, **DILATIONS_BACK, **SAME_X}

KNOWN = {**CHOICES, **variants(backward, SHARED)}
MORE = {
    "border_pixels_skipped": SKIPPED,
    "returned_in_loop": (backward(gather=first_of_window(np.s_[..., 0, 0])),),
}

MISTAKES = tuple(
    Mistake(slug, "maxpool2d_backward", message, (*codings, *MORE.get(slug, ())))
    for slug, (message, codings) in KNOWN.items()
)
