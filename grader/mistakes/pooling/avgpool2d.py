"""Known mistakes of 2.4: something else than an average, and shares that are not equal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.averages import backward, counted, divided_right, forward, joined
from grader.mistakes.pooling.borders import BORDERS
from grader.mistakes.pooling.divisors import COUNTS, number
from grader.mistakes.pooling.gatherings import GATHERINGS, ONE_SIDE, STEPS_BACK
from grader.mistakes.pooling.outputs import mixed_up
from grader.mistakes.pooling.shares import SHARES
from grader.mistakes.pooling.sizes import CEILINGS, STRIDES, Slips, variants
from grader.mistakes.pooling.spoilt import Call


def as_maximum(call: Call) -> np.ndarray:
    """The largest pixel of each window."""
    return np.where(call.inside, call.windows, -np.inf).max((-2, -1))


def middle(call: Call) -> np.ndarray:
    """The median of each window, zeros of the padding included."""
    return np.median(call.windows.reshape(*call.windows.shape[:4], -1), axis=-1)


def middle_inside(call: Call) -> np.ndarray:
    """The median of the pixels of the map in each window."""
    seen = np.where(call.inside, call.windows, np.nan)
    return np.nanmedian(seen.reshape(*seen.shape[:4], -1), axis=-1)


def sliced(call: Call) -> np.ndarray:
    """The sums of x[start:stop], where a negative start counts from the end."""
    masks = []
    for axis in (0, 1):
        n, k = call.x.shape[2 + axis], call.kernel[axis]
        starts = call.places(axis)[:, 0]
        seen = [np.isin(range(n), range(n)[first : min(first + k, n)]) for first in starts]
        masks.append(np.array(seen, dtype=float))
    return np.einsum("ih,nchw,jw->ncij", masks[0], call.x, masks[1])


def one_side(axis: int) -> Callable[[Call], np.ndarray]:
    """The mean of the first row or column of each window."""
    return lambda call: call.windows.take(0, axis=axis).mean(-1)


REDUCTIONS = {
    "sum": (
        "You added up the pixels of each window and did not divide by their number.",
        (forward(count=number(lambda c: 1)),),
    ),
    "max": (
        "You kept the largest pixel of each window. That is max pooling; here take the average.",
        (
            forward(as_maximum),
            forward(lambda c: c.windows.max((-2, -1))),
            forward(lambda c: as_maximum(c) / counted(c)),
            forward(lambda c: np.maximum(c.windows.max((-2, -1)), 0) / counted(c)),
        ),
    ),
    "median": (
        "You took the median of each window, its middle number. The average is the sum divided "
        "by the number of pixels.",
        (forward(middle), forward(middle_inside)),
    ),
    "min": (
        "You kept the smallest pixel of each window. Here take the average.",
        (
            forward(lambda c: c.windows.min((-2, -1))),
            forward(lambda c: np.where(c.inside, c.windows, np.inf).min((-2, -1))),
        ),
    ),
    "corner": (
        "You kept one fixed pixel of each window. Average all of them.",
        (
            forward(lambda c: c.windows[..., 0, 0]),
            forward(lambda c: c.windows[..., -1, -1]),
            forward(lambda c: c.windows[..., -1, -1] / counted(c)),
        ),
    ),
    "one_axis": (
        "You averaged one row or column of each window only. Average over its rows and its "
        "columns: axis=(-2, -1) of the window.",
        (forward(one_side(-2)), forward(one_side(-1))),
    ),
    "infinite_pad": (
        "Outside the map you put infinity, as in max pooling. For an average, put zeros there.",
        (
            forward(fill=lambda c: -np.inf, beyond=lambda c: -np.inf),
            forward(fill=lambda c: -np.inf),
        ),
    ),
    "negative_slice": (
        "Where a window starts outside the map, your slice starts at a negative number, and Python "
        "counts that from the end: x[-1:2] is empty. Start at max(start, 0).",
        (forward(lambda c: sliced(c) / counted(c)),),
    ),
    "first_row_only": (
        "Only the first row or pixel of each window is in the sum: the function returns inside the "
        "loop over the window. Put `return` after the loops.",
        (
            forward(lambda c: c.windows[..., 0, :].sum(-1) / counted(c)),
            forward(lambda c: c.windows[..., 0].sum(-1) / counted(c)),
            forward(lambda c: c.windows[..., 0, 0] / counted(c)),
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


# With windows side by side a mean over windows is a sum, and so is a maximum.
SHARED: Slips = {**mixed_up(np.mean, "averaged over"), **STRIDES, **BORDERS, **CEILINGS}
SEEN_BACK: Slips = {**GATHERINGS, **STEPS_BACK}
# With the right divisors, padding on one side is a crop at the wrong place.
SHARED_BACK: Slips = {**joined(SEEN_BACK, divided_right(SEEN_BACK)), **ONE_SIDE}

FORWARD = {
    **REDUCTIONS,
    **{
        slug: (message, tuple(forward(count=count) for count in counts))
        for slug, (message, counts) in COUNTS.items()
    },
    **variants(forward, joined(SHARED, divided_right(SHARED))),
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
