"""Known mistakes of 8.7 on the way back through a normalization."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.block_rules import (
    AXES,
    backward,
    constant_norm_back,
    norm_back,
    wide,
)


def past_norm(dy, a, weight):
    """The map's gradient goes past the normalization."""
    return dy, *norm_back(dy, a, weight)[1:]


def no_variance(dy, a, weight):
    """The path through the mean left out."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root = np.sqrt(a.var(AXES, keepdims=True) + 1e-5)
    hat = (a - a.mean(AXES, keepdims=True)) / root
    by_var = hat * (dy * hat).mean(AXES, keepdims=True)
    return wide(weight) / root * (dy - by_var), dweight, dbias


def over_images(dy, a, weight):
    """Sums over images and pixels, divided by the images alone."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root, N = np.sqrt(a.var(AXES, keepdims=True) + 1e-5), len(a)
    hat = (a - a.mean(AXES, keepdims=True)) / root
    by_mean = dy.sum(AXES, keepdims=True) / N
    by_var = hat * (dy * hat).sum(AXES, keepdims=True) / N
    return wide(weight) / root * (dy - by_mean - by_var), dweight, dbias


def mean_only(dy, a, weight):
    """The path through the variance left out."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root = np.sqrt(a.var(AXES, keepdims=True) + 1e-5)
    return wide(weight) / root * (dy - dy.mean(AXES, keepdims=True)), dweight, dbias


def unscaled(dy, a, weight):
    """The normalization's weight left out."""
    return norm_back(dy, a, np.ones_like(weight))


def raw_dweight(dy, a, weight):
    """dweight by the map before it is normalized."""
    da, _, dbias = norm_back(dy, a, weight)
    return da, (dy * a).sum(AXES), dbias


def norms(change):
    """Another gradient of one normalization or of both."""
    return tuple(
        backward(norm_back=pair)
        for pair in ((change, change), (change, norm_back), (norm_back, change))
    )


NORM_PASSED = {
    "norm_not_gone_back": (
        "A normalization is left out on the way back: it changes the gradient of its input, too.",
        norms(past_norm),
    ),
    "norm_averaged_over_images": (
        "The means on the way back through the normalization are over all N * H * W numbers of a "
        "channel, not over N.",
        norms(over_images),
    ),
}

NORM_CUT_SHORT = {
    "norm_as_constants": (
        "You treat mean and variance as constants. They are made of x, and the gradient flows "
        "through them, too: chapter 4 has the three paths.",
        (*norms(constant_norm_back), *norms(mean_only), *norms(no_variance)),
    ),
    "norm_scale_forgotten": (
        "On the way back through the normalization, its weight is missing as a factor.",
        norms(unscaled),
    ),
    "dgamma_by_raw_map": (
        "The gradient of the normalization's weight is the sum of dy * xhat, with the normalized "
        "map, not the map before.",
        norms(raw_dweight),
    ),
}
