"""Slips with the functions that have a kink: ReLU here, leaky ReLU next door."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.backs import shared_back
from grader.mistakes.fully_connected.leaky import LEAKY, LEAKY_BACK

RELU = {
    "relu_over_axis": (
        "np.max looks for the largest number along an axis. np.maximum compares every number of x "
        "with 0.",
        (
            lambda x: np.max(x, 0),
            lambda x: np.max(x),
            lambda x: np.max(x, -1),
            lambda x: np.maximum(np.max(x, 0), 0),
        ),
    ),
    "relu_abs": (
        "You took the absolute value. ReLU turns negative numbers into 0.",
        (lambda x: np.abs(x),),
    ),
    "relu_of_minus": (
        "You kept the other half. ReLU keeps what is positive: np.maximum(x, 0).",
        (
            lambda x: np.minimum(x, 0),
            lambda x: np.maximum(-x, 0),
            lambda x: np.where(x > 0, 0, x),
        ),
    ),
    "relu_step": (
        "You returned 0 or 1. ReLU keeps a positive number as it is: np.maximum(x, 0).",
        (
            lambda x: (x > 0).astype(x.dtype),
            lambda x: x > 0,
            lambda x: (x >= 0).astype(x.dtype),
            lambda x: x >= 0,
        ),
    ),
    "relu_does_nothing": (
        "x comes out as it went in. Turn its negative numbers into 0.",
        (lambda x: x.copy(),),
    ),
    "relu_capped": (
        "Large numbers are cut off. ReLU has a floor at 0 but no ceiling.",
        (
            lambda x: np.clip(x, 0, 1),
            lambda x: np.clip(x, 0, 6),
            lambda x: np.clip(x, -1, 1),
        ),
    ),
    "relu_leaks": (
        "Negative numbers still come through, a little. That is leaky ReLU; ReLU turns them into "
        "0.",
        (
            lambda x: np.where(x > 0, x, 0.01 * x),
            lambda x: np.where(x > 0, x, 0.1 * x),
            lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
        ),
    ),
    "relu_floor": (
        "The floor is not at 0. np.maximum(x, 0) replaces every negative number by 0.",
        (
            lambda x: np.maximum(x, 1),
            lambda x: np.maximum(x, -1),
            lambda x: np.where(x > 1, x, 0),
            lambda x: np.maximum(x, 0.01),
        ),
    ),
    "relu_selected": (
        "x[x > 0] returns only the positive numbers, in one row. Keep the shape of x and put 0 "
        "where it is negative.",
        (lambda x: x[x > 0], lambda x: x[x >= 0]),
    ),
}


def relu_slope(x):
    """The slope of ReLU; 0 at 0."""
    return (x > 0).astype(x.dtype)


RELU_BACK = {
    "relu_grad_at_0_is_1": (
        "At x = 0 the slope could be anything from 0 to 1; PyTorch takes 0. Let dy through only "
        "where x > 0, not where x >= 0.",
        (
            lambda dy, x: dy * (x >= 0),
            lambda dy, x: dy * np.heaviside(x, 0.5),
            lambda dy, x: np.where(x == 0, 1, dy * (x > 0)),
        ),
    ),
    "relu_masked_by_dy": (
        "You looked at the sign of dy. Whether dy comes through depends on the x of the forward "
        "pass: dy * (x > 0).",
        (
            lambda dy, x: np.maximum(dy, 0),
            lambda dy, x: np.maximum(dy, 0) * (x > 0),
            lambda dy, x: np.minimum(dy, 0) * (x > 0),
            lambda dy, x: np.abs(dy) * (x > 0),
        ),
    ),
    "relu_mask_inverted": (
        "The wrong half comes through. dy passes where x is positive and is stopped elsewhere.",
        (
            lambda dy, x: dy * (x < 0),
            lambda dy, x: dy * (x <= 0),
        ),
    ),
    "relu_returns_x": (
        "You returned numbers of x. dx holds numbers of dy, those where x > 0.",
        (
            lambda dy, x: np.where(x > 0, x, 0),
            lambda dy, x: np.where(x > 0, x, dy),
        ),
    ),
    "relu_back_leaks": (
        "Where x is negative something still comes through. The slope of ReLU is 0 there.",
        (
            lambda dy, x: np.where(x > 0, dy, 0.01 * dy),
            lambda dy, x: np.where(x > 0, dy, -dy),
            lambda dy, x: np.where(x > 0, dy, -1),
            lambda dy, x: dy * (x != 0),
        ),
    ),
    "relu_selected_back": (
        "dy[x > 0] returns only the numbers that come through, in one row. Keep the shape of x and "
        "put 0 elsewhere.",
        (lambda dy, x: dy[x > 0],),
    ),
    **shared_back("relu", lambda x: np.maximum(x, 0), relu_slope),
}
# Where ReLU's slope is not 0 it is 1: divided by it, what is left is infinite or as it should be.
del RELU_BACK["relu_slope_added"]
RELU_BACK["relu_slope_at_dy"] = (
    RELU_BACK["relu_slope_at_dy"][0],
    RELU_BACK["relu_slope_at_dy"][1][1:],
)
RELU_BACK["relu_times_value"] = (
    "You multiplied dy by the value of relu. Multiply by its slope at x, which is 0 or 1.",
    (lambda dy, x: dy * np.maximum(x, 0), lambda dy, x: dy * x),
)


KINKS = {
    "relu": RELU,
    "relu_backward": RELU_BACK,
    "leaky_relu": LEAKY,
    "leaky_relu_backward": LEAKY_BACK,
}
