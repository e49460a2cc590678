"""Known mistakes of 5.1: the mask, its factor, the two modes, and the way back."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.dropout.layers import layer, shared
from grader.mistakes.dropout.masks import Mask, enlarged, right
from grader.mistakes.dropout.ways_back import shared_back
from grader.mistakes.shapes import only_if

make = layer(lambda mask, x: x * mask)


def through(view, *, narrow: bool = False) -> Mask:
    """A mask that is decided by only some of the draws.

    Args:
        view: those draws, in a shape that fits the rest of u.
        narrow: whether the mask keeps that shape.
    """

    def mask(u, p, train):
        few = view(u)
        only_if(np.broadcast_shapes(few.shape, u.shape) == u.shape, None)
        return right(few, p, train) * (1 if narrow else np.ones_like(u))

    return mask


def first_axes(count: int):
    """The draws of the first place along all axes but the first ones."""

    def view(u):
        only_if(u.ndim > count, None)
        return u[(slice(None),) * count + (slice(1),) * (u.ndim - count)]

    return view


def from_values(rule):
    """A layer whose y and mask are functions of x, the right y, u and p, in training."""

    def dropout(x, u, p, train):
        y = x * right(u, p, train)
        return rule(x, y, u, p) if train else (y, np.ones_like(x))

    return dropout


def compared(values) -> Mask:
    """A mask decided by other numbers than the draws."""
    return lambda x, y, u, p: (x * right(values(x), p, True), right(values(x), p, True))


def filled(other):
    """A layer that puts another number where one is dropped."""
    return from_values(
        lambda x, y, u, p: (np.where(u >= p, y, other(x, p)), right(u, p, True)),
    )


FORWARD = {
    "mask_from_y": (
        "The mask is 0 where y is 0. A 0 in x may have been kept: make the mask from u.",
        (
            from_values(lambda x, y, u, p: (y, (y != 0) * enlarged(p) * np.ones_like(x))),
            from_values(lambda x, y, u, p: (y, y / x)),
        ),
    ),
    "mask_is_y": (
        "You returned y twice. The mask is what x was multiplied by.",
        (
            lambda x, u, p, train: (x * right(u, p, train),) * 2,
            from_values(lambda x, y, u, p: (y, y)),
        ),
    ),
    "y_is_mask": (
        "You returned the mask twice. y is x times the mask.",
        (lambda x, u, p, train: (right(u, p, train),) * 2,),
    ),
    "compared_x": (
        "You compared x with p. The draws u decide what is kept, whatever x is.",
        (
            from_values(compared(lambda x: x)),
            from_values(compared(np.abs)),
        ),
    ),
    "shared_over_batch": (
        "All rows of the batch are treated alike. Each number has a draw of its own in u.",
        (
            make(through(lambda u: u[:1])),
            make(through(lambda u: u[-1:])),
            make(through(lambda u: u[:1], narrow=True)),
            make(through(lambda u: only_if(u.ndim > 1, u)[0], narrow=True)),
        ),
    ),
    "whole_rows": (
        "A whole row is kept or dropped. Each number has a draw of its own in u.",
        (
            make(through(first_axes(1))),
            make(through(first_axes(1), narrow=True)),
        ),
    ),
    "whole_maps": (
        "A whole map is kept or dropped: that is dropout2d. Here each number has a draw of its "
        "own in u.",
        (make(through(first_axes(2))), make(through(first_axes(2), narrow=True))),
    ),
    "one_decision": (
        "All numbers are kept or dropped together. Each has a draw of its own in u.",
        (
            make(through(lambda u: u.ravel()[:1].reshape((1,) * u.ndim))),
            make(through(lambda u: u.mean(keepdims=True))),
        ),
    ),
    "selected": (
        "You returned only what is kept, in one row. Keep the shape of x, and put 0 where a "
        "number is dropped.",
        (
            from_values(lambda x, y, u, p: (y[u >= p], right(u, p, True))),
            from_values(lambda x, y, u, p: (x[u >= p], right(u, p, True))),
            from_values(lambda x, y, u, p: (y[u >= p], right(u, p, True)[u >= p])),
        ),
    ),
    "shape_lost": (
        "The results have lost the shape of x. Return y and the mask in that shape.",
        (
            lambda x, u, p, train: ((x * right(u, p, train)).ravel(), right(u, p, train).ravel()),
            lambda x, u, p, train: (x * right(u, p, train), right(u, p, train).ravel()),
        ),
    ),
    "dropped_not_zero": (
        "Dropped numbers are not 0. What is dropped becomes 0, as if the unit were not there.",
        (
            filled(lambda x, p: np.nan),
            filled(lambda x, p: x),
            filled(lambda x, p: x.mean()),
            filled(lambda x, p: -x),
            filled(lambda x, p: x * p),
        ),
    ),
    "p_subtracted": (
        "You took something off, or added it. Multiply by the mask: 0 or 1 / (1 - p).",
        (
            from_values(lambda x, y, u, p: (x - right(u, p, True), right(u, p, True))),
            from_values(lambda x, y, u, p: (x + right(u, p, True), right(u, p, True))),
            from_values(lambda x, y, u, p: (x - u, right(u, p, True))),
        ),
    ),
    "centred": (
        "The mean of y is put back by adding. Divide what is kept by 1 - p; nothing is added.",
        (
            from_values(
                lambda x, y, u, p: (
                    x * (u >= p) + (x.mean() - (x * (u >= p)).mean()),
                    right(u, p, True),
                )
            ),
        ),
    ),
    "fractions_cut_off": (
        "Your results hold whole numbers only: 1 / (1 - p) has lost its fraction. Make the mask "
        "with the dtype of x, not with int.",
        (
            make(lambda u, p, train: np.trunc(right(u, p, train))),
            make(right, lambda u, p, train: np.trunc(right(u, p, train))),
        ),
    ),
    **shared(make),
}

BACKWARD = {
    **shared_back("dropout", lambda mask, dy: mask),
    "mask_of_one_row": (
        "All rows use the mask of one row. Each number has its own factor in the mask.",
        (
            lambda dy, mask: dy * mask[:1],
            lambda dy, mask: dy * mask[-1:],
            lambda dy, mask: dy * only_if(mask.ndim > 1, mask)[0],
        ),
    ),
}

MISTAKES = (
    *(Mistake(slug, "dropout", *told) for slug, told in FORWARD.items()),
    *(Mistake(slug, "dropout_backward", *told) for slug, told in BACKWARD.items()),
)
