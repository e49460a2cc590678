"""Known mistakes of 6.2: other signs at zero, costs that change places, lost factors."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.regularization.nets import (
    both,
    length,
    net,
    right_grad,
    right_loss,
    shared,
    sign,
    square,
)

KNOWN = {
    "sign0": (
        "A weight that is exactly 0 gets a slope, as if sign(0) were 1 or -1. The size of a weight "
        "has a kink at 0, and there we take the slope 0: np.sign(0) is 0.",
        (
            sign(lambda w: np.where(w >= 0, 1, -1)),
            sign(lambda w: np.where(w > 0, 1, -1)),
            sign(lambda w: np.copysign(1, w)),
        ),
    ),
    "sign_divided": (
        "You divided by the size of a weight, which may be 0. Use np.sign(w).",
        (sign(lambda w: w / np.abs(w)), sign(lambda w: w / np.sqrt(w**2))),
    ),
    "sign_softened": (
        "For small weights the sign comes out too small. It is 1 or -1 however small a weight is: "
        "use np.sign(w).",
        (
            sign(lambda w: w / (np.abs(w) + 1e-8)),
            sign(lambda w: w / (np.abs(w) + 1e-12)),
            sign(lambda w: w / np.sqrt(w**2 + 1e-8)),
            sign(lambda w: w / np.sqrt(w**2 + 1e-12)),
            sign(lambda w: w / np.maximum(np.abs(w), 1e-8)),
            sign(lambda w: np.where(np.abs(w) < 1e-8, 0, np.sign(w))),
            sign(np.tanh),
            sign(lambda w: np.sign(w.round(6))),
        ),
    ),
    "no_2": (
        "The gradient of l2 * w**2 lacks the factor 2: it is 2 * l2 * w.",
        (square(grad=lambda w, l2: l2 * w),),
    ),
    "factor_2_in_loss": (
        "The factor 2 belongs to the gradient. The loss has l2 * w**2 without it.",
        (square(loss=lambda w, l2: 2 * l2 * np.sum(w**2)),),
    ),
    "half_l2": (
        "The L2 part is halved. Some texts put a half in front of the square; here there is none.",
        (
            square(lambda w, l2: l2 / 2 * np.sum(w**2), lambda w, l2: l2 * w),
            square(loss=lambda w, l2: l2 / 2 * np.sum(w**2)),
        ),
    ),
    "l1_doubled": (
        "The L1 part of the gradient has a factor 2. Only the square brings one.",
        (
            net(grad=lambda w, l1, l2: 2 * l1 * np.sign(w) + 2 * l2 * w),
            net(grad=lambda w, l1, l2: 2 * l1 * np.sign(w) + l2 * w),
        ),
    ),
    "l1_grad_is_abs": (
        "The gradient of the L1 part still holds the size of the weight. The slope of |w| is its "
        "sign: l1 * np.sign(w).",
        (sign(np.abs), sign(lambda w: 2 * np.abs(w))),
    ),
    "l1_grad_w": (
        "The gradient of the L1 part grows with the weight. The slope of |w| is its sign, the same "
        "for small and large weights: l1 * np.sign(w).",
        (sign(lambda w: w), sign(lambda w: 2 * w), sign(lambda w: np.sign(w) * w**2)),
    ),
    "l1_grad_constant": (
        "The gradient of the L1 part has no sign. A negative weight gets larger in size as it "
        "falls: its slope is -l1.",
        (
            sign(np.ones_like),
            sign(lambda w: (w != 0) * 1.0),
            sign(lambda w: (w > 0) * 1.0),
            sign(lambda w: -np.sign(w)),
        ),
    ),
    "grad_missing": (
        "A part of the gradient is missing. The penalty has two parts, and each has a slope.",
        (
            net(grad=lambda w, l1, l2: 2 * l2 * w),
            net(grad=lambda w, l1, l2: l1 * np.sign(w)),
            net(grad=lambda w, l1, l2: np.zeros_like(w)),
        ),
    ),
    "loss_missing": (
        "A part of the loss is missing. Add l1 times the sum of sizes and l2 times the sum of "
        "squares.",
        (
            net(lambda w, l1, l2: l2 * np.sum(w**2)),
            net(lambda w, l1, l2: l1 * np.abs(w).sum()),
        ),
    ),
    "part_missing": (
        "Only one of the two penalties is there. Add both, in the loss and in the gradient.",
        (
            net(lambda w, l1, l2: l2 * np.sum(w**2), lambda w, l1, l2: 2 * l2 * w),
            net(lambda w, l1, l2: l1 * np.abs(w).sum(), lambda w, l1, l2: l1 * np.sign(w)),
            lambda w, l1, l2: both(w, l1, l2 * (not l1)),
            lambda w, l1, l2: both(w, l1 * (not l2), l2),
        ),
    ),
    "swapped": (
        "l1 and l2 have changed places. l1 multiplies the sizes, l2 the squares.",
        (
            lambda w, l1, l2: (right_loss(w, l2, l1), right_grad(w, l2, l1)),
            net(lambda w, l1, l2: right_loss(w, l2, l1)),
            net(grad=lambda w, l1, l2: right_grad(w, l2, l1)),
        ),
    ),
    "sum_before_size": (
        "You added the weights up before you took their size, so that 3 and -3 cancel. Take the "
        "size of each weight: np.sum(np.abs(w)).",
        (
            net(lambda w, l1, l2: l1 * np.abs(w.sum()) + l2 * np.sum(w**2)),
            net(lambda w, l1, l2: l1 * w.sum() + l2 * np.sum(w**2)),
            net(lambda w, l1, l2: l1 * np.abs(w).sum() + l2 * w.sum() ** 2),
            net(lambda w, l1, l2: l1 * np.maximum(w, 0).sum() + l2 * np.sum(w**2)),
        ),
    ),
    "norm_not_squared": (
        "The L2 part uses the norm, the root of the sum of squares. Leave the root out.",
        (
            square(lambda w, l2: l2 * length(w)),
            square(lambda w, l2: l2 * length(w), lambda w, l2: l2 * w / length(w)),
        ),
    ),
    "mean": (
        "You took a mean. The penalty is a sum over all weights.",
        (
            net(lambda w, l1, l2: right_loss(w, l1, l2) / w.size),
            net(grad=lambda w, l1, l2: right_grad(w, l1, l2) / w.size),
            net(
                lambda w, l1, l2: right_loss(w, l1, l2) / w.size,
                lambda w, l1, l2: right_grad(w, l1, l2) / w.size,
            ),
            net(lambda w, l1, l2: right_loss(w, l1 / w.size, l2)),
            net(lambda w, l1, l2: right_loss(w, l1, l2 / w.size)),
        ),
    ),
    "one_strength": (
        "You read l1 and l2 as a strength and a share, as scikit-learn's ElasticNet does. Here "
        "each is the cost of its own part.",
        (
            lambda w, l1, l2: shared(w, l1, l2, 0.5),
            lambda w, l1, l2: shared(w, l1, l2, 1.0),
            lambda w, l1, l2: shared(w, l2, l1, 0.5),
        ),
    ),
    "l2_grad_of_a_square": (
        "The gradient of the L2 part still holds a square or a size. The slope of l2 * w**2 is "
        "2 * l2 * w.",
        (
            square(grad=lambda w, l2: 2 * l2 * w**2),
            square(grad=lambda w, l2: 2 * l2 * np.abs(w)),
            square(grad=lambda w, l2: l2 * w**2),
            square(grad=lambda w, l2: np.full_like(w, 2 * l2)),
        ),
    ),
    "cost_squared": (
        "l2 is squared together with the weight. Square the weight alone: l2 * w**2.",
        (
            square(lambda w, l2: np.sum((l2 * w) ** 2)),
            square(lambda w, l2: np.sum((l2 * w) ** 2), lambda w, l2: 2 * l2**2 * w),
        ),
    ),
    "sign_of_gradient": (
        "The gradient points the wrong way, or one of its parts does. Both parts grow with the "
        "size of a weight; it is the optimizer that subtracts.",
        (
            net(grad=lambda w, l1, l2: -right_grad(w, l1, l2)),
            square(grad=lambda w, l2: -2 * l2 * w),
            square(lambda w, l2: -l2 * np.sum(w**2), lambda w, l2: -2 * l2 * w),
            square(lambda w, l2: -l2 * np.sum(w**2)),
        ),
    ),
    "gradient_summed": (
        "The gradient is one number. Every weight has its own: return an array with the shape of "
        "w.",
        (net(grad=lambda w, l1, l2: right_grad(w, l1, l2).sum()),),
    ),
    "weights_returned": (
        "You returned weights after a step. Return the gradient of the penalty; the optimizer "
        "makes the step.",
        (
            net(grad=lambda w, l1, l2: w - right_grad(w, l1, l2)),
            net(grad=lambda w, l1, l2: np.sign(w) * np.maximum(np.abs(w) - l1, 0)),
        ),
    ),
    "results_swapped": (
        "The results have changed places. Return the loss first, then the gradient.",
        (lambda w, l1, l2: (right_grad(w, l1, l2), right_loss(w, l1, l2)),),
    ),
    "matrix_norm": (
        "np.linalg.norm(w, 1) or (w, 2) of a matrix is another number: its largest column sum, "
        "or its largest singular value. Sum over all weights: np.sum(np.abs(w)), np.sum(w**2).",
        (
            net(lambda w, l1, l2: l1 * np.linalg.norm(w, 1) + l2 * np.sum(w**2)),
            net(lambda w, l1, l2: l1 * np.abs(w).sum() + l2 * np.linalg.norm(w, 2) ** 2),
            net(lambda w, l1, l2: l1 * np.linalg.norm(w, 1) + l2 * np.linalg.norm(w, 2) ** 2),
        ),
    ),
    "loss_not_summed": (
        "The loss is an array. Add up over all weights, np.sum(…): it is one number.",
        (
            net(lambda w, l1, l2: l1 * np.abs(w) + l2 * w**2),
            net(lambda w, l1, l2: l1 * sum(np.abs(w)) + l2 * sum(w**2)),
        ),
    ),
}


MISTAKES = tuple(
    Mistake(slug, "elastic_net", message, variants) for slug, (message, variants) in KNOWN.items()
)
