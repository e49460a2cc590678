"""Known mistakes of 8.8: something else measured, or measured in another network."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.grad_norms_branch import BRANCH
from grader.mistakes.classic_networks.grad_norms_rules import grad_norms


def scaled(weights, gain):
    """The matrices, right."""
    return [gain * w for w in weights]


LISTED = {
    "activations_measured": (
        "You measure the activations. The question is how large the *gradient* of the loss is at "
        "each depth.",
        (
            grad_norms(measure=lambda g, depths: [np.linalg.norm(h) for h in depths]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(h) for h in depths[::-1]]),
        ),
    ),
    "other_direction": (
        "The list runs from the last layer to the first. It begins at x, so turn it round.",
        (grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[::-1]]),),
    ),
    "ends_left_out": (
        "There are len(weights) + 1 norms: the gradient at x, and the one behind each layer.",
        (
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[:-1]]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[1:]]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(g[0])]),
        ),
    ),
    "other_measure": (
        "The norm is the square root of the sum of all squares, np.linalg.norm, over all images "
        "together.",
        (
            grad_norms(measure=lambda g, depths: [np.sum(d**2) for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).mean() for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).max() for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).sum() for d in g]),
            grad_norms(measure=lambda g, depths: [np.sqrt((d**2).mean()) for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, axis=1).mean() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, axis=1).sum() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d[0]) for d in g]),
            grad_norms(measure=lambda g, depths: [d.std() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, 2) for d in g]),
        ),
    ),
    "loss_not_averaged": (
        "The loss is the mean of all squares of y: its gradient is 2 * y / y.size.",
        (
            grad_norms(start=lambda y: 2 * y),
            grad_norms(start=lambda y: 2 * y / len(y)),
            grad_norms(start=lambda y: 2 * y / y.shape[1]),
        ),
    ),
    "two_forgotten": (
        "The derivative of y² is 2y: a factor is missing.",
        (grad_norms(start=lambda y: y / y.size), grad_norms(start=lambda y: y)),
    ),
    "other_loss": (
        "The loss is the mean of y². Its gradient depends on y.",
        (
            grad_norms(start=lambda y: np.ones_like(y)),
            grad_norms(start=lambda y: np.ones_like(y) / y.size),
            grad_norms(start=lambda y: np.sign(y) / y.size),
        ),
    ),
    "one_matrix_for_all": (
        "All your layers use the same matrix. Each has its own: weights[i].",
        (
            grad_norms(weights=lambda w, gain: [gain * w[0] for _ in w]),
            grad_norms(weights=lambda w, gain: [gain * w[-1] for _ in w]),
        ),
    ),
    "matrices_reversed": (
        "The layers come in the wrong order: weights[0] is the first.",
        (grad_norms(weights=lambda w, gain: [gain * own for own in w[::-1]]),),
    ),
    "matrix_transposed": (
        "A weight is (out, in), as torch has it: h @ w.T.",
        (grad_norms(weights=lambda w, gain: [gain * own.T for own in w]),),
    ),
    "gain_ignored": (
        "The gain is missing: each layer's matrix is gain * w.",
        (
            grad_norms(weights=lambda w, gain: list(w)),
            grad_norms(back_weights=lambda w, gain: list(w)),
            grad_norms(weights=lambda w, gain: list(w), back_weights=scaled),
        ),
    ),
    "other_gain": (
        "The matrix of a layer is gain * w: the gain once, and nothing else.",
        (
            grad_norms(weights=lambda w, gain: [gain**2 * own for own in w]),
            grad_norms(weights=lambda w, gain: [np.sqrt(gain) * own for own in w]),
            grad_norms(weights=lambda w, gain: [gain * own / np.sqrt(len(own)) for own in w]),
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                gain * x, weights, 1.0, residual, bn
            ),
        ),
    ),
    "transposed_one_way": (
        "The matrix is transposed one way only: h @ w.T there, and d @ w back.",
        (
            grad_norms(back_weights=lambda w, gain: [gain * own.T for own in w]),
            grad_norms(weights=lambda w, gain: [gain * own.T for own in w], back_weights=scaled),
        ),
    ),
    "matrices_not_turned_round": (
        "On the way back the last layer comes first, and its matrix with it: go through the "
        "weights from the last to the first.",
        (grad_norms(back_weights=lambda w, gain: [gain * own for own in w[::-1]]),),
    ),
    "mask_of_another": (
        "A ReLU lets the gradient pass where its own input was positive: not what came into the "
        "layer, not what leaves it with the way around, and not the gradient.",
        (
            grad_norms(open=lambda a, h, y: y > 0),
            grad_norms(open=lambda a, h, y: h > 0),
        ),
    ),
    "open_at_zero": (
        "Where the input of a ReLU is exactly 0, no gradient passes: (a > 0), not (a >= 0).",
        (grad_norms(open=lambda a, h, y: a >= 0),),
    ),
    "way_around_joined_otherwise": (
        "With residual=True, the layer's own input h is added, as it is, to what the branch gives.",
        (
            grad_norms(skip=lambda y, h: y),
            grad_norms(skip=lambda y, h: (y + h) / 2),
            grad_norms(skip=lambda y, h: y - h),
        ),
    ),
    "relu_missing": (
        "There is a ReLU in each layer, forward and backward.",
        (grad_norms(bend=False), grad_norms(mask_back=False)),
    ),
    "joined_before_relu": (
        "The way around ends behind the ReLU: h + relu(branch). Then nothing stands in its way.",
        (grad_norms(inside=True),),
    ),
    "way_around_not_gone_back": (
        "The gradient takes the way around, too: add it to what comes back through the branch.",
        (grad_norms(skip_back=False),),
    ),
    **BRANCH,
    "way_around_ignored": (
        "With residual=True the input of a layer is added to its output.",
        (
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                x, weights, gain, False, bn
            ),
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                x, weights, gain, residual and not bn, bn
            ),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "grad_norms", message, variants) for slug, (message, variants) in LISTED.items()
)
