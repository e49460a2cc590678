"""Slips of `gap` with what the sum of a map is divided by."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def gap(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """A `gap` with another rule."""
    return lambda x: np.asarray(rule(x))


DIVISORS = {
    "sum": (
        "You added up each map and did not divide by its H * W pixels.",
        (gap(lambda x: x.sum((2, 3))),),
    ),
    "divided_by_channels": (
        "You divided by the number of channels or images too. Divide by H * W only: each channel "
        "has a sum of its own.",
        (
            gap(lambda x: x.sum((2, 3)) / x[0].size),
            gap(lambda x: x.sum((2, 3)) / x[:, 0].size),
            gap(lambda x: x.sum((2, 3)) / x.size),
        ),
    ),
    "divided_by_side": (
        "You divided by one side of the map, or by its square. Divide by H * W.",
        (
            gap(lambda x: x.sum((2, 3)) / x.shape[2]),
            gap(lambda x: x.sum((2, 3)) / x.shape[3]),
            gap(lambda x: x.sum((2, 3)) / x.shape[2] ** 2),
            gap(lambda x: x.sum((2, 3)) / x.shape[3] ** 2),
            gap(lambda x: x.sum((2, 3)) / (x.shape[2] + x.shape[3])),
        ),
    ),
    "divided_then_multiplied": (
        "`/ H * W` divides by H and then multiplies by W: Python goes from left to right. Put the "
        "product in parentheses: / (H * W).",
        (
            gap(lambda x: x.sum((2, 3)) / x.shape[2] * x.shape[3]),
            gap(lambda x: x.sum((2, 3)) / x.shape[3] * x.shape[2]),
        ),
    ),
    "divided_twice": (
        "You divided twice: np.mean divides by the number of pixels already.",
        (
            gap(lambda x: x.mean((2, 3)) / x[0, 0].size),
            gap(lambda x: x.mean((2, 3)) / x.shape[2]),
            gap(lambda x: x.mean((2, 3)) / x.shape[3]),
        ),
    ),
    "multiplied": (
        "You multiplied by H * W where you should divide by it.",
        (gap(lambda x: x.sum((2, 3)) * x[0, 0].size),),
    ),
    "divided_by_root": (
        "You divided by the root of H * W. The average is the sum over H * W itself.",
        (gap(lambda x: x.sum((2, 3)) / np.sqrt(x[0, 0].size)),),
    ),
    "one_pixel_less": (
        "You divided by H * W - 1. That is for variances; an average divides by H * W.",
        (
            gap(lambda x: x.sum((2, 3)) / (x[0, 0].size - 1)),
            gap(lambda x: x.sum((2, 3)) / max(x[0, 0].size - 1, 1)),
        ),
    ),
    "whole_numbers": (
        "You divide with //, or round: an average is a fraction. Divide with /.",
        (
            gap(lambda x: x.sum((2, 3)) // x[0, 0].size),
            gap(lambda x: np.trunc(x.mean((2, 3)))),
            gap(lambda x: np.round(x.mean((2, 3)))),
        ),
    ),
    "zeros_left_out": (
        "You divide by the number of pixels that are not zero. A zero is a pixel like any other.",
        (
            gap(lambda x: x.sum((2, 3)) / np.maximum((x != 0).sum((2, 3)), 1)),
            gap(lambda x: x.sum((2, 3)) / (x != 0).sum((2, 3))),
            gap(lambda x: x.sum((2, 3)) / np.maximum((x > 0).sum((2, 3)), 1)),
        ),
    ),
}
