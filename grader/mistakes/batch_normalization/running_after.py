"""Slips with running statistics after many updates: powers off by one, the wrong variance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.batch_normalization.repeated import (
    after,
    converted,
    linear,
    part,
    product,
    same,
    unweighted,
)


def of(change: Callable) -> Callable:
    """The right result for another batch."""
    return lambda x, *args, **rest: after()(change(x), *args, **rest)


def exchanged(x, *args, **rest):
    """The results in the wrong order."""
    return after()(x, *args, **rest)[::-1]


def root_of_last(x, *args, **rest):
    """The root of the running variance at the end."""
    mean, var = after()(x, *args, **rest)
    return mean, np.sqrt(var)


def added(x, k, momentum, convention):
    """The old variance stays in full."""
    mean, var = after(first=(0.0, 0.0))(x, k, momentum, convention)
    return mean, 1 + var


UPDATES = {
    "sign": (
        "The distance to the batch's values has the wrong sign. It starts as v0 - b, the first "
        "value less the batch's: b + kept ** k * (v0 - b).",
        (
            part(lambda r, kept, b: 2 * b - r, lambda r, kept, b: 2 * b - r),
            part(lambda r, kept, b: 2 * b - r),
            part(same, lambda r, kept, b: 2 * b - r),
        ),
    ),
    "new_not_weighted": (
        "The batch's values are added in full. What is kept and what is new add up to 1: new "
        "ones count 1 - kept ** k after k updates.",
        (
            unweighted,
            part(same, lambda r, kept, b: b + kept),
            part(lambda r, kept, b: b, lambda r, kept, b: b + kept),
        ),
    ),
    "kept_for_new": (
        "The batch's mean is multiplied by what is kept of the first value. It gets the rest: "
        "(1 - kept ** k) * batch mean.",
        (part(lambda r, kept, b: kept * b),),
    ),
    "not_converted": (
        "momentum is used as torch means it, whatever the convention. For Keras and D2L the old "
        "value is multiplied by momentum itself.",
        (
            after(weight=lambda momentum, convention: momentum),
            after(
                weight=lambda momentum, convention: momentum,
                correct=lambda convention: True,
            ),
        ),
    ),
    "always_converted": (
        "momentum weighs the old value, whatever the convention. In torch it weighs the new one: "
        "the old one is multiplied by 1 - momentum.",
        (
            after(weight=lambda momentum, convention: 1 - momentum),
            after(
                weight=lambda momentum, convention: 1 - momentum,
                correct=lambda convention: False,
            ),
        ),
    ),
    "weights_swapped": (
        "Old and new have changed places: after k updates the first values count kept ** k, "
        "where kept is 1 - momentum in torch and momentum in Keras and D2L.",
        (
            after(weight=lambda momentum, convention: 1 - converted(momentum, convention)),
            after(
                weight=lambda momentum, convention: 1 - converted(momentum, convention),
                correct=lambda convention: convention != "torch",
            ),
        ),
    ),
    "one_convention_missing": (
        "Keras or D2L is treated like torch. Both weigh the old value with momentum and store "
        "the biased variance.",
        tuple(
            after(
                weight=lambda m, c, like=like: converted(m, "torch" if c == like else c),
                correct=lambda c, like=like: c in ("torch", like),
            )
            for like in ("keras", "d2l")
        ),
    ),
    "exponent_off_by_one": (
        "The number of updates is off by one. Each of the k updates multiplies the old value "
        "once: kept ** k.",
        (
            after(power=lambda k: k + 1),
            after(power=lambda k: k - 1),
            after(power=lambda k: max(k - 1, 0)),
        ),
    ),
    "one_update": (
        "Only one update was made. Make k of them: the old value is multiplied by kept ** k.",
        (after(power=lambda k: 1), after(power=lambda k: min(k, 1))),
    ),
    "linear": (
        "k updates are not k times the first one: each keeps a part of what is there. The old "
        "value is multiplied by kept ** k.",
        (linear, product),
    ),
    "settled": (
        "Those are the batch's own values, as if they had settled. After k updates the first "
        "ones still count kept ** k.",
        (
            after(power=lambda k: np.inf),
            after(power=lambda k: np.inf if k else 0),
            part(lambda r, kept, b: b, lambda r, kept, b: b),
            part(lambda r, kept, b: b),
            part(same, lambda r, kept, b: b),
        ),
    ),
    "biased_variance": (
        "The variance is biased in torch's case. torch stores the unbiased one, var * N / (N - 1).",
        (after(correct=lambda convention: False),),
    ),
    "unbiased_variance": (
        "The variance is unbiased in too many cases. Keras and D2L both store the biased one, "
        "divided by N.",
        (
            after(correct=lambda convention: True),
            after(correct=lambda convention: convention in ("torch", "keras")),
            after(correct=lambda convention: convention in ("torch", "d2l")),
        ),
    ),
    "variances_swapped": (
        "The variances have changed places: torch stores the unbiased one, Keras and D2L the "
        "biased one.",
        (after(correct=lambda convention: convention != "torch"),),
    ),
    "first_values": (
        "The running statistics start elsewhere. They start at mean 0 and variance 1.",
        (
            after(first=(0.0, 0.0)),
            after(first=(1.0, 1.0)),
            after(first=(1.0, 0.0)),
        ),
    ),
    "old_kept_whole": (
        "The first variance, 1, stays in full. It shrinks with every update: kept ** k is left.",
        (added,),
    ),
    "deviation": (
        "var is a standard deviation. Store the variance, without the root.",
        (
            after(spoil=lambda mean, var, m: (mean, np.sqrt(var))),
            root_of_last,
        ),
    ),
    "eps_added": (
        "eps has entered the variance. It only guards the division.",
        (
            after(spoil=lambda mean, var, m: (mean, var + 1e-5)),
            after(spoil=lambda mean, var, m: (mean, var + 1e-3)),
        ),
    ),
    "one_for_all": (
        "All features share one mean or variance. Take them along axis 0, one for each feature.",
        (
            after(spoil=lambda mean, var, m: (mean * 0 + mean.mean(), var * 0 + var.mean())),
            after(spoil=lambda mean, var, m: (mean * 0 + mean.mean(), var)),
            after(spoil=lambda mean, var, m: (mean, var * 0 + var.mean())),
            of(lambda x: np.repeat(x.reshape(-1, 1), x.shape[1], axis=1)),
            of(lambda x: x.reshape(-1, 1)),
        ),
    ),
    "along_rows": (
        "Mean and variance are taken along the features. The rows are the batch: use axis 0.",
        (of(np.transpose),),
    ),
    "results_swapped": ("The results are in the wrong order. Return mean, var.", (exchanged,)),
}
