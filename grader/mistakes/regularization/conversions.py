"""Mistakes in converting a decay: factors the wrong way round, forgotten or not wanted."""

from __future__ import annotations

from collections.abc import Callable

# What an amount of 1 adds to the gradient of a weight of 1.
PULLS: dict[str, Callable[[float], float]] = {
    "torch": lambda lr: 1.0,
    "keras": lambda lr: 2.0,
    "ridge": lambda lr: 1.0,
    "decoupled": lambda lr: 1 / lr,
}


def by(**pulls: Callable[[float], float]) -> Callable:
    """A conversion that believes other pulls."""
    known = PULLS | pulls
    return lambda amount, source, target, lr: amount * known[source](lr) / known[target](lr)


def only(source: str, target: str, factor: Callable[[float], float]) -> Callable:
    """A conversion whose factor is wrong between two conventions, in this direction."""

    def convert(amount, source_, target_, lr):
        right = PULLS[source_](lr) / PULLS[target_](lr)
        return amount * (factor(lr) if (source_, target_) == (source, target) else right)

    return lambda amount, source, target, lr: convert(amount, source, target, lr)


def both(source: str, target: str, there: Callable, back: Callable) -> tuple[Callable, ...]:
    """Conversions with a wrong factor there, back, and both ways."""

    def two(amount, source_, target_, lr):
        first = only(source, target, there)
        second = only(target, source, back)
        return (second if source_ == target else first)(amount, source_, target_, lr)

    return (
        only(source, target, there),
        only(target, source, back),
        lambda amount, source, target, lr: two(amount, source, target, lr),
    )


def once_more(name: str) -> Callable:
    """A conversion that multiplies where it should divide, if a certain convention is the target.

    Args:
        name: that convention.
    """

    def convert(amount, source, target, lr):
        pull = PULLS[target](lr)
        return amount * PULLS[source](lr) * (pull if target == name else 1 / pull)

    return convert


CONVERSIONS = {
    "unchanged": (
        "The amount came back as it was. The same number means another decay in each convention.",
        (lambda amount, source, target, lr: amount,),
    ),
    "keras_ignored": (
        "Keras's amount is taken for torch's. The slope of lam * w**2 is 2 * lam * w, so "
        "wd = 2 * lam.",
        (by(keras=lambda lr: 1.0),),
    ),
    "keras_inverted": (
        "Keras's factor 2 is turned round. Its penalty lam * w**2 pulls with 2 * lam * w, so "
        "wd = 2 * lam, and lam = wd / 2.",
        (by(keras=lambda lr: 0.5),),
    ),
    "slope_without_2": (
        "The slope of w**2 is 2 * w, not w. So Keras's amount pulls with 2 * amount * w, and "
        "ridge's with amount * w: wd = 2 * keras = ridge.",
        (by(keras=lambda lr: 1.0, ridge=lambda lr: 0.5),),
    ),
    "keras_and_ridge_swapped": (
        "Keras and ridge have changed places. Keras's penalty has no half: wd = 2 * keras. That "
        "of ridge has one: wd = ridge.",
        (by(keras=lambda lr: 1.0, ridge=lambda lr: 2.0),),
    ),
    "ridge_factor": (
        "The ridge convention is given a factor. In amount / 2 * w**2 the half and the 2 of the "
        "slope cancel: its amount is torch's wd.",
        (by(ridge=lambda lr: 2.0), by(ridge=lambda lr: 0.5)),
    ),
    "lr_ignored": (
        "lr is not used. Decoupled decay is not multiplied by lr, the others are: "
        "decoupled = lr * wd.",
        (
            by(decoupled=lambda lr: 1.0),
            # On the way there or on the way back alone.
            lambda amount, source, target, lr: (
                amount * PULLS[source](lr) / (PULLS[target](lr) if target != "decoupled" else 1)
            ),
            lambda amount, source, target, lr: (
                amount * (PULLS[source](lr) if source != "decoupled" else 1) / PULLS[target](lr)
            ),
        ),
    ),
    "lr_inverted": (
        "lr is on the wrong side. In torch's convention a weight loses lr * wd of itself in a "
        "step, so decoupled = lr * wd, and wd = decoupled / lr.",
        (by(decoupled=lambda lr: lr),),
    ),
    "directions_swapped": (
        "You converted in the opposite direction, or both factors are turned round: with Keras's "
        "lam, wd = 2 * lam, and decoupled = lr * wd.",
        (lambda amount, source, target, lr: amount * PULLS[target](lr) / PULLS[source](lr),),
    ),
    "source_only": (
        "The target is not used: you stop at torch's wd. Go on to the convention that is asked "
        "for.",
        (lambda amount, source, target, lr: amount * PULLS[source](lr),),
    ),
    "target_only": (
        "The source is not used: you begin with torch's wd. Turn the amount into wd first.",
        (lambda amount, source, target, lr: amount / PULLS[target](lr),),
    ),
    "multiplied_twice": (
        "You multiplied on the way to torch's wd and again on the way from it. There you divide.",
        (
            lambda amount, source, target, lr: amount * PULLS[source](lr) * PULLS[target](lr),
            *(once_more(name) for name in ("keras", "decoupled")),
        ),
    ),
    "lr_twice": (
        "lr is used twice. One step in torch's convention takes lr * wd of a weight.",
        (by(decoupled=lambda lr: 1 / lr**2),),
    ),
    "keras_to_decoupled": (
        "Between Keras and the decoupled convention one of the two factors is missing: "
        "decoupled = 2 * lr * lam.",
        (
            *both("keras", "decoupled", lambda lr: lr, lambda lr: 1 / lr),
            *both("keras", "decoupled", lambda lr: 2.0, lambda lr: 0.5),
            *both("keras", "decoupled", lambda lr: lr / 2, lambda lr: 2 / lr),
        ),
    ),
    "ridge_to_keras": (
        "Between the ridge convention and Keras the factor 2 is missing or turned round: "
        "ridge = 2 * keras.",
        (
            *both("ridge", "keras", lambda lr: 1.0, lambda lr: 1.0),
            *both("ridge", "keras", lambda lr: 2.0, lambda lr: 0.5),
            *both("ridge", "keras", lambda lr: 0.25, lambda lr: 4.0),
        ),
    ),
    "ridge_to_decoupled": (
        "Between the ridge and the decoupled convention lr is missing, or a 2 has come in: "
        "decoupled = lr * ridge.",
        (
            *both("ridge", "decoupled", lambda lr: 1.0, lambda lr: 1.0),
            *both("ridge", "decoupled", lambda lr: 2 * lr, lambda lr: 1 / (2 * lr)),
            *both("ridge", "decoupled", lambda lr: lr / 2, lambda lr: 2 / lr),
        ),
    ),
    "what_is_left": (
        "You returned the share of a weight that is left after a step. Asked is the amount of the "
        "decay.",
        (
            lambda amount, source, target, lr: (
                1 - lr * amount * PULLS[source](lr)
                if target == "decoupled" != source
                else amount * PULLS[source](lr) / PULLS[target](lr)
            ),
            lambda amount, source, target, lr: 1 - amount * PULLS[source](lr) / PULLS[target](lr),
        ),
    ),
}
