"""Exercise 1.8: mix the channels of every pixel, without looking at its neighbours."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group

# Title, group, shape of x (N, C, H, W), number of filters, with a bias; the first four can be
# computed on paper.
SIZES = (
    ("one pixel", "basic", (1, 2, 1, 1), 2, False),
    ("a bias", "basic", (1, 1, 1, 1), 2, True),
    ("two pixels", "basic", (1, 2, 1, 2), 1, False),
    ("two images", "basic", (2, 2, 1, 1), 1, False),
    ("one image", "basic", (1, 3, 4, 5), 2, True),
    ("a batch", "basic", (3, 2, 4, 5), 4, True),
    ("no bias", "edge", (2, 3, 2, 3), 4, False),
    ("as many filters as channels", "edge", (2, 3, 3, 5), 3, True),
    ("as many filters as rows and columns", "edge", (4, 2, 4, 4), 4, True),
    ("fewer filters than channels", "edge", (2, 6, 3, 2), 2, True),
    ("one channel, one filter", "edge", (2, 1, 3, 4), 1, True),
    ("1 × 1 images", "edge", (3, 4, 1, 1), 2, True),
    ("tall images", "edge", (2, 3, 5, 2), 5, True),
)
BY_HAND = 4


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Images and weights of each size; hidden ones are larger."""
    cases = []
    for place, (title, group, shape, filters, bias) in enumerate(SIZES):
        if rng is not None:
            shape, filters = grown(shape, filters, rng)
        make = pixels(shape, filters, bias=bias, by_hand=rng is None and place < BY_HAND)
        cases.append(Case("conv1x1", group, title, make=make))
    return cases


def grown(shape: tuple, filters: int, rng: np.random.Generator) -> tuple[tuple, int]:
    """More images, channels and filters (as many of each), more rows and columns (likewise)."""
    images, channels, pixels = (int(rng.integers(0, 3)) for _ in range(3))
    n, c, height, width = shape
    if height == width:
        # Either a single pixel, or as many rows and columns as filters and images.
        images, pixels = (images, 0) if height == 1 else (channels, channels)
    return (n + images, c + channels, height + pixels, width + pixels), filters + channels


def pixels(shape: tuple, filters: int, *, bias: bool, by_hand: bool):
    """A recipe for x (N, C, H, W), w (F, C) and b (F,); without a bias b is zero or None."""
    shapes = {"x": shape, "w": (filters, shape[1])}

    def make(rng: np.random.Generator) -> dict:
        made = {name: rng.normal(size=size).round(2) for name, size in shapes.items()}
        if by_hand:
            made = {n: np.arange(1.0, 1.0 + np.prod(s)).reshape(s) for n, s in shapes.items()}
        signed = rng.integers(1, 20, filters) / 2 * rng.choice([-1, 1], filters)
        without = np.zeros(filters) if by_hand else None
        return made | {"b": signed if bias else without}

    return make


EXERCISE = Exercise(
    slug="conv1x1",
    number="1.8",
    chapter="01-convolution",
    title="Mix channels with a 1 × 1 convolution",
    functions=(Function("conv1x1", "x, w, b"),),
    groups=(Group("basic", 2), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
