"""Known mistakes of 6.3: a step of SGD here, conversions and Adam's first step next door."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.regularization.adam_steps import ADAM
from grader.mistakes.regularization.conversions import CONVERSIONS

# By how much an amount of 1 shrinks a weight in one step, given lr.
SHRINKS: dict[str, Callable[[float], float]] = {
    "torch": lambda lr: lr,
    "keras": lambda lr: 2 * lr,
    "ridge": lambda lr: lr,
    "decoupled": lambda lr: 1.0,
}
IN_GRADIENT = ("torch", "keras", "ridge")


def step(*conventions: str, shrink: Callable | None = None, rule: Callable | None = None):
    """A step that is wrong in some conventions, and right in the others.

    Args:
        conventions: where it is wrong; everywhere if none is named.
        shrink: of lr and the right share, the share that a weight loses instead.
        rule: of w, dw, lr and the share, the new weights.
    """

    def decayed_step(w, dw, lr, amount, convention):
        share = SHRINKS[convention](lr) * amount
        if conventions and convention not in conventions:
            return (1 - share) * w - lr * dw
        if shrink:
            share = shrink(lr, amount)
        return rule(w, dw, lr, share) if rule else (1 - share) * w - lr * dw

    return decayed_step


def everywhere(rule: Callable) -> tuple[Callable, ...]:
    """Steps that follow another rule: in all conventions, in the coupled ones, in each alone."""
    groups = [(), IN_GRADIENT, *((name,) for name in SHRINKS)]
    return tuple(step(*group, rule=rule) for group in groups)


STEPS = {
    "keras_lambda_equals_wd": (
        "In Keras's convention the penalty is lam * w**2, whose slope is 2 * lam * w. The factor 2 "
        "is missing: wd = 2 * lam.",
        (
            step("keras", shrink=lambda lr, a: lr * a),
            step("keras", shrink=lambda lr, a: lr * a / 2),
        ),
    ),
    "half_forgotten": (
        "The half of the ridge convention, or of torch's, has become a factor. With a half in "
        "front of the square the 2 cancels: the slope is amount * w.",
        (
            step("ridge", shrink=lambda lr, a: 2 * lr * a),
            step("ridge", shrink=lambda lr, a: lr * a / 2),
            step("torch", shrink=lambda lr, a: 2 * lr * a),
            step("torch", shrink=lambda lr, a: lr * a / 2),
            step("torch", "ridge", shrink=lambda lr, a: 2 * lr * a),
        ),
    ),
    "slope_without_2": (
        "The slope of w**2 is 2 * w, not w. So the pull is 2 * amount * w for Keras, and with the "
        "half amount * w for ridge.",
        (step("keras", "ridge", rule=lambda w, dw, lr, share: (1 - share / 2) * w - lr * dw),),
    ),
    "keras_and_ridge_swapped": (
        "Keras and ridge have changed places. Keras's penalty has no half, so its slope is "
        "2 * amount * w; that of ridge has one, and its slope is amount * w.",
        (
            lambda w, dw, lr, amount, convention: step()(
                w,
                dw,
                lr,
                amount,
                {"keras": "ridge", "ridge": "keras"}.get(convention, convention),
            ),
        ),
    ),
    "convention_ignored": (
        "convention makes no difference. Ask which one it is: only torch and ridge pull alike.",
        (
            lambda w, dw, lr, amount, convention: (1 - lr * amount) * w - lr * dw,
            lambda w, dw, lr, amount, convention: (1 - 2 * lr * amount) * w - lr * dw,
            lambda w, dw, lr, amount, convention: (1 - amount) * w - lr * dw,
        ),
    ),
    "no_lr": (
        "The decay is not multiplied by lr. In all conventions but the decoupled one it is part of "
        "the gradient: w - lr * (dw + decay * w).",
        (
            step("torch", shrink=lambda lr, a: a),
            step("keras", shrink=lambda lr, a: 2 * a),
            step("ridge", shrink=lambda lr, a: a),
            step("torch", "ridge", shrink=lambda lr, a: a),
            lambda w, dw, lr, amount, convention: (
                (1 - (2 if convention == "keras" else 1) * amount) * w - lr * dw
            ),
        ),
    ),
    "decoupled_has_lr": (
        "The decoupled decay is multiplied by lr. As defined here it does not depend on the rate: "
        "(1 - amount) * w - lr * dw.",
        (
            step("decoupled", shrink=lambda lr, a: lr * a),
            step("decoupled", shrink=lambda lr, a: 2 * lr * a),
        ),
    ),
    "grows": (
        "The weights grow. Decay makes them smaller: the decay has the sign of the gradient step, "
        "and both are subtracted.",
        everywhere(lambda w, dw, lr, share: (1 + share) * w - lr * dw),
    ),
    "after_step": (
        "The decay uses the new weights. It uses the old ones: take both from the same w.",
        everywhere(lambda w, dw, lr, share: (1 - share) * (w - lr * dw)),
    ),
    "ignored": (
        "In some convention nothing decays. All four pull the weights to zero.",
        (
            *everywhere(lambda w, dw, lr, share: w - lr * dw),
            step("keras", "ridge", rule=lambda w, dw, lr, share: w - lr * dw),
        ),
    ),
    "gradient_ignored": (
        "Only the decay is left, the gradient dw is not used. Subtract lr * dw as well.",
        everywhere(lambda w, dw, lr, share: (1 - share) * w),
    ),
    "uphill": (
        "The gradient is added. Subtract it: - lr * dw.",
        (*everywhere(lambda w, dw, lr, share: (1 - share) * w + lr * dw),),
    ),
    "all_added": (
        "The whole step is added. Subtract it: w - lr * (dw + decay * w).",
        (
            step(rule=lambda w, dw, lr, share: (1 + share) * w + lr * dw),
            lambda w, dw, lr, amount, convention: step(
                rule=lambda w, dw, lr, share: (
                    (1 + share * (-1 if convention == "decoupled" else 1)) * w + lr * dw
                )
            )(w, dw, lr, amount, convention),
        ),
    ),
    "gradient_without_lr": (
        "dw is not multiplied by lr. It is, in every convention.",
        everywhere(lambda w, dw, lr, share: (1 - share) * w - dw),
    ),
    "gradient_decays": (
        "The decay is applied to the gradient. It is the weights that decay.",
        (
            *everywhere(lambda w, dw, lr, share: w - lr * dw * (1 - share)),
            step(rule=lambda w, dw, lr, share: w - lr * dw * (1 + share)),
            step(*IN_GRADIENT, rule=lambda w, dw, lr, share: w - dw * (lr + share)),
        ),
    ),
    "lr_twice": (
        "The decay is multiplied by lr twice. Once is enough: w - lr * (dw + decay * w).",
        (
            step("torch", shrink=lambda lr, a: lr**2 * a),
            step("keras", shrink=lambda lr, a: 2 * lr**2 * a),
            step("ridge", shrink=lambda lr, a: lr**2 * a),
            step(*IN_GRADIENT, rule=lambda w, dw, lr, share: (1 - lr * share) * w - lr * dw),
        ),
    ),
    "penalty_not_its_slope": (
        "You subtracted a penalty, not its slope. The slope of w**2 is 2 * w.",
        (
            *everywhere(lambda w, dw, lr, share: w - lr * dw - share * w**2),
            step(rule=lambda w, dw, lr, share: w - lr * dw - share * np.sum(w**2)),
            step(*IN_GRADIENT, rule=lambda w, dw, lr, share: w - lr * dw - share * np.sum(w**2)),
            step(*IN_GRADIENT, rule=lambda w, dw, lr, share: w - lr * dw - share / 2 * w**2),
            step("keras", "ridge", rule=lambda w, dw, lr, share: w - lr * dw - share / 2 * w**2),
            step(
                "keras",
                "ridge",
                rule=lambda w, dw, lr, share: w - lr * dw - share / 2 * np.sum(w**2),
            ),
        ),
    ),
    "signs_only": (
        "The decay takes the same amount from every weight, as L1 does. Here it is proportional to "
        "the weight.",
        (
            *everywhere(lambda w, dw, lr, share: w - lr * dw - share * np.sign(w)),
            step(rule=lambda w, dw, lr, share: w - lr * dw - share),
            step("decoupled", rule=lambda w, dw, lr, share: w - lr * dw - share),
        ),
    ),
    "divided_instead": (
        "You divided by 1 + the decay. Multiply by 1 - the decay.",
        (
            *everywhere(lambda w, dw, lr, share: w / (1 + share) - lr * dw),
            *everywhere(lambda w, dw, lr, share: (w - lr * dw) / (1 + share)),
            step(rule=lambda w, dw, lr, share: np.exp(-share) * w - lr * dw),
        ),
    ),
    "step_returned": (
        "You returned the step or the gradient. Return the new weights.",
        (
            step(rule=lambda w, dw, lr, share: lr * dw + share * w),
            step(rule=lambda w, dw, lr, share: -(lr * dw + share * w)),
            step(rule=lambda w, dw, lr, share: dw + share / lr * w),
        ),
    ),
    "vectors_spared": (
        "Arrays of one axis do not decay. Training scripts often spare biases, but here every "
        "array decays.",
        (
            lambda w, dw, lr, amount, convention: step()(
                w, dw, lr, amount * (w.ndim > 1), convention
            ),
        ),
    ),
    "kept_share_only": (
        "The weights are multiplied by the decay itself. Multiply by 1 - the decay: that is what "
        "is left.",
        everywhere(lambda w, dw, lr, share: share * w - lr * dw),
    ),
}

MISTAKES = (
    *(Mistake(slug, "decayed_step", *told) for slug, told in STEPS.items()),
    *(Mistake(f"convert_{slug}", "convert", *told) for slug, told in CONVERSIONS.items()),
    *(Mistake(f"adam_{slug}", "first_adam_step", *told) for slug, told in ADAM.items()),
)
