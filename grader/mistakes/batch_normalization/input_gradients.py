"""Slips with dx: a path forgotten, a factor wrong, a sum in the wrong place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, backward, through, total


def dx(**changes):
    """A backward pass whose dx has a wrong part, given as functions of the call."""

    def gradient(dy, call):
        spoilt = {n: change(call) if callable(change) else change for n, change in changes.items()}
        return through(dy, call, **spoilt)

    return backward(gradient)


def of(rule):
    """A backward pass whose dx is a function of dxhat and the call."""
    return backward(lambda dy, call: rule(dy * call.g, call))


def root(call: Call) -> np.ndarray:
    """The standard deviation."""
    return np.sqrt(call.var + call.eps)


def graph(dxhat: np.ndarray, call: Call, *, power: float = -1.5, half: float = -0.5, two=2.0):
    """dx step by step, with the constants of the variance's derivative open.

    Args:
        dxhat: the gradient by the normalized x.
        call: the forward pass.
        power, half: of (var + eps) in the derivative of its root, and the factor before it.
        two: the derivative of a square.
    """
    dvar = total(dxhat * call.centred, call) * half * (call.var + call.eps) ** power
    dmean = -total(dxhat, call) / root(call)
    return dxhat / root(call) + dvar * two * call.centred / call.m + dmean / call.m


def constants(**wrong):
    """A backward pass with wrong constants in the path through the variance."""
    return of(lambda dxhat, call: graph(dxhat, call, **wrong))


def pixels(call: Call) -> int:
    """The pixels of an image; 1 for rows."""
    return int(np.prod(call.x.shape[2:]))


def first_gamma(dy: np.ndarray, call: Call) -> np.ndarray:
    """dx with gamma in the straight part only, or after the sums of dy."""
    plain = replace(call, gamma=np.ones_like(call.gamma))
    return through(dy, plain) + (call.g - 1) * dy / root(call)


def mean_twice(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose path through the mean is already in the one through the deviation."""
    dcentred = graph(dxhat, call)
    return dcentred - total(dxhat, call) / root(call) / call.m


def pulled(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose sum with the normalized x is not multiplied by it again."""
    by_var = total(dxhat * call.xhat, call) / call.m
    return (dxhat - total(dxhat, call) / call.m - by_var) / root(call)


def unsummed(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose path through the variance is not summed."""
    by_var = call.xhat * dxhat * call.xhat / call.m
    return (dxhat - total(dxhat, call) / call.m - by_var) / root(call)


def unsummed_mean(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose path through the mean is not summed."""
    by_var = call.xhat * total(dxhat * call.xhat, call) / call.m
    return (dxhat - dxhat / call.m - by_var) / root(call)


INPUT = {
    "stats_constant": (
        "dx treats mean and variance as constants; that is evaluation. In training they depend "
        "on x too: two more paths lead back to it.",
        (dx(mean=0, var=0),),
    ),
    "mean_only": (
        "The path through the variance is missing in dx: it takes off xhat * mean(dxhat * xhat).",
        (dx(var=0),),
    ),
    "var_only": (
        "The path through the mean is missing in dx: it takes off mean(dxhat). With it, dx sums "
        "to 0 in every channel.",
        (dx(mean=0), of(lambda dxhat, c: graph(dxhat, c) + total(dxhat, c) / root(c) / c.m)),
    ),
    "mean_path_doubled": (
        "The path through the mean is counted twice. If you went back through x - mean as one "
        "step, its mean is taken off already.",
        (dx(mean=2), of(mean_twice)),
    ),
    "sign_of_mean": (
        "The path through the mean has the wrong sign: the mean is subtracted, so its share is "
        "taken off.",
        (dx(mean=-1), dx(mean=-1, var=-1)),
    ),
    "sign_of_variance": (
        "The path through the variance has the wrong sign: a larger variance makes xhat "
        "smaller, so its share is taken off.",
        (dx(var=-1),),
    ),
    "variance_factor": (
        "The path through the variance has a wrong factor. The square gives 2, the root -1/2: "
        "together -1.",
        (
            dx(var=2),
            dx(var=0.5),
            dx(var=-2),
            dx(var=-0.5),
            dx(var=0.25),
        ),
    ),
    "variance_power": (
        "The derivative of 1 / sqrt(var + eps) has the wrong power. It is "
        "-1/2 * (var + eps) ** -1.5.",
        (
            constants(power=-0.5),
            constants(power=-1.0),
            constants(power=-2.0),
            constants(power=-3.0),
            constants(power=1.5),
            constants(power=0.5),
        ),
    ),
    "variance_uses_x": (
        "The path through the variance uses another x. It multiplies the normalized x by the "
        "mean of dxhat * xhat.",
        (
            dx(xhat=lambda c: c.x),
            of(lambda d, c: (d - total(d, c) / c.m - c.x * inner(d, c)) / root(c)),
            of(lambda d, c: (d - total(d, c) / c.m - c.xhat * inner_x(d, c, c.x)) / root(c)),
        ),
    ),
    "variance_not_pointed": (
        "The mean of dxhat * xhat is taken off as it is. Multiply it by xhat again: the "
        "variance pulls each number in proportion to its distance from the mean.",
        (of(pulled),),
    ),
    "not_summed": (
        "A path is not summed. Mean and variance act on all numbers of the channel, so their "
        "gradients add up over all of them before they go back.",
        (of(unsummed), of(unsummed_mean)),
    ),
    "not_divided_by_m": (
        "A path is not divided by m. Mean and variance are means, so each number has a share of "
        "1 / m in them.",
        (dx(m=1), dx(mean=lambda c: c.m), dx(var=lambda c: c.m)),
    ),
    "m_is_batch": (
        "m is not the number of images. It counts all numbers that share a mean: N for rows, "
        "N * H * W for images.",
        (
            dx(m=lambda c: len(c.x)),
            dx(m=pixels),
            dx(m=lambda c: c.x.size),
            dx(m=lambda c: c.x.shape[1]),
        ),
    ),
    "m_minus_one": (
        "dx divides by m - 1. Mean and variance of the forward pass divide by m.",
        (
            dx(m=lambda c: c.m - 1),
            dx(var=lambda c: c.m / (c.m - 1)),
        ),
    ),
    "gamma_missing": (
        "gamma is missing in dx. Start with dxhat = dy * gamma.",
        (
            backward(lambda dy, c: through(dy, replace(c, gamma=np.ones_like(c.gamma)))),
            backward(first_gamma),
            backward(lambda dy, c: through(dy * c.g, c)),
        ),
    ),
    "root_missing": (
        "dx is not divided by sqrt(var + eps). xhat is x divided by it, so every gradient that "
        "goes back is too.",
        (
            dx(root=lambda c: 1),
            dx(root=lambda c: 1 / root(c)),
            of(lambda d, c: through_straight(d, c)),
        ),
    ),
    "dx_divided_by_m": (
        "dx is divided by m as a whole, or not at all where it should be. Only the two means "
        "are divided: (dxhat - mean(dxhat) - xhat * mean(dxhat * xhat)) / sqrt(var + eps).",
        (
            backward(lambda dy, c: through(dy, c) / c.m),
            backward(lambda dy, c: through(dy, c) * c.m),
        ),
    ),
    "gradient_normalized": (
        "dx is dy with mean 0 and variance 1. Normalizing the gradient is not its backward "
        "pass: follow the three paths from y to x.",
        (
            backward(lambda dy, c: replace(c, x=dy).xhat),
            backward(lambda dy, c: c.g * replace(c, x=dy).xhat),
        ),
    ),
}


def inner(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """The mean of dxhat * xhat."""
    return inner_x(dxhat, call, call.xhat)


def inner_x(dxhat: np.ndarray, call: Call, x: np.ndarray) -> np.ndarray:
    """The mean of dxhat times something."""
    return total(dxhat * x, call) / call.m


def through_straight(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose straight part is not divided."""
    both = total(dxhat, call) / call.m + call.xhat * inner(dxhat, call)
    return dxhat - both / root(call)
