"""Slips with softplus, the smooth ReLU."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.backs import shared_back, times_dy
from grader.mistakes.fully_connected.sigmoid import sigma, sigma_slope


def soft(x):
    """Softplus, safe for large numbers."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


FORWARD = {
    "naive_softplus": (
        "exp(1000) overflows, and the result is infinite. Use max(x, 0) + log1p(exp(-|x|)), whose "
        "exponent is never positive.",
        (
            lambda x: np.log(1 + np.exp(x)),
            lambda x: np.log1p(np.exp(x)),
        ),
    ),
    "softplus_without_abs": (
        "exp(-x) overflows for negative x. Inside the logarithm stands exp(-|x|).",
        (
            lambda x: np.maximum(x, 0) + np.log1p(np.exp(-x)),
            lambda x: x + np.log1p(np.exp(-x)),
            lambda x: x + np.log(1 + np.exp(-x)),
        ),
    ),
    "softplus_overflow_moved": (
        "max(x, 0) is there, but exp(x) still overflows or counts twice. Inside the logarithm "
        "stands exp(-|x|).",
        (
            lambda x: np.maximum(x, 0) + np.log1p(np.exp(x)),
            lambda x: np.maximum(x, 0) + np.log1p(np.exp(np.abs(x))),
        ),
    ),
    "softplus_half": (
        "max(x, 0) is missing: log1p(exp(-|x|)) alone is only the small correction to it.",
        (lambda x: np.log1p(np.exp(-np.abs(x))),),
    ),
    "softplus_max_of_abs": (
        "The part in front of the logarithm is max(x, 0). For negative x nothing is added there.",
        (
            lambda x: np.abs(x) + np.log1p(np.exp(-np.abs(x))),
            lambda x: x + np.log1p(np.exp(-np.abs(x))),
            lambda x: np.minimum(x, 0) + np.log1p(np.exp(-np.abs(x))),
        ),
    ),
    "softplus_minus": (
        "The logarithm has the wrong sign: max(x, 0) plus log1p(exp(-|x|)).",
        (lambda x: np.maximum(x, 0) - np.log1p(np.exp(-np.abs(x))), lambda x: -soft(x)),
    ),
    "softplus_mirrored": (
        "Your curve falls where it should rise: x has the wrong sign. softplus(x) is "
        "log(1 + exp(x)).",
        (
            lambda x: soft(-x),
            lambda x: np.log(1 + np.exp(-x)),
            lambda x: np.log1p(np.exp(-x)),
        ),
    ),
    "softplus_is_relu": (
        "That is ReLU, with its kink. Softplus adds log1p(exp(-|x|)), which is 0.693 at 0.",
        (lambda x: np.maximum(x, 0),),
    ),
    "softplus_one_twice": (
        "log1p adds the 1 itself. Write log1p(exp(-|x|)) or log(1 + exp(-|x|)).",
        (
            lambda x: np.maximum(x, 0) + np.log1p(1 + np.exp(-np.abs(x))),
            lambda x: np.log1p(1 + np.exp(x)),
        ),
    ),
    "softplus_one_missing": (
        "The 1 inside the logarithm is missing: log(exp(x)) is only x again.",
        (
            lambda x: x.copy(),
            lambda x: np.maximum(x, 0) - np.abs(x),
            lambda x: np.log(np.exp(x)),
            lambda x: np.maximum(x, 0) + np.log(np.exp(-np.abs(x))),
        ),
    ),
    "softplus_other_base": (
        "That is a logarithm to another base. np.log and np.log1p are the natural one.",
        (
            lambda x: np.log10(1 + np.exp(x)),
            lambda x: np.log2(1 + np.exp(x)),
            lambda x: soft(x) / np.log(2),
            lambda x: soft(x) / np.log(10),
            lambda x: np.maximum(x, 0) + np.log10(1 + np.exp(-np.abs(x))),
            lambda x: np.maximum(x, 0) + np.log2(1 + np.exp(-np.abs(x))),
        ),
    ),
    "softplus_is_sigmoid": (
        "You returned the sigmoid, which is the slope of softplus.",
        (sigma,),
    ),
    "softplus_clipped": (
        "x is cut off, so large numbers all give the same. For large x softplus is x itself.",
        tuple(
            lambda x, top=top: np.log1p(np.exp(np.clip(x, -top, top)))
            for top in (20, 50, 88, 100, 500, 700, 709)
        ),
    ),
    "softplus_switched_early": (
        "You switch over to x too early: at 5, softplus is still 0.0067 more than x.",
        tuple(
            lambda x, top=top: np.where(x > top, x, np.log1p(np.exp(np.minimum(x, top))))
            for top in (1, 2, 5, 10)
        ),
    ),
}

BACK = {
    "softplus_slope_of_sigmoid": (
        "s * (1 - s) is the slope of the sigmoid. The slope of softplus is the sigmoid itself.",
        (times_dy(sigma_slope),),
    ),
    "softplus_slope_of_relu": (
        "That is the slope of ReLU. Softplus has no kink: its slope is sigmoid(x).",
        (times_dy(lambda x: (x > 0).astype(x.dtype)), times_dy(lambda x: (x >= 0) * 1.0)),
    ),
    "softplus_slope_mirrored": (
        "Your slope falls where it should rise. It is sigmoid(x), which goes to 1 for large x.",
        (
            times_dy(lambda x: sigma(-x)),
            times_dy(lambda x: 1 / (1 + np.exp(x))),
            times_dy(lambda x: np.exp(-x) / (1 + np.exp(-x))),
        ),
    ),
    "naive_softplus_slope": (
        "exp overflows for large numbers, and infinity divided by infinity is NaN. Use a sigmoid "
        "that is safe.",
        (times_dy(lambda x: np.exp(x) / (1 + np.exp(x))),),
    ),
    "softplus_slope_wrong": (
        "The slope of log(1 + exp(x)) is exp(x) / (1 + exp(x)), by the chain rule: the inner "
        "slope exp(x) stands above. That is sigmoid(x).",
        (
            times_dy(lambda x: 1 / (1 + np.exp(np.abs(x)))),
            times_dy(lambda x: sigma(soft(x))),
            times_dy(np.exp),
            times_dy(np.tanh),
            times_dy(lambda x: sigma(np.abs(x))),
        ),
    ),
    **shared_back("softplus", soft, sigma),
}

SOFTPLUS = {"softplus": FORWARD, "softplus_backward": BACK}
