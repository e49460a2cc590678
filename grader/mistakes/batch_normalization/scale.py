"""Slips with what is divided by: the variance, its root, and eps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import (
    Call,
    next_mean,
    next_var,
    normalized,
    scaled,
    train,
)


def absolute(call: Call) -> np.ndarray:
    """The mean absolute deviation."""
    return np.abs(call.centred).mean(call.over, keepdims=True)


def total_square(call: Call) -> np.ndarray:
    """The squared deviations, summed but not divided."""
    return call.centred_square.sum(call.over, keepdims=True)


def about_zero(call: Call) -> np.ndarray:
    """The mean square, without the mean taken off."""
    return (call.x**2).mean(call.over, keepdims=True)


def from_deviation(call: Call) -> np.ndarray:
    """The root of the variance plus eps, as a number for each channel."""
    return np.sqrt(call.var + call.eps)


def with_batch_var(rule) -> tuple:
    """Normalizations with another variance of the batch: in y, and in both."""
    y = scaled(lambda c: np.sqrt(rule(c) + c.eps))
    both = train(
        y=lambda c: c.affine(c.centred / np.sqrt(rule(c) + c.eps)),
        var=lambda c: c.blend(c.running_var, rule(c)),
    )
    corrected = train(
        y=lambda c: c.affine(c.centred / np.sqrt(rule(c) + c.eps)),
        var=lambda c: c.blend(c.running_var, rule(c) * c.m / (c.m - 1)),
    )
    return y, both, corrected


def with_mean(rule) -> tuple:
    """Normalizations with another mean of the batch: in y, and in both."""
    return (
        train(y=lambda c: c.affine((c.x - rule(c)) / from_deviation(c))),
        train(
            y=lambda c: c.affine((c.x - rule(c)) / from_deviation(c)),
            mean=lambda c: c.blend(c.running_mean, rule(c)),
        ),
        train(
            y=lambda c: c.affine(off(c, rule)),
            mean=lambda c: c.blend(c.running_mean, rule(c)),
            var=lambda c: c.blend(c.running_var, var_about(c, rule) * c.m / (c.m - 1)),
        ),
    )


def var_about(call: Call, rule) -> np.ndarray:
    """The mean squared distance from something else than the mean."""
    return ((call.x - rule(call)) ** 2).mean(call.over, keepdims=True)


def off(call: Call, rule) -> np.ndarray:
    """x minus something, over the root of the mean square of that."""
    return (call.x - rule(call)) / np.sqrt(var_about(call, rule) + call.eps)


def with_eps(eps: float):
    """A normalization that knows one eps only."""
    return train(y=lambda c: normalized(replace(c, eps=eps)))


def center_of_images(call: Call) -> np.ndarray:
    """The median of each channel."""
    return np.median(call.x, call.over, keepdims=True)


def divided_by_images(call: Call, power: int) -> np.ndarray:
    """The sum of powers over the batch, divided by N only."""
    base = call.x if power == 1 else call.centred
    return (base**power).sum(call.over, keepdims=True) / len(call.x)


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
    "variance_of_wrong_kind": (
        "That is no variance. Take the mean of the squared distances from the mean: "
        "np.mean((x - mean) ** 2).",
        (
            scaled(lambda c: absolute(c) + c.eps),
            scaled(absolute),
            scaled(lambda c: np.sqrt(absolute(c) + c.eps)),
            *with_batch_var(lambda c: absolute(c) ** 2),
            *with_batch_var(about_zero)[1:],
        ),
    ),
    "variance_not_divided": (
        "The variance is a sum, or divided by N alone. Divide the sum of squares by all numbers "
        "that share the mean: m = N, or N * H * W for images.",
        (
            *with_batch_var(total_square),
            *with_batch_var(lambda c: divided_by_images(c, 2)),
        ),
    ),
    "mean_not_divided": (
        "The mean is a sum, or divided by N alone. Divide the sum by all numbers it adds up: "
        "m = N, or N * H * W for images.",
        (
            *with_mean(lambda c: c.x.sum(c.over, keepdims=True)),
            *with_mean(lambda c: divided_by_images(c, 1)),
        ),
    ),
    "median": (
        "You took off the median. Batch normalization uses the mean.",
        with_mean(center_of_images),
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
