"""Slips with dx: a path forgotten, a factor wrong, a sum in the wrong place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, backward, through, total
from grader.mistakes.batch_normalization.three_paths import power, root, unscaled, walk


def dx(**changes):
    """A backward pass whose dx has a wrong part, given as functions of the call."""

    def gradient(dy, call):
        spoilt = {n: change(call) if callable(change) else change for n, change in changes.items()}
        return through(dy, call, **spoilt)

    return backward(gradient)


def of(rule):
    """A backward pass whose dx is a function of dxhat and the call."""
    return backward(lambda dy, call: rule(dy * call.g, call))


def pixels(call: Call) -> int:
    """The pixels of an image; 1 for rows."""
    return int(np.prod(call.x.shape[2:]))


def pixels_or_rows(call: Call) -> int:
    """The pixels of an image; N for rows."""
    return pixels(call) if call.x.ndim == 4 else len(call.x)


def first_gamma(dy: np.ndarray, call: Call) -> np.ndarray:
    """dx with gamma in the straight part only, or after the sums of dy."""
    return through(dy, plain(call)) + (call.g - 1) * dy / root(call)


def plain(call: Call) -> Call:
    """The call with gamma 1, where dxhat has it already."""
    return replace(call, gamma=np.ones_like(call.gamma))


def mean_twice(dxhat: np.ndarray, call: Call) -> np.ndarray:
    """dx whose path through the mean is already in the one through the deviation."""
    return through(dxhat, plain(call)) - total(dxhat, call) / root(call) / call.m


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
        (dx(mean=0), of(lambda d, c: through(d, plain(c)) + total(d, c) / root(c) / c.m)),
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
        "The derivative of 1 / sqrt(var + eps) has the wrong power, or xhat and x - mean are "
        "exchanged. The derivative is -1/2 * (var + eps) ** -1.5, with x - mean in the sum and "
        "behind it; in the short form both are xhat.",
        tuple(map(power, (-0.5, -1.0, -2.0, -3.0, 1.5, 0.5))),
    ),
    "variance_uses_x": (
        "The path through the variance uses x as it is. Take the mean off: x - mean if you "
        "follow the three paths, xhat in the short form.",
        (
            walk(inner=lambda c: c.x),
            walk(outer=lambda c: c.x),
            walk(inner=lambda c: c.x, outer=lambda c: c.x),
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
        (dx(m=lambda c: len(c.x)),),
    ),
    "m_is_pixels": (
        "m is not the number of pixels of one image. It counts all numbers that share a mean: N "
        "for rows, N * H * W for images.",
        (dx(m=pixels), dx(m=pixels_or_rows)),
    ),
    "m_counts_channels": (
        "m counts the channels. Each channel has a mean of its own, which N rows share, or "
        "N * H * W pixels: m = x.size // C.",
        (dx(m=lambda c: c.x.size), dx(m=lambda c: c.x.shape[1])),
    ),
    "m_missing_in_front": (
        "The factor m of the first term is missing. With sums in place of means it is "
        "(m * dxhat - sum(dxhat) - xhat * sum(dxhat * xhat)) / (m * sqrt(var + eps)).",
        (backward(lambda dy, c: through(dy, c, m=1) / c.m),),
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
            backward(lambda dy, c: through(dy, plain(c))),
            backward(first_gamma),
            walk(to_var=unscaled),
            walk(to_mean=unscaled),
        ),
    ),
    "gamma_twice": (
        "gamma works twice in dx. It is in dxhat = dy * gamma already: do not multiply by it "
        "again.",
        (
            backward(lambda dy, c: through(dy * c.g, c)),
            dx(var=lambda c: c.g),
            dx(mean=lambda c: c.g),
            dx(mean=lambda c: c.g, var=lambda c: c.g),
        ),
    ),
    "divided_by_gamma": (
        "You divided by gamma. y is gamma times xhat, so dxhat is gamma times dy.",
        (backward(lambda dy, c: through(dy / c.g, plain(c))),),
    ),
    "sign_of_dx": (
        "dx has the wrong sign throughout. Where y grows with x, dx has the sign of dy * gamma.",
        (backward(lambda dy, c: -through(dy, c)),),
    ),
    "root_missing": (
        "dx is not divided by sqrt(var + eps). xhat is x divided by it, so every gradient that "
        "goes back is too.",
        (
            dx(root=lambda c: 1),
            dx(root=lambda c: 1 / root(c)),
            walk(down=lambda c: 1),
            of(lambda d, c: through_straight(d, c)),
            walk(straight=lambda c: 1),
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
