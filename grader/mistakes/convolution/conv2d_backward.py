"""Known mistakes of 1.4: each gradient on its own, then what they share."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.convolution.input_gradients import INPUT
from grader.mistakes.convolution.spoilt import backward
from grader.mistakes.convolution.steps_back import STEPS_BACK
from grader.mistakes.convolution.weight_gradients import WEIGHT


def per_image(which: str):
    """A backward pass in which some of the gradients are divided by N."""

    def conv(dy, *args, **settings):
        gradients = zip(("dx", "dw", "db"), backward()(dy, *args, **settings), strict=True)
        return tuple(g / len(dy) if name in which else g for name, g in gradients)

    return conv


def db(rule):
    """A backward pass whose db is another function of dy."""
    return backward(db=lambda dy, call: np.asarray(rule(dy)))


SHARED = {
    "gradients_swapped": (
        "The gradients are in the wrong order. Return dx, dw, db.",
        tuple(backward(order=order) for order in permutations(range(3)) if order != (0, 1, 2)),
    ),
    "divided_by_batch": (
        "Gradients are divided by N. The mean over the images belongs to the loss; dy already "
        "has it. Only sum.",
        tuple(per_image(which) for which in ("dw db", "dx dw db", "dw", "db", "dx", "dx dw")),
    ),
}

BIAS = {
    "db_mean": (
        "db is a mean. Each bias is added to N * OH * OW numbers, so its gradient is the sum of "
        "their gradients.",
        (
            db(lambda dy: dy.mean((0, 2, 3))),
            db(lambda dy: dy.mean((2, 3)).sum(0)),
        ),
    ),
    "db_of_one_image": (
        "db leaves images out. Sum dy over the images as well: axes 0, 2 and 3.",
        (
            db(lambda dy: dy[0].sum((1, 2))),
            db(lambda dy: dy[-1].sum((1, 2))),
            db(lambda dy: dy.sum((2, 3))),
        ),
    ),
    "db_axes": (
        "db sums over the wrong axes. There is one bias for each filter, axis 1 of dy: sum over "
        "axes 0, 2 and 3, which leaves the shape (F,).",
        (
            db(lambda dy: dy.sum(0)),
            db(lambda dy: dy.sum((0, 2))),
            db(lambda dy: dy.sum((0, 3))),
            db(lambda dy: dy.sum((0, 1))),
            db(lambda dy: dy.sum((0, 1, 2))),
            db(lambda dy: dy.sum((0, 1, 3))),
            db(lambda dy: dy.sum((1, 2, 3))),
            db(lambda dy: dy.sum()),
            db(lambda dy: dy.sum((0, 2, 3), keepdims=True)),
            db(lambda dy: np.full(dy.shape[1], dy.sum(), dtype=dy.dtype)),
        ),
    ),
    "db_one_pixel": (
        "db holds the gradient of one pixel only. Sum over all pixels: accumulate with +=.",
        (
            db(lambda dy: dy[-1, :, -1, -1].copy()),
            db(lambda dy: dy[:, :, -1, -1].sum(0)),
            db(lambda dy: dy[:, :, 0, 0].sum(0)),
        ),
    ),
}

# Slips whose code often stops with an error come last: numbers are more telling.
MISTAKES = tuple(
    Mistake(slug, "conv2d_backward", message, variants)
    for slug, (message, variants) in {**SHARED, **BIAS, **WEIGHT, **INPUT, **STEPS_BACK}.items()
)
