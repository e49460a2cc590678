"""Exercise 1.1: how long the output of a convolution is, and what 'same' padding adds."""

import copy
from collections.abc import Callable
from functools import partial

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group

# Title, then n, k and what differs from stride 1, padding 0, dilation 1. In the hidden cases
# `vary` changes n and k, but nothing that the title says.
CONV_OUT = [
    ("the plain case", {"n": 5, "k": 3}),
    ("an even kernel", {"n": 4, "k": 2}),
    ("a kernel as long as the input", {"n": 3, "k": 3}),
    ("padding on both sides", {"n": 6, "k": 3, "padding": 1}),
    ("stride 2, the last pixel is left over", {"n": 6, "k": 3, "stride": 2}),
    ("stride 2, nothing is left over", {"n": 7, "k": 3, "stride": 2, "padding": 1}),
    ("stride 3, one pixel is left over", {"n": 9, "k": 2, "stride": 3}),
    ("stride 4, one pixel is left over", {"n": 10, "k": 5, "stride": 4}),
    ("stride 3, two pixels are left over", {"n": 10, "k": 2, "stride": 3}),
    ("dilation 2", {"n": 7, "k": 3, "dilation": 2}),
    ("kernel 1, a stride larger than the input", {"n": 3, "k": 1, "stride": 4}),
    ("a kernel shorter than the stride", {"n": 11, "k": 2, "stride": 5}),
    ("an even kernel with padding and dilation", {"n": 12, "k": 4, "padding": 2, "dilation": 3}),
    ("everything at once", {"n": 10, "k": 3, "stride": 2, "padding": 1, "dilation": 2}),
    ("the first layer of ResNet", {"n": 224, "k": 7, "stride": 2, "padding": 3}),
    ("the first layer of AlexNet", {"n": 227, "k": 11, "stride": 4}),
]

SAME_PADS = [
    ("an odd kernel", {"n": 5, "k": 3}),
    ("an even kernel", {"n": 4, "k": 2}),
    ("a longer even kernel", {"n": 6, "k": 4}),
    ("a kernel longer than the input", {"n": 1, "k": 3}),
    ("dilation 2", {"n": 5, "k": 3, "dilation": 2}),
    ("an even kernel with dilation 3", {"n": 7, "k": 2, "dilation": 3}),
    ("stride 2, an even input", {"n": 6, "k": 3, "stride": 2}),
    ("stride 2, an odd input", {"n": 5, "k": 3, "stride": 2}),
    ("stride 3, which divides the input", {"n": 6, "k": 5, "stride": 3}),
    ("stride 2 and an even kernel", {"n": 7, "k": 4, "stride": 2}),
    ("a kernel shorter than the stride, nothing to add", {"n": 5, "k": 1, "stride": 3}),
    ("a kernel much shorter than the stride", {"n": 8, "k": 1, "stride": 4}),
    ("a kernel shorter than the stride, one zero to add", {"n": 7, "k": 2, "stride": 3}),
    ("everything at once", {"n": 9, "k": 4, "stride": 2, "dilation": 3}),
    ("the first layer of ResNet", {"n": 224, "k": 7, "stride": 2}),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Whole numbers that fit in the head; hidden ones are larger and leave the same remainders."""
    listed = [("conv_out", *case) for case in CONV_OUT] + [("same_pads", *c) for c in SAME_PADS]
    cases = []
    for function, title, numbers in listed:
        numbers = numbers if rng is None else vary(numbers, rng)
        cases.append(Case(function, function, title, make=always(numbers)))
    return cases


def vary(numbers: Inputs, rng: np.random.Generator) -> Inputs:
    """Lengthen the kernel and the input.

    The kernel stays odd or even, and shorter than the stride if it was; dividing by the stride
    leaves the same remainder as before, so each hidden case shows what its visible twin shows.
    """
    n, k = numbers["n"], numbers["k"]
    stride, dilation = numbers.get("stride", 1), numbers.get("dilation", 1)
    more = int(rng.integers(1, 6))
    if n < stride:
        return numbers | {"n": n + more, "stride": stride + more}
    if k < stride:
        return numbers | {"n": n + stride * more}
    kernel = 2 * stride * int(rng.integers(1, 4))
    room = 0 if n <= k else stride * more
    return numbers | {"n": n + dilation * kernel + room, "k": k + kernel}


def always(inputs: Inputs) -> Callable[[np.random.Generator], Inputs]:
    """A recipe without chance: these inputs."""
    return partial(_copy, inputs)


def _copy(inputs: Inputs, _: np.random.Generator) -> Inputs:
    return copy.deepcopy(inputs)


EXERCISE = Exercise(
    slug="conv_out",
    number="1.1",
    chapter="01-convolution",
    title="Count the places of a window",
    functions=(
        Function("conv_out", "n, k, stride=1, padding=0, dilation=1", ("out",), "exact"),
        Function("same_pads", "n, k, stride=1, dilation=1", ("pads",), "exact"),
    ),
    groups=(Group("conv_out", 2.5), Group("same_pads", 2.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=1,
)
