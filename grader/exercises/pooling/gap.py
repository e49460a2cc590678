"""Exercise 2.5: average each map down to one number, and send the gradient back."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.pooling.configs import FILLS

# Title, group, shape of x (N, C, H, W), how it is filled.
SIZES = (
    ("the worked example", "basic", (1, 1, 4, 4), "worked"),
    ("one row", "basic", (1, 1, 1, 2), "hand"),
    ("two channels", "basic", (1, 2, 1, 2), "hand"),
    ("two images", "basic", (2, 1, 2, 1), "hand"),
    ("a batch", "basic", (3, 2, 4, 5), "distinct"),
    ("wide maps", "basic", (2, 4, 3, 7), "distinct"),
    ("tall maps", "basic", (2, 3, 6, 2), "distinct"),
    ("1 × 1 maps", "edge", (3, 4, 1, 1), "distinct"),
    ("one image, one channel", "edge", (1, 1, 3, 5), "distinct"),
    ("all numbers negative", "edge", (2, 3, 3, 4), "negative"),
    ("as many images as channels, rows and columns", "edge", (4, 4, 4, 4), "distinct"),
    ("nothing but zeros", "edge", (2, 3, 4, 2), "zeros"),
    ("large numbers, negative ones too", "edge", (2, 3, 2, 5), "mixed"),
    ("many channels", "edge", (2, 9, 2, 3), "distinct"),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Maps of each size, and gradients for each; hidden ones are larger."""
    cases = []
    for title, group, shape, fill in SIZES:
        if rng is not None:
            shape, fill = grown(shape, rng), "hand" if fill == "worked" else fill
        cases.append(Case("gap", group, title, make=maps(shape, fill)))
        cases.append(Case("gap_backward", group, title, make=gradients(shape)))
    # So that views are tried with both functions, the order is function by function.
    return sorted(cases, key=lambda case: case.function)


def grown(shape: tuple, rng: np.random.Generator) -> tuple[int, ...]:
    """More images and channels, rows and columns; 1 × 1 maps stay so, and a cube a cube."""
    if len(set(shape)) == 1:
        return (shape[0] + int(rng.integers(1, 3)),) * 4
    more = [int(rng.integers(low, 4)) for low in (1, 0, 1, 1)]
    if shape[2:] == (1, 1):
        more[2:] = 0, 0
    return tuple(side + extra for side, extra in zip(shape, more, strict=True))


def maps(shape: tuple, fill: str):
    """A recipe for x."""

    def make(rng: np.random.Generator) -> dict:
        return {"x": FILLS[fill](rng, shape)}

    return make


def gradients(shape: tuple):
    """A recipe for dy (N, C) and the shape of x."""

    def make(rng: np.random.Generator) -> dict:
        size = shape[:2]
        dy = rng.permutation(np.arange(2.0, 2.0 + np.prod(size))).reshape(size)
        return {"dy": dy * rng.choice([-1, 1], size), "shape": shape}

    return make


EXERCISE = Exercise(
    slug="gap",
    number="2.5",
    chapter="02-pooling",
    title="Average each map down to one number",
    functions=(Function("gap", "x"), Function("gap_backward", "dy, shape", ("dx",))),
    groups=(Group("basic", 2), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=10,
    difficulty=1,
)
