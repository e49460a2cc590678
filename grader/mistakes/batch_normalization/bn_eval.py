"""Known mistakes of 4.2: the batch's own statistics, other roots, other axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.spoilt import (
    Call,
    across,
    next_mean,
    next_var,
)


def evaluate(y: Callable[[Call], np.ndarray]) -> Callable:
    """A `bn_eval` that makes y in its own way."""

    def bn(x, gamma, beta, running_mean, running_var, eps=1e-5):
        return y(Call(x, gamma, beta, running_mean, running_var, eps=eps))

    return bn


def by(mean=lambda c: c.old_mean, root=lambda c: np.sqrt(c.old_var + c.eps)) -> Callable:
    """A `bn_eval` that takes off something else, or divides by something else."""
    return evaluate(lambda c: c.affine((c.x - mean(c)) / root(c)))


def after(affine: Callable[[Call, np.ndarray], np.ndarray]) -> Callable:
    """A `bn_eval` with another scale and shift."""
    return evaluate(lambda c: affine(c, xhat(c)))


def xhat(call: Call) -> np.ndarray:
    """x, normalized by the running statistics."""
    return (call.x - call.old_mean) / np.sqrt(call.old_var + call.eps)


def along(axis: int, *, statistics: bool = True, parameters: bool = True, rows=1) -> Callable:
    """A `bn_eval` with some of its four arrays along another axis, as NumPy lays them.

    Args:
        axis: for images.
        statistics, parameters: which of the arrays.
        rows: the axis for rows of features.
    """

    def y(call: Call) -> np.ndarray:
        place = axis if call.x.ndim == 4 else rows
        names = ["gamma", "beta", "running_mean", "running_var"]
        g, b, mean, var = (
            across(getattr(call, name), call.x.ndim, place if moved else 1)
            for name, moved in zip(names, [parameters] * 2 + [statistics] * 2, strict=True)
        )
        return g * (call.x - mean) / np.sqrt(var + call.eps) + b

    return evaluate(y)


def updated(weight: float, *, mean: bool = True, var: bool = True) -> Callable:
    """A `bn_eval` that updates the running statistics first."""

    def y(call: Call) -> np.ndarray:
        call = replace(call, momentum=weight)
        new_mean = across(next_mean(call), call.x.ndim) if mean else call.old_mean
        new_var = across(next_var(call), call.x.ndim) if var else call.old_var
        return call.affine((call.x - new_mean) / np.sqrt(new_var + call.eps))

    return evaluate(y)


def moved(call: Call) -> np.ndarray:
    """What the mean becomes after scaling."""
    return call.old_mean / np.sqrt(call.old_var + call.eps)


KNOWN = {
    "batch_stats": (
        "y depends on the other samples of the batch. In evaluation use running_mean and "
        "running_var alone.",
        (
            by(lambda c: c.mean, lambda c: np.sqrt(c.var + c.eps)),
            by(lambda c: c.mean, lambda c: np.sqrt(c.unbiased + c.eps)),
            by(mean=lambda c: c.mean),
            by(root=lambda c: np.sqrt(c.var + c.eps)),
            by(root=lambda c: np.sqrt(c.unbiased + c.eps)),
        ),
    ),
    "running_updated": (
        "The running statistics are updated before they are used. Evaluation changes nothing: "
        "take them as they are.",
        (updated(0.1), updated(0.9), updated(0.1, var=False), updated(0.1, mean=False)),
    ),
    "no_sqrt": (
        "You divided by the variance. Divide by its root: sqrt(running_var + eps).",
        (by(root=lambda c: c.old_var + c.eps), by(root=lambda c: c.old_var)),
    ),
    "eps_outside": (
        "eps is added outside the root. It belongs inside: sqrt(running_var + eps).",
        (
            by(root=lambda c: np.sqrt(c.old_var) + c.eps),
            by(root=lambda c: 1 / (1 / np.sqrt(c.old_var) + c.eps)),
        ),
    ),
    "no_eps": (
        "eps is missing. Divide by sqrt(running_var + eps): a running variance may be 0.",
        (
            by(root=lambda c: np.sqrt(c.old_var)),
            by(root=lambda c: np.where(c.old_var == 0, 1, np.sqrt(c.old_var))),
        ),
    ),
    "eps_twice": (
        "eps is added twice, or squared. Add it once, inside the root: sqrt(running_var + eps).",
        (
            by(root=lambda c: np.sqrt(c.old_var + c.eps) + c.eps),
            by(root=lambda c: np.sqrt(c.old_var + 2 * c.eps)),
            by(root=lambda c: np.sqrt(c.old_var + c.eps**2)),
        ),
    ),
    "eps_as_floor": (
        "eps is used as a lower bound. It is added to the variance, always: "
        "sqrt(running_var + eps).",
        (
            by(root=lambda c: np.sqrt(np.maximum(c.old_var, c.eps))),
            by(root=lambda c: np.maximum(np.sqrt(c.old_var), c.eps)),
        ),
    ),
    "eps_fixed": (
        "eps is a fixed number. Use the argument eps: some cases give another one.",
        (
            by(root=lambda c: np.sqrt(c.old_var + 1e-5)),
            by(root=lambda c: np.sqrt(c.old_var + 1e-8)),
            by(root=lambda c: np.sqrt(c.old_var + 1e-3)),
        ),
    ),
    "variance_corrected": (
        "running_var is corrected once more by m / (m - 1). It was corrected when it was "
        "stored: use it as it is.",
        (
            by(root=lambda c: np.sqrt(c.old_var * c.m / (c.m - 1) + c.eps)),
            by(root=lambda c: np.sqrt(c.old_var * c.m / max(c.m - 1, 1) + c.eps)),
            by(root=lambda c: np.sqrt(c.old_var * (c.m - 1) / c.m + c.eps)),
        ),
    ),
    "multiplied_by_deviation": (
        "You multiplied by the standard deviation. Divide by it.",
        (by(root=lambda c: 1 / np.sqrt(c.old_var + c.eps)), by(root=lambda c: 1 / c.old_var)),
    ),
    "not_divided": (
        "You took the mean off, but did not divide by sqrt(running_var + eps).",
        (by(root=lambda c: 1),),
    ),
    "deviation_squared": (
        "running_var is squared, as if it were the standard deviation. It is the variance "
        "already: sqrt(running_var + eps).",
        (by(root=lambda c: np.sqrt(c.old_var**2 + c.eps)),),
    ),
    "statistics_swapped": (
        "running_mean and running_var have changed places. Take the mean off, divide by the "
        "root of the variance.",
        (by(lambda c: c.old_var, lambda c: np.sqrt(c.old_mean + c.eps)),),
    ),
    "mean_not_subtracted": (
        "The running mean is still in y. Take it off first: (x - mean) / sqrt(var + eps).",
        (by(mean=lambda c: 0),),
    ),
    "parentheses_missing": (
        "Only the mean is divided. Put x - mean in parentheses before you divide.",
        (
            evaluate(lambda c: c.affine(c.x - moved(c))),
            evaluate(lambda c: c.affine(c.x) - moved(c)),
        ),
    ),
    "mean_added": (
        "The running mean is added. Take it off: x - mean.",
        (by(mean=lambda c: -c.old_mean),),
    ),
    "no_affine": (
        "gamma and beta are not used. Scale and shift as in training: gamma * xhat + beta.",
        (after(lambda c, h: h),),
    ),
    "gamma_missing": ("gamma is missing: y = gamma * xhat + beta.", (after(lambda c, h: h + c.b),)),
    "beta_missing": ("beta is missing: y = gamma * xhat + beta.", (after(lambda c, h: c.g * h),)),
    "beta_scaled": (
        "beta is added before gamma multiplies. Multiply first: gamma * xhat + beta.",
        (
            after(lambda c, h: c.g * (h + c.b)),
            evaluate(lambda c: c.g * (c.x - c.old_mean + c.b) / np.sqrt(c.old_var + c.eps)),
        ),
    ),
    "gamma_beta_swapped": (
        "gamma and beta have changed places: gamma multiplies, beta is added.",
        (after(lambda c, h: c.b * h + c.g),),
    ),
    "beta_subtracted": (
        "beta is subtracted. Add it: y = gamma * xhat + beta.",
        (after(lambda c, h: c.g * h - c.b),),
    ),
    "gamma_plus_one": (
        "1 is added to gamma. It is the factor itself: y = gamma * xhat + beta.",
        (after(lambda c, h: (1 + c.g) * h + c.b),),
    ),
    "divided_by_gamma": (
        "You divided by gamma. It multiplies: y = gamma * xhat + beta.",
        (after(lambda c, h: h / c.g + c.b),),
    ),
    "mean_not_scaled": (
        "The mean is taken off after scaling. It belongs to x: subtract it before you divide, "
        "or scale it too.",
        (
            after(lambda c, h: c.g * (h + moved(c)) + c.b - c.old_mean),
            evaluate(lambda c: (c.g * c.x - c.old_mean) / np.sqrt(c.old_var + c.eps) + c.b),
            after(lambda c, h: c.g * (h + moved(c)) + c.b - c.g * c.old_mean),
        ),
    ),
    "wrong_axis": (
        "The running statistics, gamma or beta lie along the wrong axis. There is one of each "
        "for every channel: for images, reshape them to (1, C, 1, 1).",
        (
            along(3),
            along(0),
            along(0, rows=0),
            along(2),
            along(3, parameters=False),
            along(3, statistics=False),
        ),
    ),
    "tuple_returned": (
        "You returned the running statistics as well. Evaluation does not change them: return y "
        "alone.",
        (evaluate(lambda c: (c.affine(xhat(c)), +c.running_mean, +c.running_var)),),
    ),
    "one_for_all": (
        "All channels share one mean and one variance. Each channel has its own: use the "
        "arrays, not one of their numbers.",
        (
            by(lambda c: c.running_mean.mean(), lambda c: np.sqrt(c.running_var.mean() + c.eps)),
            by(lambda c: c.running_mean[0], lambda c: np.sqrt(c.running_var[0] + c.eps)),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "bn_eval", message, variants) for slug, (message, variants) in KNOWN.items()
)
