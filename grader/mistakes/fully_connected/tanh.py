"""Slips with tanh, which squashes every number into the range from -1 to 1."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.backs import shared_back, times_dy
from grader.mistakes.fully_connected.sigmoid import sigma, sigma_slope


def tanh_slope(x):
    """The slope of tanh."""
    return 1 - np.tanh(x) ** 2


FORWARD = {
    "naive_tanh": (
        "exp overflows for large numbers, and infinity divided by infinity is NaN. Use np.tanh, or "
        "exponentials of -2 |x|.",
        (
            lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
            lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1),
            lambda x: (1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x)),
            lambda x: np.sinh(x) / np.cosh(x),
        ),
    ),
    "tanh_is_sigmoid": (
        "That is the sigmoid, or a tanh of another scale. tanh(x) is 2 * sigmoid(2 * x) - 1: it "
        "lies between -1 and 1.",
        (
            sigma,
            lambda x: 2 * sigma(x) - 1,
            lambda x: sigma(2 * x),
            lambda x: 2 * sigma(2 * x),
            lambda x: 2 * (sigma(2 * x) - 1),
        ),
    ),
    "tanh_mirrored": (
        "Your curve falls where it should rise: a sign is wrong.",
        (lambda x: -np.tanh(x), lambda x: 1 - np.tanh(x)),
    ),
    "tanh_even": (
        "Negative numbers are treated like positive ones. tanh(-x) is -tanh(x): put the sign back.",
        (lambda x: np.tanh(np.abs(x)), lambda x: np.tanh(-np.abs(x))),
    ),
    "tanh_other_function": (
        "That is another function. tanh(x) is (exp(x) - exp(-x)) / (exp(x) + exp(-x)).",
        (
            lambda x: np.arctan(x),
            lambda x: np.tan(x),
            lambda x: np.sinh(x),
            lambda x: x / (1 + np.abs(x)),
            lambda x: np.clip(x, -1, 1),
            lambda x: np.cosh(x) / np.sinh(x),
            lambda x: np.arctan(x) * 2 / np.pi,
        ),
    ),
    "tanh_clipped": (
        "x is cut off too early: tanh(5) still differs from 1. np.tanh is safe for every number.",
        (
            lambda x: np.tanh(np.clip(x, -3, 3)),
            lambda x: np.tanh(np.clip(x, -5, 5)),
            lambda x: np.tanh(np.clip(x, -10, 10)),
            lambda x: np.where(np.abs(x) > 5, np.sign(x), np.tanh(x)),
        ),
    ),
    "tanh_returns_slope": (
        "You returned the slope 1 - t². The forward pass returns t itself.",
        (tanh_slope,),
    ),
}

BACK = {
    "tanh_grad_1_minus_t": (
        "The slope is 1 - t², not 1 - t. Square the tanh.",
        (times_dy(lambda x: 1 - np.tanh(x)), times_dy(lambda x: 1 - 2 * np.tanh(x))),
    ),
    "tanh_grad_of_output": (
        "You took x for the output. Compute t = tanh(x) first; the slope is 1 - t².",
        (times_dy(lambda x: 1 - x**2), times_dy(lambda x: (1 - x) * (1 + x))),
    ),
    "tanh_back_parentheses": (
        "The parentheses around 1 - t² are missing, so dy multiplies only a part of the slope. "
        "Write dy * (1 - t**2).",
        (
            lambda dy, x: dy - np.tanh(x) ** 2,
            lambda dy, x: dy - np.tanh(x),
        ),
    ),
    "tanh_twice": (
        "tanh is applied twice. x is the input of the forward pass: t = tanh(x) once, then 1 - t².",
        (times_dy(lambda x: tanh_slope(np.tanh(x))),),
    ),
    "tanh_slope_of_sigmoid": (
        "t * (1 - t) is the rule of the sigmoid. The slope of tanh is 1 - t².",
        (times_dy(lambda x: np.tanh(x) * (1 - np.tanh(x))), times_dy(sigma_slope)),
    ),
    "tanh_slope_wrong": (
        "The slope is 1 - t²: a sign or a square is at the wrong place. It is 1 at 0 and never "
        "negative.",
        (
            times_dy(lambda x: 1 + np.tanh(x) ** 2),
            times_dy(lambda x: np.tanh(x) ** 2),
            times_dy(lambda x: (1 - np.tanh(x)) ** 2),
            times_dy(lambda x: 1 - np.tanh(x**2)),
            times_dy(lambda x: (1 - np.tanh(x) ** 2) ** 2),
            times_dy(lambda x: np.sqrt(1 - np.tanh(x) ** 2)),
            times_dy(lambda x: 1 / np.cosh(x)),
            times_dy(lambda x: np.cosh(x) ** 2),
        ),
    ),
    "naive_tanh_slope": (
        "exp overflows for large numbers, and the slope becomes NaN. Use 1 - t² with t = "
        "np.tanh(x).",
        (
            times_dy(lambda x: 1 - ((np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))) ** 2),
            times_dy(lambda x: 1 - ((np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) ** 2),
            times_dy(lambda x: 1 - (np.sinh(x) / np.cosh(x)) ** 2),
        ),
    ),
    **shared_back("tanh", np.tanh, tanh_slope),
}

TANH = {"tanh": FORWARD, "tanh_backward": BACK}
