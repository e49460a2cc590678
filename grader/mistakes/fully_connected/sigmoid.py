"""Slips with the sigmoid, which squashes every number into the range from 0 to 1."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.backs import shared_back, times_dy


def sigma(x):
    """The sigmoid, safe for large numbers."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def sigma_slope(x):
    """Its slope."""
    return sigma(x) * sigma(-x)


FORWARD = {
    "naive_sigmoid": (
        "exp overflows for large numbers, and infinity divided by infinity is NaN. Use "
        "1 / (1 + exp(-x)) where x >= 0 and exp(x) / (1 + exp(x)) elsewhere.",
        (
            lambda x: np.exp(x) / (1 + np.exp(x)),
            lambda x: np.where(x < 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x))),
        ),
    ),
    "sigmoid_mirrored": (
        "Your curve falls where it should rise. It is exp(-x) that stands below: "
        "1 / (1 + exp(-x)), which goes to 1 for large x.",
        (
            lambda x: sigma(-x),
            lambda x: 1 / (1 + np.exp(x)),
            lambda x: np.exp(-x) / (1 + np.exp(-x)),
        ),
    ),
    "sigmoid_even": (
        "Negative numbers are treated like positive ones. With exp(-|x|) the negative side needs "
        "its own formula: exp(-|x|) / (1 + exp(-|x|)).",
        (
            lambda x: sigma(np.abs(x)),
            lambda x: sigma(-np.abs(x)),
        ),
    ),
    "sigmoid_parentheses": (
        "The parentheses around the denominator are missing: 1 / 1 + exp(-x) is 1 + exp(-x). "
        "Write 1 / (1 + exp(-x)).",
        (lambda x: 1 / 1 + np.exp(-x), lambda x: 1 + np.exp(-x)),
    ),
    "sigmoid_is_tanh": (
        "That is tanh, or a sigmoid of another scale. The sigmoid lies between 0 and 1, is 0.5 at "
        "0 and 0.731 at 1.",
        (
            lambda x: np.tanh(x),
            lambda x: (np.tanh(x) + 1) / 2,
            lambda x: 2 * sigma(x) - 1,
            lambda x: sigma(x / 2),
            lambda x: 0.5 * np.tanh(x / 2),
        ),
    ),
    "sigmoid_other_base": (
        "You took powers of another number. The sigmoid is made of e: np.exp, not 2**x or 10**x.",
        (lambda x: sigma(x * np.log(2)), lambda x: sigma(x * np.log(10))),
    ),
    "sigmoid_is_softmax": (
        "You normalised by a sum. The sigmoid treats every number by itself; what adds up to 1 is "
        "softmax.",
        (
            lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(),
            lambda x: _softmax(x, -1),
            lambda x: _softmax(x, 0),
            lambda x: _softmax(x, 1),
        ),
    ),
    "sigmoid_returns_slope": (
        "You returned the slope s * (1 - s). The forward pass returns s itself.",
        (sigma_slope,),
    ),
    "sigmoid_clipped": (
        "x is cut off too early: 1 / (1 + exp(-10)) still differs from 1. Split the formula in "
        "two instead of cutting.",
        (
            lambda x: sigma(np.clip(x, -5, 5)),
            lambda x: sigma(np.clip(x, -10, 10)),
            lambda x: sigma(np.clip(x, -15, 15)),
            lambda x: sigma(np.clip(x, -20, 20)),
            lambda x: np.clip(sigma(x), 1e-7, 1 - 1e-7),
            lambda x: np.clip(0.25 * x + 0.5, 0, 1),
            lambda x: np.clip(x / 6 + 0.5, 0, 1),
        ),
    ),
    "sigmoid_rounded": (
        "You returned 0 or 1. The sigmoid is what lies between: no rounding, no threshold.",
        (lambda x: (sigma(x) > 0.5) * 1.0, lambda x: np.round(sigma(x))),
    ),
}


def _softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


BACK = {
    "sigmoid_grad_of_output": (
        "You took x for the output. Compute s = sigmoid(x) first; the slope is s * (1 - s).",
        (times_dy(lambda x: x * (1 - x)),),
    ),
    "sigmoid_twice": (
        "The sigmoid is applied twice. x is the input of the forward pass: s = sigmoid(x) once, "
        "then s * (1 - s).",
        (times_dy(lambda x: sigma_slope(sigma(x))),),
    ),
    "naive_sigmoid_slope": (
        "exp overflows for large numbers, and the slope becomes NaN. Use s * (1 - s) with a "
        "sigmoid s that is safe.",
        (
            times_dy(lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
            times_dy(lambda x: np.exp(x) / (1 + np.exp(x)) ** 2),
            times_dy(lambda x: np.exp(x) / (1 + np.exp(x)) * (1 - np.exp(x) / (1 + np.exp(x)))),
        ),
    ),
    "sigmoid_back_parentheses": (
        "The parentheses around 1 - s are missing, so dy multiplies only a part of the slope. "
        "Write dy * s * (1 - s).",
        (
            lambda dy, x: dy * sigma(x) * 1 - sigma(x),
            lambda dy, x: dy * sigma(x) - sigma(x) ** 2,
            lambda dy, x: dy * sigma(x) - sigma(x),
        ),
    ),
    "sigmoid_slope_half": (
        "The slope has two factors, s and 1 - s. Multiply both: s * (1 - s).",
        (
            times_dy(lambda x: 1 - sigma(x)),
            times_dy(lambda x: sigma(x) ** 2),
            times_dy(lambda x: (1 - sigma(x)) ** 2),
        ),
    ),
    "sigmoid_slope_of_tanh": (
        "1 - s² is the slope of tanh. That of the sigmoid is s * (1 - s).",
        (times_dy(lambda x: 1 - sigma(x) ** 2), times_dy(lambda x: 1 - np.tanh(x) ** 2)),
    ),
    "sigmoid_slope_sign": (
        "The slope is not s * (1 - s): a sign is wrong. It is positive everywhere, and at most "
        "0.25.",
        (
            times_dy(lambda x: sigma(x) * (1 + sigma(x))),
            times_dy(lambda x: 1 - sigma(x) * (1 - sigma(x))),
        ),
    ),
    **shared_back("sigmoid", sigma, sigma_slope),
}

SIGMOID = {"sigmoid": FORWARD, "sigmoid_backward": BACK}
