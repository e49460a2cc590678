"""Known mistakes of 2.4: something else than an average, and shares that are not equal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling import maxima
from grader.mistakes.pooling.averages import backward, counted, forward
from grader.mistakes.pooling.divisors import COUNTS, number
from grader.mistakes.pooling.gatherings import GATHERINGS, STEPS_BACK, steps
from grader.mistakes.pooling.outputs import mixed_up
from grader.mistakes.pooling.sizes import BORDERS, CEILINGS, STRIDES, Slips, variants
from grader.mistakes.pooling.spoilt import Call


def as_maximum(call: Call) -> np.ndarray:
    """The largest pixel of each window."""
    return np.where(call.inside, call.windows, -np.inf).max((-2, -1))


def middle(call: Call) -> np.ndarray:
    """The median of each window, zeros of the padding included."""
    return np.median(call.windows.reshape(*call.windows.shape[:4], -1), axis=-1)


def one_side(axis: int) -> Callable[[Call], np.ndarray]:
    """The mean of the first row or column of each window."""
    return lambda call: call.windows.take(0, axis=axis).mean(-1)


def nonzero(call: Call) -> np.ndarray:
    """The sum of each window by the number of its pixels that are not zero."""
    return call.windows.sum((-2, -1)) / np.maximum((call.windows != 0).sum((-2, -1)), 1)


def to_maximum(call: Call) -> np.ndarray:
    """All of the gradient for the first maximum."""
    return maxima.first(np.where(call.inside, call.windows, -np.inf))


def times_value(call: Call) -> np.ndarray:
    """A share in proportion to the pixel."""
    return call.windows / counted(call)[..., None, None]


REDUCTIONS = {
    "sum": (
        "You added up the pixels of each window and did not divide by their number.",
        (forward(count=number(lambda c: 1)),),
    ),
    "max": (
        "You kept the largest pixel of each window. That is max pooling; here take the average.",
        (forward(as_maximum), forward(lambda c: c.windows.max((-2, -1)))),
    ),
    "median": (
        "You took the median of each window, its middle number. The average is the sum divided "
        "by the number of pixels.",
        (forward(middle),),
    ),
    "corner": (
        "You kept one fixed pixel of each window. Average all of them.",
        (forward(lambda c: c.windows[..., 0, 0]), forward(lambda c: c.windows[..., -1, -1])),
    ),
    "one_axis": (
        "You averaged one row or column of each window only. Average over its rows and its "
        "columns: axis=(-2, -1) of the window.",
        (forward(one_side(-2)), forward(one_side(-1))),
    ),
    "zeros_left_out": (
        "You divide by the number of pixels that are not zero. A zero of the map counts like any "
        "other number.",
        (forward(nonzero),),
    ),
    "infinite_pad": (
        "Outside the map you put infinity, as in max pooling. For an average, put zeros there.",
        (
            forward(fill=lambda c: -np.inf, beyond=lambda c: -np.inf),
            forward(fill=lambda c: -np.inf),
        ),
    ),
    "padding_copied": (
        "Outside the map you continue its border. The padding of an average is made of zeros.",
        (
            forward(
                lambda c: edged(c).sum((-2, -1)) / counted(c),
            ),
        ),
    ),
    "whole_numbers": (
        "You divide with //, which rounds down. An average is a fraction: divide with /.",
        (forward(lambda c: c.windows.sum((-2, -1)) // counted(c)),),
    ),
    "rounded": (
        "Your averages are rounded to whole numbers.",
        (
            forward(after=lambda y, c: np.trunc(y)),
            forward(after=lambda y, c: np.round(y)),
        ),
    ),
}


def edged(call: Call) -> np.ndarray:
    """The windows, with the nearest pixel of the map wherever they leave it."""
    rows, columns = (np.clip(call.places(axis), 0, call.x.shape[2 + axis] - 1) for axis in (0, 1))
    seen = call.x[..., rows[:, None, :, None], columns[None, :, None, :]]
    return np.where(call.known, seen, 0)


SHARES = {
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


def corner(call: Call, place: int) -> np.ndarray:
    """1 at the first or last pixel of each window, else 0."""
    kept = np.zeros(call.inside.shape)
    kept[..., place, place] = 1
    return kept


# With windows side by side a mean over windows is a sum, and so is a maximum.
SHARED: Slips = {**mixed_up(np.mean, "averaged over"), **STRIDES, **BORDERS, **CEILINGS}
SHARED_BACK: Slips = {**GATHERINGS, **STEPS_BACK}

FORWARD = {
    **REDUCTIONS,
    **{
        slug: (message, tuple(forward(count=count) for count in counts))
        for slug, (message, counts) in COUNTS.items()
    },
    **variants(forward, SHARED),
}
BACKWARD = {
    **SHARES,
    **{
        slug: (message, tuple(backward(count=count) for count in counts))
        for slug, (message, counts) in COUNTS.items()
    },
    **variants(backward, SHARED_BACK),
}

MISTAKES = (
    *(
        Mistake(slug, "avgpool2d_forward", message, codings)
        for slug, (message, codings) in FORWARD.items()
    ),
    *(
        Mistake(f"back_{slug}", "avgpool2d_backward", message, codings)
        for slug, (message, codings) in BACKWARD.items()
    ),
)
