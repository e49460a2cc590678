"""Mistakes with the factors of the L2 penalty: 2, a half, lam."""

from __future__ import annotations

from grader.mistakes.regularization.penalties import Call, each, penalty, right_loss, scaled


def full(call: Call) -> float:
    """The loss, whatever `half` says."""
    return call.lam * sum(call.squares)


FULL_GRADS = each(lambda c, w: 2 * c.lam * w)
HALF_GRADS = each(lambda c, w: c.lam * w)

FACTORS = {
    "no_factor_2": (
        "The gradient lacks the factor 2: the slope of lam * w**2 is 2 * lam * w. Only with half "
        "does the 2 cancel.",
        (
            penalty(grads=each(lambda c, w: c.scale * w)),
            penalty(grads=HALF_GRADS),
        ),
    ),
    "factor_2_in_loss": (
        "The factor 2 belongs to the gradient, where it comes from the square. The loss has none.",
        (penalty(lambda c: 2 * right_loss(c)), penalty(lambda c: 2 * full(c))),
    ),
    "factor_2_twice": (
        "The gradients have the factor 2 twice. The slope of lam * w**2 is 2 * lam * w.",
        (
            penalty(grads=each(lambda c, w: 4 * c.scale * w)),
            penalty(grads=each(lambda c, w: 4 * c.lam * w)),
        ),
    ),
    "half_ignored": (
        "half makes no difference. With half=True both the loss and the gradients are halved: "
        "lam / 2 instead of lam.",
        (penalty(full, FULL_GRADS),),
    ),
    "half_always": (
        "You always halve. Do so only if half is True.",
        (penalty(lambda c: full(c) / 2, HALF_GRADS),),
    ),
    "half_reversed": (
        "You halve when half is False, and not when it is True.",
        (
            penalty(
                lambda c: full(c) / (1 if c.half else 2),
                each(lambda c, w: (2 if c.half else 1) * c.lam * w),
            ),
        ),
    ),
    "half_in_one": (
        "half changes one of the two results only. If the loss is halved, so are its gradients.",
        (
            penalty(grads=FULL_GRADS),
            penalty(loss=full),
            penalty(loss=lambda c: full(c) / 2),
        ),
    ),
    "half_twice": (
        "half acts twice: you divided by 4. With half=True use lam / 2 once.",
        scaled(lambda c: 0.5 if c.half else 1),
    ),
    "half_doubles": (
        "half=True makes the penalty larger. It divides by 2.",
        (
            *scaled(lambda c: 4 if c.half else 1),
            penalty(
                lambda c: full(c) * 2**0.5 if c.half else full(c),
                each(lambda c, w: 2**0.5 * 2 * c.lam * w if c.half else 2 * c.lam * w),
            ),
        ),
    ),
    "half_as_factor": (
        "half is used as a number, which is 0 when it is False. Ask for it: lam / 2 if half else "
        "lam.",
        (
            *scaled(lambda c: 2 * c.half),
            *scaled(lambda c: 1.0 * c.half),
        ),
    ),
    "lam_missing": (
        "lam is missing. The penalty and its gradients are proportional to it.",
        (
            penalty(lambda c: sum(c.squares) / (2 if c.half else 1)),
            penalty(lambda c: sum(c.squares)),
            penalty(grads=each(lambda c, w: (1 if c.half else 2) * w)),
            penalty(grads=each(lambda c, w: 2 * w)),
            penalty(
                lambda c: sum(c.squares) / (2 if c.half else 1),
                each(lambda c, w: (1 if c.half else 2) * w),
            ),
        ),
    ),
    "lam_squared": (
        "lam is multiplied twice, or squared with the weight. Square the weight alone: "
        "lam * w**2, not (lam * w)**2.",
        (
            *scaled(lambda c: c.lam),
            penalty(lambda c: sum((c.scale**2) * s for s in c.squares)),
        ),
    ),
    "divided_by_lam": (
        "You divided by lam. A larger lam makes the penalty larger: multiply.",
        scaled(lambda c: 1 / c.lam**2 if c.lam else float("nan")),
    ),
}
