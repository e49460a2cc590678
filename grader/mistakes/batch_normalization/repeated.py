"""A right run of k updates with one batch, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def converted(momentum: float, convention: str) -> float:
    """The right momentum for torch."""
    return momentum if convention == "torch" else 1 - momentum


def after(
    *,
    weight: Callable[[float, str], float] = converted,
    power: Callable[[int], float] = lambda k: k,
    correct: Callable[[str], bool] = lambda convention: convention == "torch",
    first: tuple[float, float] = (0.0, 1.0),
    spoil: Callable = lambda mean, var, m: (mean, var),
) -> Callable:
    """A `running_after` with slips.

    Args:
        weight: of the new value.
        power: how often the old value shrinks.
        correct: for which conventions the variance is unbiased.
        first: the running mean and variance at the start.
        spoil: the batch's mean and variance, changed.
    """

    def running_after(x, k, momentum, convention):
        m, kept = len(x), (1 - weight(momentum, convention)) ** power(k)
        var = x.var(0) * m / (m - 1) if correct(convention) else x.var(0)
        batch = spoil(x.mean(0), var, m)
        pairs = zip(first, batch, strict=True)
        return tuple((start * kept + (1 - kept) * new).astype(x.dtype) for start, new in pairs)

    return running_after


def linear(x, k, momentum, convention):
    """k times the first step, without end."""
    weight, m = converted(momentum, convention), len(x)
    var = x.var(0) * m / (m - 1) if convention == "torch" else x.var(0)
    return k * weight * x.mean(0), 1 - k * weight + k * weight * var


def product(x, k, momentum, convention):
    """What is kept, times k in place of to the power of k."""
    once = after(weight=lambda m, c: 1 - (1 - converted(m, c)) * k, power=lambda _: 1)
    return once(x, k, momentum, convention)


def part(mean: Callable, var: Callable = lambda right, kept, batch: right) -> Callable:
    """A `running_after` whose results are made of the right one, what is kept, and the batch's."""

    def running_after(x, k, momentum, convention):
        right = after()(x, k, momentum, convention)
        kept = (1 - converted(momentum, convention)) ** k
        batch = after(weight=lambda *_: 1.0, power=lambda _: 1)(x, k, momentum, convention)
        rules = zip((mean, var), right, batch, strict=True)
        return tuple(rule(own, kept, new) for rule, own, new in rules)

    return running_after


def same(right: np.ndarray, kept: float, batch: np.ndarray) -> np.ndarray:
    """The right result."""
    return right


def unweighted(x, k, momentum, convention):
    """The new mean is added in full, in each update."""
    mean, var = after()(x, k, momentum, convention)
    kept = 1 - converted(momentum, convention)
    return x.mean(0) * sum(kept**i for i in range(k)), var
