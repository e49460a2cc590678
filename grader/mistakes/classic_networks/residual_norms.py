"""Known mistakes of 8.7 in the normalizations: left out, or by other statistics."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.block_rules import AXES, forward, norm, wide


def plain(a, weight, bias):
    """No normalization at all."""
    return a


def only_affine(a, weight, bias):
    """Scale and shift, but nothing is normalized."""
    return a * wide(weight) + wide(bias)


def no_affine(a, weight, bias):
    """Normalized, but neither scaled nor shifted."""
    return norm(a, np.ones_like(weight), np.zeros_like(bias))


def unscaled(a, weight, bias):
    """Without the weight."""
    return norm(a, np.ones_like(weight), bias)


def unshifted(a, weight, bias):
    """Without the bias."""
    return norm(a, weight, np.zeros_like(bias))


def by_variance(a, weight, bias):
    """Divided by the variance, without a root."""
    mean, var = a.mean(AXES, keepdims=True), a.var(AXES, keepdims=True)
    return (a - mean) / (var + 1e-5) * wide(weight) + wide(bias)


def mean_of_squares(a, weight, bias):
    """The mean is not taken off before the squares."""
    mean, var = a.mean(AXES, keepdims=True), (a * a).mean(AXES, keepdims=True)
    return (a - mean) / np.sqrt(var + 1e-5) * wide(weight) + wide(bias)


def other_eps(eps):
    """Another eps."""
    return lambda a, weight, bias: norm(a, weight, bias, eps=eps)


def whole_image(a, weight, bias):
    """Each image by itself, over all its channels."""
    return norm(a, weight, bias, axes=(1, 2, 3))


def unbiased(a, weight, bias):
    """The unbiased variance."""
    return norm(a, weight, bias, ddof=1)


def each_image(a, weight, bias):
    """Each image by itself."""
    return norm(a, weight, bias, axes=(2, 3))


def every_pixel(a, weight, bias):
    """Each pixel by itself, over the batch."""
    return norm(a, weight, bias, axes=(0,))


def all_channels(a, weight, bias):
    """One mean for all channels."""
    return norm(a, weight, bias, axes=(0, 1, 2, 3))


def eps_outside(a, weight, bias):
    """eps added to the root."""
    mean, root = a.mean(AXES, keepdims=True), np.sqrt(a.var(AXES, keepdims=True))
    return (a - mean) / (root + 1e-5) * wide(weight) + wide(bias)


def no_eps(a, weight, bias):
    """Without eps."""
    return norm(a, weight, bias, eps=0)


def both_norms(change):
    """Another normalization in one place or in both."""
    return (
        forward(norm1=change, norm2=change),
        forward(norm1=change),
        forward(norm2=change),
    )


NORM_LEFT_OUT = {
    "norm_left_out": (
        "A batch normalization is missing: one stands behind each of the two convolutions.",
        (*both_norms(plain), *both_norms(only_affine)),
    ),
    "norm_without_scale": (
        "The normalization's weight and bias are missing: y = weight * xhat + bias.",
        (*both_norms(no_affine), *both_norms(unscaled), *both_norms(unshifted)),
    ),
}

STATISTICS = {
    "unbiased_variance": (
        "You normalize by the unbiased variance. The biased one divides by the number of values, "
        "as `x.var(axis=(0, 2, 3))` does.",
        both_norms(unbiased),
    ),
    "eps_misplaced": (
        "eps = 0.00001, neither more nor less, is added to the variance, inside the root.",
        (
            *both_norms(eps_outside),
            *both_norms(no_eps),
            *(coding for n in (3, 4, 6, 7, 8) for coding in both_norms(other_eps(10.0**-n))),
        ),
    ),
    "other_statistics": (
        "Each channel has one mean and one variance, over all images and pixels: axes 0, 2 and 3.",
        (
            *both_norms(each_image),
            *both_norms(every_pixel),
            *both_norms(all_channels),
            *both_norms(whole_image),
        ),
    ),
    "variance_miscomputed": (
        "Divide by the root of the variance, and the variance is the mean of (a - mean)².",
        (*both_norms(by_variance), *both_norms(mean_of_squares)),
    ),
}
