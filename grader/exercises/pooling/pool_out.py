"""Exercise 2.1: how many windows a pooling layer has, rounded down or up."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.conv_out import always

# Title, then n, k and what differs from stride=None, padding=0, ceil_mode=False, dilation=1.
BASIC = [
    ("windows side by side", {"n": 6, "k": 2}),
    ("a pixel is left over", {"n": 7, "k": 2}),
    ("two pixels are left over", {"n": 11, "k": 3}),
    ("a window as long as the map", {"n": 3, "k": 3}),
    ("windows that overlap", {"n": 6, "k": 3, "stride": 1}),
    ("stride 2, windows of three", {"n": 8, "k": 3, "stride": 2}),
    ("stride 3, windows of two, two pixels left over", {"n": 10, "k": 2, "stride": 3}),
    ("stride 3, windows of two, nothing left over", {"n": 11, "k": 2, "stride": 3}),
    ("padding on both sides", {"n": 6, "k": 3, "padding": 1}),
    ("the last window ends in the padding", {"n": 5, "k": 3, "stride": 2, "padding": 1}),
    ("padding 1, windows of two that overlap", {"n": 5, "k": 2, "stride": 1, "padding": 1}),
    ("padding 1, windows of five", {"n": 9, "k": 5, "stride": 2, "padding": 1}),
    ("a map of 224 pixels", {"n": 224, "k": 2, "stride": 2}),
    ("a map of 223 pixels", {"n": 223, "k": 2, "stride": 2}),
    ("the pooling of ResNet", {"n": 112, "k": 3, "stride": 2, "padding": 1}),
]
EDGE = [
    ("ceil_mode, a window sticks out", {"n": 7, "k": 2}),
    ("ceil_mode, a window sticks out by two", {"n": 7, "k": 3}),
    ("ceil_mode, everything fits", {"n": 6, "k": 2}),
    ("ceil_mode, windows of three with stride 2", {"n": 8, "k": 3, "stride": 2}),
    ("ceil_mode, a window would start in the padding", {"n": 5, "k": 2, "stride": 2, "padding": 1}),
    ("ceil_mode, a window starts at the last pixel", {"n": 6, "k": 3, "stride": 2, "padding": 1}),
    ("ceil_mode, a window would start behind the end", {"n": 9, "k": 2, "stride": 3}),
    ("ceil_mode, a window would start far behind the end", {"n": 8, "k": 2, "stride": 5}),
    ("ceil_mode, stride 3, everything fits", {"n": 11, "k": 2, "stride": 3}),
    ("ceil_mode, stride 4 and padding", {"n": 7, "k": 2, "stride": 4, "padding": 1}),
    ("ceil_mode, two pixels of padding", {"n": 9, "k": 5, "stride": 3, "padding": 2}),
    ("ceil_mode and padding, everything fits", {"n": 7, "k": 3, "stride": 2, "padding": 1}),
    ("ceil_mode, stride 1", {"n": 5, "k": 3, "stride": 1, "padding": 1}),
    ("dilation 2", {"n": 9, "k": 3, "dilation": 2}),
    ("dilation 3, windows of two", {"n": 13, "k": 2, "dilation": 3}),
    ("dilation 3, windows of two, stride 1", {"n": 8, "k": 2, "stride": 1, "dilation": 3}),
    ("dilation 2 with padding", {"n": 10, "k": 3, "stride": 2, "padding": 1, "dilation": 2}),
    ("ceil_mode and dilation", {"n": 12, "k": 2, "stride": 3, "dilation": 3}),
    (
        "ceil_mode and everything else",
        {"n": 11, "k": 4, "stride": 5, "padding": 2, "dilation": 2},
    ),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Whole numbers that fit in the head; hidden ones are larger and leave the same remainders."""
    listed = [("basic", *case) for case in BASIC] + [("edge", *case) for case in EDGE]
    cases = []
    for group, title, numbers in listed:
        ceil = {"ceil_mode": True} if "ceil_mode" in title else {}
        numbers = (numbers if rng is None else vary(numbers, rng)) | ceil
        cases.append(Case("pool_out", group, title, make=always(numbers)))
    return cases


def vary(numbers: dict, rng: np.random.Generator) -> dict:
    """Lengthen the map by whole strides: what is left over, or sticks out, stays the same.

    A window as long as the map grows with it.
    """
    n, k = numbers["n"], numbers["k"]
    if n == k:
        more = int(rng.integers(1, 30))
        return numbers | {"n": n + more, "k": k + more}
    return numbers | {"n": n + numbers.get("stride", k) * int(rng.integers(1, 30))}


EXERCISE = Exercise(
    slug="pool_out",
    number="2.1",
    chapter="02-pooling",
    title="Count the windows of a pooling layer",
    functions=(
        Function(
            "pool_out",
            "n, k, stride=None, padding=0, ceil_mode=False, dilation=1",
            ("out",),
            "exact",
        ),
    ),
    groups=(Group("basic", 2), Group("edge", 2)),
    make_cases=make_cases,
    minutes=15,
    extras=("dilation", "ceil_mode"),
    difficulty=1,
)
