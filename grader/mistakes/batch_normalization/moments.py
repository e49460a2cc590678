"""Slips with the mean and the variance themselves: other averages, and digits that are lost."""

from __future__ import annotations

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, scaled, train
from grader.mistakes.shapes import only_if


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


def center_of_images(call: Call) -> np.ndarray:
    """The median of each channel."""
    return np.median(call.x, call.over, keepdims=True)


def divided_by_images(call: Call, power: int) -> np.ndarray:
    """The sum of powers over the batch, divided by N only."""
    base = call.x if power == 1 else call.centred
    return (base**power).sum(call.over, keepdims=True) / len(call.x)


def one_pass(call: Call) -> np.ndarray:
    """The mean square less the square of the mean."""
    return about_zero(call) - call.mean**2


def short_of_digits(call: Call) -> np.ndarray:
    """The variance, which is lost far from 0: what is left there depends on the order of sums."""
    return only_if((call.mean**2 < 1e7 * (call.var + call.eps)).all(), call.var)


# What the backward pass has in common with training.
DIGITS_LOST = (
    "Digits are lost where the numbers lie far from 0: mean(x**2) - mean**2 is the small "
    "difference of two large numbers. Take the mean off before you square: "
    "np.mean((x - mean) ** 2), or np.var."
)

MOMENTS = {
    "digits_lost": (
        DIGITS_LOST,
        (with_batch_var(one_pass)[2], with_batch_var(short_of_digits)[2]),
    ),
    "deviation_as_variance": (
        "The standard deviation is used as if it were the variance. Take np.var, and the root of "
        "var + eps only in the division.",
        with_batch_var(lambda c: np.sqrt(c.var)),
    ),
    "global_variance": (
        "The variance is that of all channels together. Each channel has a variance of its own: "
        "take it over the axes of the mean.",
        with_batch_var(lambda c: np.full_like(c.var, c.x.var())),
    ),
    "variance_corrected_twice": (
        "The variance is corrected by ddof=1, and by m / (m - 1) as well. Normalize with the "
        "biased variance, and correct only what is stored, once.",
        with_batch_var(lambda c: c.unbiased)[2:],
    ),
    "mean_added": (
        "The mean is added to x. Take it off: (x - mean) / sqrt(var + eps).",
        (train(y=lambda c: c.affine((c.x + c.mean) / from_deviation(c))),),
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
}
