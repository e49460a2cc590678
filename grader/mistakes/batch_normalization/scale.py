"""Slips with what is divided by: the variance, its root, and eps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.moments import about_zero
from grader.mistakes.batch_normalization.spoilt import (
    Call,
    next_mean,
    next_var,
    normalized,
    scaled,
    train,
)


def with_eps(eps: float):
    """A normalization that knows one eps only."""
    return train(y=lambda c: normalized(replace(c, eps=eps)))


SCALE = {
    "normalise_unbiased": (
        "You used the unbiased variance to normalize. Divide by m here, not by m - 1 "
        "(np.var without ddof); only the running variance takes the unbiased one.",
        (scaled(lambda c: np.sqrt(c.unbiased + c.eps)),),
    ),
    "variances_swapped": (
        "The two variances are swapped. Normalize with the biased one (divided by m), and store "
        "the unbiased one (divided by m - 1).",
        (
            train(
                y=lambda c: c.affine(c.centred / np.sqrt(c.unbiased + c.eps)),
                var=lambda c: c.blend(c.running_var, c.var),
            ),
        ),
    ),
    "eps_outside": (
        "eps is added outside the root. It belongs inside: sqrt(var + eps).",
        (
            scaled(lambda c: np.sqrt(c.var) + c.eps),
            train(y=lambda c: c.affine(c.centred * (1 / np.sqrt(c.var) + c.eps))),
            train(y=lambda c: c.affine(c.centred / np.sqrt(c.var) + c.eps)),
        ),
    ),
    "no_eps": (
        "eps is missing. Divide by sqrt(var + eps): a channel that does not vary has variance 0.",
        (
            scaled(lambda c: np.sqrt(c.var)),
            scaled(lambda c: np.where(c.var == 0, 1, np.sqrt(c.var))),
        ),
    ),
    "eps_twice": (
        "eps is added twice, or squared. Add it once, inside the root: sqrt(var + eps).",
        (
            scaled(lambda c: np.sqrt(c.var + c.eps) + c.eps),
            scaled(lambda c: np.sqrt(c.var + 2 * c.eps)),
            scaled(lambda c: np.sqrt(c.var + c.eps**2)),
            scaled(lambda c: np.sqrt(c.var + np.sqrt(c.eps))),
        ),
    ),
    "eps_as_floor": (
        "eps is used as a lower bound of the variance. It is added to it, always: sqrt(var + eps).",
        (
            scaled(lambda c: np.sqrt(np.maximum(c.var, c.eps))),
            scaled(lambda c: np.maximum(np.sqrt(c.var), c.eps)),
        ),
    ),
    "eps_fixed": (
        "eps is a fixed number. Use the argument eps: some cases give another one.",
        tuple(map(with_eps, (1e-5, 1e-8, 1e-3))),
    ),
    "divide_by_var": (
        "You divided by the variance. Divide by the standard deviation, its square root: "
        "sqrt(var + eps).",
        (
            scaled(lambda c: c.var + c.eps),
            scaled(lambda c: c.var),
            scaled(lambda c: c.unbiased + c.eps),
        ),
    ),
    "multiplied_by_deviation": (
        "You multiplied by the standard deviation. Divide by it, so that the variance becomes 1.",
        (
            train(y=lambda c: c.affine(c.centred * np.sqrt(c.var + c.eps))),
            train(y=lambda c: c.affine(c.centred * (c.var + c.eps))),
        ),
    ),
    "not_divided": (
        "You took the mean off, but did not divide by the standard deviation sqrt(var + eps).",
        (train(y=lambda c: c.affine(c.centred)),),
    ),
    "mean_not_subtracted": (
        "The mean is still in y. Take it off first: (x - mean) / sqrt(var + eps).",
        (
            train(y=lambda c: c.affine(c.x / np.sqrt(c.var + c.eps))),
            scaled(lambda c: np.sqrt(about_zero(c) + c.eps)),
            train(y=lambda c: c.affine(c.x / np.sqrt(about_zero(c) + c.eps))),
            train(
                y=lambda c: c.affine(c.x / np.sqrt(about_zero(c) + c.eps)),
                var=lambda c: c.blend(c.running_var, about_zero(c) * c.m / (c.m - 1)),
            ),
            train(y=lambda c: c.affine(c.x - c.mean / np.sqrt(c.var + c.eps))),
        ),
    ),
    "min_max": (
        "You scaled by the smallest and largest number. Take the mean off, and divide by "
        "sqrt(var + eps).",
        (
            train(y=lambda c: c.affine((c.x - low(c)) / (high(c) - low(c) + c.eps))),
            train(y=lambda c: c.affine((c.x - c.mean) / (high(c) - low(c) + c.eps))),
        ),
    ),
    "normalised_twice": (
        "The batch is normalized twice. Once is enough.",
        (
            train(y=lambda c: c.affine(replace(c, x=c.xhat).xhat)),
            train(y=lambda c: replace(c, x=c.affine(c.xhat)).xhat),
            train(y=lambda c: normalized(replace(c, x=normalized(c)))),
        ),
    ),
    "running_of_output": (
        "The running statistics follow the normalized values. Update them with the mean and "
        "variance of x, before it is changed.",
        (
            train(mean=lambda c: next_mean(replace(c, x=c.xhat))),
            train(var=lambda c: next_var(replace(c, x=c.xhat))),
            train(mean=lambda c: next_mean(replace(c, x=normalized(c)))),
            train(var=lambda c: next_var(replace(c, x=normalized(c)))),
            train(
                mean=lambda c: next_mean(replace(c, x=c.xhat)),
                var=lambda c: next_var(replace(c, x=c.xhat)),
            ),
            train(
                mean=lambda c: next_mean(replace(c, x=normalized(c))),
                var=lambda c: next_var(replace(c, x=normalized(c))),
            ),
        ),
    ),
}


def low(call: Call) -> np.ndarray:
    """The smallest number of each channel."""
    return call.x.min(call.over, keepdims=True)


def high(call: Call) -> np.ndarray:
    """The largest number of each channel."""
    return call.x.max(call.over, keepdims=True)
