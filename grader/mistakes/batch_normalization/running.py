"""Slips with the running statistics: which momentum, which variance, and when."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, next_mean, next_var, train


def flat(value: np.ndarray) -> np.ndarray:
    """A number for each channel, without the axes that were kept."""
    return value.reshape(-1)


def swapped(call: Call) -> Call:
    """The call as it is where momentum weighs the old value."""
    return replace(call, momentum=1 - call.momentum)


def stored(rule) -> tuple:
    """A normalization that stores another variance."""
    return (train(var=lambda c: c.blend(c.running_var, rule(c))),)


def by_updated(call: Call) -> np.ndarray:
    """y by the running statistics after the update."""
    mean, var = (across_like(step(call), call) for step in (next_mean, next_var))
    return call.affine((call.x - mean) / np.sqrt(var + call.eps))


def across_like(value: np.ndarray, call: Call) -> np.ndarray:
    """A number for each channel, as wide as x."""
    return value.reshape(call.old_mean.shape)


def by_old(call: Call) -> np.ndarray:
    """y by the running statistics before the update."""
    return call.affine((call.x - call.old_mean) / np.sqrt(call.old_var + call.eps))


def fixed(momentum: float):
    """A normalization that knows one momentum only."""
    return train(
        mean=lambda c: next_mean(replace(c, momentum=momentum)),
        var=lambda c: next_var(replace(c, momentum=momentum)),
    )


RUNNING = {
    "running_biased": (
        "new_var uses the biased variance. torch normalizes with the biased variance, but "
        "stores the unbiased one: var * m / (m - 1).",
        stored(lambda c: c.var),
    ),
    "momentum_swapped": (
        "momentum weighs the old value. That is the convention of Keras and D2L; torch weighs "
        "the NEW value with it: (1 - momentum) * old + momentum * new.",
        (
            train(mean=lambda c: next_mean(swapped(c)), var=lambda c: next_var(swapped(c))),
            train(mean=lambda c: next_mean(swapped(c))),
            train(var=lambda c: next_var(swapped(c))),
        ),
    ),
    "keras_convention": (
        "That is what Keras and D2L keep: momentum weighs the old value, and the variance is "
        "biased. torch weighs the NEW value with momentum and stores the unbiased variance, "
        "var * m / (m - 1).",
        (
            train(
                mean=lambda c: next_mean(swapped(c)),
                var=lambda c: swapped(c).blend(c.running_var, c.var),
            ),
        ),
    ),
    "uses_running": (
        "y is normalized by the running statistics. In training use the batch's own mean and "
        "variance; the running ones wait for evaluation.",
        (
            train(y=by_old),
            train(y=by_old, mean=lambda c: c.running_mean.copy(), var=lambda c: +c.running_var),
        ),
    ),
    "normalise_by_updated_running": (
        "y is normalized by the updated running statistics. In training use the batch's own "
        "mean and variance.",
        (train(y=by_updated),),
    ),
    "running_std": (
        "new_var follows the standard deviation. Store the variance, without the root.",
        (
            *stored(lambda c: np.sqrt(c.unbiased)),
            *stored(lambda c: np.sqrt(c.var)),
            *stored(lambda c: np.sqrt(c.var + c.eps)),
            *stored(lambda c: np.sqrt(c.unbiased + c.eps)),
        ),
    ),
    "running_var_plus_eps": (
        "eps has entered new_var. It only guards the division: add it in the root of y, and "
        "store the variance without it.",
        (
            *stored(lambda c: c.unbiased + c.eps),
            *stored(lambda c: c.var + c.eps),
            *stored(lambda c: (c.var + c.eps) * c.m / (c.m - 1)),
            train(var=lambda c: next_var(c) + c.eps),
        ),
    ),
    "running_not_updated": (
        "The running statistics did not change. Return (1 - momentum) * old + momentum * new "
        "for the mean and for the variance.",
        (
            train(mean=lambda c: +c.running_mean, var=lambda c: +c.running_var),
            train(mean=lambda c: +c.running_mean),
            train(var=lambda c: +c.running_var),
        ),
    ),
    "running_replaced": (
        "The batch's statistics are returned as they are. Mix them with the old ones: "
        "(1 - momentum) * old + momentum * new.",
        (
            train(mean=lambda c: flat(c.mean), var=lambda c: flat(c.unbiased)),
            train(mean=lambda c: flat(c.mean), var=lambda c: flat(c.var)),
            train(mean=lambda c: flat(c.mean)),
            train(var=lambda c: flat(c.unbiased)),
        ),
    ),
    "running_added": (
        "The new statistics are added to the old ones in full. The old ones shrink: "
        "(1 - momentum) * old + momentum * new.",
        (
            train(
                mean=lambda c: c.running_mean + c.momentum * flat(c.mean),
                var=lambda c: c.running_var + c.momentum * flat(c.unbiased),
            ),
            train(
                mean=lambda c: c.running_mean + flat(c.mean),
                var=lambda c: c.running_var + flat(c.unbiased),
            ),
            train(
                mean=lambda c: c.running_mean * (1 - c.momentum) + flat(c.mean),
                var=lambda c: c.running_var * (1 - c.momentum) + flat(c.unbiased),
            ),
            train(
                mean=lambda c: c.momentum * (c.running_mean + flat(c.mean)),
                var=lambda c: c.momentum * (c.running_var + flat(c.unbiased)),
            ),
        ),
    ),
    "running_averaged": (
        "Old and new are averaged in equal parts. momentum says how much the new value counts: "
        "(1 - momentum) * old + momentum * new.",
        (
            train(
                mean=lambda c: (c.running_mean + flat(c.mean)) / 2,
                var=lambda c: (c.running_var + flat(c.unbiased)) / 2,
            ),
        ),
    ),
    "old_forgotten": (
        "The old statistics are missing. Mix both: (1 - momentum) * old + momentum * new.",
        (
            train(
                mean=lambda c: c.momentum * flat(c.mean),
                var=lambda c: c.momentum * flat(c.unbiased),
            ),
            train(mean=lambda c: c.momentum * flat(c.mean)),
            train(var=lambda c: c.momentum * flat(c.unbiased)),
        ),
    ),
    "momentum_fixed": (
        "momentum is a fixed number. Use the argument momentum: some cases give another one.",
        (fixed(0.1), fixed(0.9), fixed(0.01)),
    ),
    "momentum_zero_replaced": (
        "A momentum of 0 counts as missing. `momentum or 0.1` replaces 0 too: use the argument "
        "as it is.",
        (
            train(
                mean=lambda c: next_mean(replace(c, momentum=c.momentum or 0.1)),
                var=lambda c: next_var(replace(c, momentum=c.momentum or 0.1)),
            ),
        ),
    ),
    "outputs_swapped": (
        "The results are in the wrong order. Return y, new_mean, new_var.",
        (
            train(order=(0, 2, 1)),
            train(order=(1, 2, 0)),
            train(order=(1, 0, 2)),
            train(order=(2, 1, 0)),
            train(order=(2, 0, 1)),
        ),
    ),
    "running_axes_kept": (
        "The running statistics still have all axes. Return one number for each channel, shape "
        "(C,): flatten them with reshape(-1).",
        (
            train(
                mean=lambda c: across_like(next_mean(c), c),
                var=lambda c: across_like(next_var(c), c),
            ),
        ),
    ),
    "batch_statistics_returned": (
        "You returned the standard deviation or the root in place of the running statistics. "
        "Return y, new_mean, new_var.",
        (
            train(mean=lambda c: flat(c.mean), var=lambda c: np.sqrt(flat(c.var) + c.eps)),
            train(mean=lambda c: flat(c.mean), var=lambda c: 1 / np.sqrt(flat(c.var) + c.eps)),
        ),
    ),
}
