"""Known mistakes of 4.3: each gradient on its own, then what they share."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.input_gradients import INPUT
from grader.mistakes.batch_normalization.shared_gradients import SHARED
from grader.mistakes.batch_normalization.spoilt import Call, backward, gamma_gradient, total


def dgamma(rule):
    """A backward pass whose dgamma is the sum of dy times something else than xhat."""
    return backward(dgamma=lambda dy, call: total(dy * rule(call), call).reshape(-1))


def sums(rule):
    """Backward passes with another sum: in dgamma, in dbeta, in both."""
    of_gamma = {"dgamma": lambda dy, call: rule(dy * call.xhat, call)}
    of_beta = {"dbeta": lambda dy, call: rule(dy, call)}
    return backward(**of_gamma), backward(**of_beta), backward(**of_gamma, **of_beta)


def mean(values: np.ndarray, call: Call) -> np.ndarray:
    """The mean instead of the sum."""
    return values.mean(call.over)


def by_batch(values: np.ndarray, call: Call) -> np.ndarray:
    """The sum, divided by the number of images."""
    return values.sum(call.over) / len(values)


def over(axes):
    """A sum over other axes, given as a function of the number of axes."""
    return lambda values, call: values.sum(axes(values.ndim))


PARAMETERS = {
    "gradients_swapped": (
        "The gradients are in the wrong order. Return dx, dgamma, dbeta.",
        tuple(backward(order=order) for order in permutations(range(3)) if order != (0, 1, 2)),
    ),
    "dgamma_uses_x": (
        "dgamma uses x as it is. gamma multiplies the normalized x, so its gradient is the sum "
        "of dy * xhat.",
        (
            dgamma(lambda c: c.x),
            dgamma(lambda c: c.x / np.sqrt(c.var + c.eps)),
        ),
    ),
    "dgamma_not_divided": (
        "dgamma uses x - mean. gamma multiplies the normalized x, so divide by sqrt(var + eps) "
        "as well: its gradient is the sum of dy * xhat.",
        (dgamma(lambda c: c.centred),),
    ),
    "dgamma_has_gamma": (
        "gamma has entered a gradient of its own layer twice: dgamma and dbeta do not depend on "
        "gamma. Sum dy * xhat and dy, not dxhat.",
        (
            backward(dgamma=lambda dy, c: c.gamma * gamma_gradient(dy, c)),
            backward(dbeta=lambda dy, c: c.gamma * total(dy, c).reshape(-1)),
            backward(
                dgamma=lambda dy, c: c.gamma * gamma_gradient(dy, c),
                dbeta=lambda dy, c: c.gamma * total(dy, c).reshape(-1),
            ),
        ),
    ),
    "dgamma_of_y": (
        "dgamma divides by gamma or uses y. It is the sum of dy * xhat, where xhat comes before "
        "gamma.",
        (
            backward(dgamma=lambda dy, c: gamma_gradient(dy, c) / c.gamma),
            backward(dgamma=lambda dy, c: c.gamma * gamma_gradient(dy, c) / c.gamma),
        ),
    ),
    "dgamma_without_xhat": (
        "dgamma is the sum of dy alone. Multiply dy by the normalized x first.",
        (dgamma(lambda c: 1), dgamma(lambda c: c.g)),
    ),
    "dgamma_mean": (
        "dgamma or dbeta is a mean. gamma and beta work on all m numbers of their channel, so "
        "their gradients are sums.",
        (*sums(mean), *sums(by_batch)),
    ),
    "parameter_axes": (
        "dgamma or dbeta sums over the wrong axes. There is one gamma and one beta for each "
        "channel, axis 1: sum over axis 0, or over axes 0, 2 and 3.",
        (
            *sums(over(lambda ndim: 0)),
            *sums(over(lambda ndim: tuple(range(1, ndim)))),
            *sums(over(lambda ndim: tuple(range(ndim - 1)))),
            *sums(over(lambda ndim: (2, 3) if ndim == 4 else 0)),
            *sums(over(lambda ndim: tuple(range(ndim)))),
            *sums(lambda values, call: np.full_like(call.gamma, values.sum())),
        ),
    ),
    "parameter_axes_kept": (
        "dgamma or dbeta still has all axes. Return one number for each channel, shape (C,), "
        "like gamma.",
        sums(lambda values, call: total(values, call)),
    ),
    "parameters_of_one_image": (
        "dgamma or dbeta knows one image or row only. Sum over the whole batch: accumulate "
        "with +=.",
        (
            *sums(lambda values, call: values[-1:].sum(call.over)),
            *sums(lambda values, call: values[:1].sum(call.over)),
        ),
    ),
    "dbeta_missing": (
        "dbeta is zero, or all ones. beta is added to every number of its channel: sum dy.",
        (
            backward(dbeta=lambda dy, c: np.zeros_like(c.gamma)),
            backward(dbeta=lambda dy, c: np.ones_like(c.gamma)),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "bn_backward", message, variants)
    for slug, (message, variants) in {**PARAMETERS, **SHARED, **INPUT}.items()
)
