"""Known mistakes of 6.1: another sum, another factor, some of the arrays only."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.regularization.penalties import Call, each, penalty, right_grads, right_loss
from grader.mistakes.regularization.penalty_arrays import ARRAYS, of_all
from grader.mistakes.regularization.penalty_factors import FACTORS


def norm(call: Call) -> float:
    """The length of all weights as one vector."""
    return np.sqrt(sum(call.squares))


SUMS = {
    "norm_not_squared": (
        "The loss uses the norm, the root of the sum of squares. L2 regularization takes the sum "
        "of the squares itself: leave the root out.",
        (
            penalty(lambda c: c.scale * norm(c)),
            penalty(lambda c: c.scale * sum(np.sqrt(c.squares))),
            penalty(lambda c: c.scale * norm(c), each(lambda c, w: c.scale * w / norm(c))),
            penalty(
                lambda c: c.scale * sum(np.sqrt(c.squares)),
                each(lambda c, w: c.scale * w / np.linalg.norm(w.ravel())),
            ),
        ),
    ),
    "mean": (
        "You took a mean. The penalty is a sum over all weights: it is not divided by how many "
        "there are.",
        (
            penalty(lambda c: right_loss(c) / c.count),
            penalty(
                lambda c: right_loss(c) / c.count, each(lambda c, w: 2 * c.scale * w / c.count)
            ),
            penalty(grads=each(lambda c, w: 2 * c.scale * w / c.count)),
            penalty(lambda c: c.scale * sum(np.mean(w**2) for w in c.weights)),
            penalty(
                lambda c: c.scale * sum(np.mean(w**2) for w in c.weights),
                each(lambda c, w: 2 * c.scale * w / w.size),
            ),
            penalty(grads=each(lambda c, w: 2 * c.scale * w / w.size)),
            penalty(lambda c: right_loss(c) / len(c.weights)),
            penalty(
                lambda c: right_loss(c) / len(c.weights),
                each(lambda c, w: 2 * c.scale * w / len(c.weights)),
            ),
            penalty(
                lambda c: (
                    c.scale * sum(s / len(w) for s, w in zip(c.squares, c.weights, strict=True))
                )
            ),
        ),
    ),
    "l1": (
        "You took sizes, not squares. That is the L1 penalty of the next exercise; here each "
        "weight is squared, and its gradient is proportional to the weight.",
        (
            penalty(
                lambda c: c.scale * sum(np.abs(w).sum() for w in c.weights),
                each(lambda c, w: c.scale * np.sign(w)),
            ),
            penalty(lambda c: c.scale * sum(np.abs(w).sum() for w in c.weights)),
            penalty(grads=each(lambda c, w: c.scale * np.sign(w))),
            penalty(grads=each(lambda c, w: 2 * c.scale * np.sign(w))),
        ),
    ),
    "squared_after_sum": (
        "You added the weights up before you squared, so that 3 and -3 cancel. Square each weight "
        "first: np.sum(w**2), not np.sum(w)**2.",
        (
            penalty(lambda c: c.scale * sum(w.sum() ** 2 for w in c.weights)),
            penalty(lambda c: c.scale * sum(w.sum() for w in c.weights) ** 2),
            penalty(
                lambda c: c.scale * sum(w.sum() ** 2 for w in c.weights),
                each(lambda c, w: np.full_like(w, 2 * c.scale * w.sum())),
            ),
        ),
    ),
    "not_squared": (
        "The loss adds the weights up without squaring them. Square each one: np.sum(w**2).",
        (penalty(lambda c: c.scale * sum(w.sum() for w in c.weights)),),
    ),
    "gradient_of_a_square": (
        "The gradients still hold the square, or the size, of the weights. The slope of lam * w**2 "
        "is 2 * lam * w.",
        (
            penalty(grads=each(lambda c, w: 2 * c.scale * w**2)),
            penalty(grads=each(lambda c, w: c.scale * w**2)),
            penalty(grads=each(lambda c, w: 2 * c.scale * np.abs(w))),
            penalty(grads=each(lambda c, w: 2 * c.scale * w * np.abs(w))),
        ),
    ),
    "gradient_summed": (
        "The gradient of an array is one number. Every weight has a slope of its own: the "
        "gradient has the shape of the array.",
        (
            penalty(grads=each(lambda c, w: 2 * c.scale * w.sum())),
            penalty(grads=each(lambda c, w: np.full_like(w, 2 * c.scale * w.sum()))),
            penalty(grads=lambda c: 2 * c.scale * sum(w.sum() for w in c.weights)),
        ),
    ),
    "sign": (
        "The sign is wrong. The penalty makes the loss larger, and it grows with the size of a "
        "weight: both are added, and it is the optimizer that subtracts.",
        (
            penalty(grads=each(lambda c, w: -2 * c.scale * w)),
            penalty(lambda c: -right_loss(c)),
            penalty(lambda c: -right_loss(c), each(lambda c, w: -2 * c.scale * w)),
        ),
    ),
    "weights_shrunk": (
        "You returned weights that have been made smaller. Return the gradients of the penalty, "
        "2 * lam * w; the optimizer makes the step.",
        (
            penalty(grads=each(lambda c, w: w - 2 * c.scale * w)),
            penalty(grads=each(lambda c, w: w - c.scale * w)),
            penalty(grads=each(lambda c, w: w + 2 * c.scale * w)),
        ),
    ),
    "results_swapped": (
        "The results have changed places. Return the loss first, then the list of gradients.",
        (lambda weights, lam, half=False: of_all(right_grads, right_loss, weights, lam, half),),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "l2", message, variants)
    for slug, (message, variants) in {**FACTORS, **SUMS, **ARRAYS}.items()
)
