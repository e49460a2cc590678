"""Slips of 2.4 on the way back: shares that are not equal, or not of dy."""

from __future__ import annotations

import numpy as np

from grader.mistakes.pooling import maxima
from grader.mistakes.pooling.averages import backward, counted
from grader.mistakes.pooling.divisors import number
from grader.mistakes.pooling.gatherings import steps
from grader.mistakes.pooling.spoilt import Call


def to_maximum(call: Call) -> np.ndarray:
    """All of the gradient for the first maximum."""
    return maxima.first(np.where(call.inside, call.windows, -np.inf))


def times_value(call: Call) -> np.ndarray:
    """A share in proportion to the pixel."""
    return call.windows / counted(call)[..., None, None]


def corner(call: Call, place: int) -> np.ndarray:
    """1 at the first or last pixel of each window, else 0."""
    kept = np.zeros(call.inside.shape)
    kept[..., place, place] = 1
    return kept


SHARES = {
    "whole_numbers": (
        "You divide with //, which rounds down. Divide with /.",
        (
            backward(lambda c: np.ones(c.inside.shape), slopes=lambda dy, c: dy // counted(c)),
            backward(lambda c: 1 // counted(c)[..., None, None]),
        ),
    ),
    "dx_like_dy": (
        "dx has the shape of dy. It is the gradient by x, so it has the shape of x.",
        (backward(after=lambda dx, c: dx[:, :, : c.out[0], : c.out[1]]),),
    ),
    "not_divided": (
        "The gradient is not divided. Each pixel went into the average with a factor of 1 over "
        "the number of pixels, so it gets that part of dy.",
        (backward(count=number(lambda c: 1)),),
    ),
    "times_count": (
        "The gradient is multiplied by the number of pixels where it should be divided by it.",
        (backward(lambda c: counted(c)[..., None, None]),),
    ),
    "not_accumulated": (
        "Windows overlap, and in dx each overwrites what an earlier one gave to the same pixel. "
        "Add up with += (or np.add.at, if you index with arrays).",
        (backward(gather=steps("uvij")), backward(gather=steps("ijuv"))),
    ),
    "to_maximum": (
        "The largest pixel of each window gets all of the gradient, as in max pooling. Here all "
        "pixels get an equal part.",
        (
            backward(to_maximum),
            backward(lambda c: to_maximum(c) / counted(c)[..., None, None]),
        ),
    ),
    "times_value": (
        "You multiplied the gradient by the pixels themselves. An average has the same slope for "
        "every pixel: 1 over their number.",
        (backward(times_value), backward(lambda c: c.windows)),
    ),
    "to_corner": (
        "Only one pixel of each window gets a gradient. All of them get an equal part.",
        (
            backward(lambda c: corner(c, 0) / counted(c)[..., None, None]),
            backward(lambda c: corner(c, -1) / counted(c)[..., None, None]),
            backward(lambda c: corner(c, 0)),
        ),
    ),
    "dy_ignored": (
        "dx does not depend on dy. Every window has a gradient of its own, dy[n, c, i, j].",
        (
            backward(slopes=lambda dy, c: np.ones_like(dy)),
            backward(slopes=lambda dy, c: np.full_like(dy, dy.mean())),
        ),
    ),
}
