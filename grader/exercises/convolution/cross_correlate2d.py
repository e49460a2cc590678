"""Exercise 1.2: slide one kernel over one channel, by loops."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group

# Title, image (H, W) and kernel (KH, KW); the first ones can be computed on paper.
SIZES = (
    ("3 × 3 image, 2 × 2 kernel", (3, 3), (2, 2)),
    ("wide image", (2, 4), (2, 2)),
    ("tall image", (4, 2), (2, 2)),
    ("wide kernel", (2, 3), (1, 2)),
    ("tall kernel", (3, 2), (2, 1)),
    ("random numbers", (5, 5), (3, 3)),
    ("wide image, tall kernel", (4, 7), (3, 2)),
    ("tall image, wide kernel", (7, 4), (2, 3)),
    ("kernel as large as the image", (4, 3), (4, 3)),
    ("1 × 1 kernel", (3, 4), (1, 1)),
    ("1 × 1 image", (1, 1), (1, 1)),
    ("even kernel", (6, 8), (4, 4)),
)
BY_HAND = 5
BASIC = 6


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """One image and one kernel of each size; hidden ones are larger."""
    cases = []
    for place, (title, image, kernel) in enumerate(SIZES):
        if rng is not None:
            image, kernel = grown(image, kernel, rng)
        make = image_and_kernel(image, kernel, by_hand=rng is None and place < BY_HAND)
        group = "basic" if place < BASIC else "edge"
        cases.append(Case("cross_correlate2d", group, title, make=make))
    return cases


def grown(image: tuple, kernel: tuple, rng: np.random.Generator) -> tuple[tuple, tuple]:
    """A larger image, still wide or tall; a kernel as large as the image grows along."""
    more = int(rng.integers(1, 5))
    larger = tuple(side + more for side in image)
    return larger, larger if kernel == image else kernel


def image_and_kernel(image: tuple, kernel: tuple, *, by_hand: bool):
    """A recipe for x (H, W) and w (KH, KW): the numbers 1, 2, 3, … or random ones."""

    def make(rng: np.random.Generator) -> dict:
        if by_hand:
            shapes = {"x": image, "w": kernel}
            return {n: np.arange(1.0, 1.0 + np.prod(s)).reshape(s) for n, s in shapes.items()}
        return {"x": rng.normal(size=image).round(2), "w": rng.normal(size=kernel).round(2)}

    return make


EXERCISE = Exercise(
    slug="cross_correlate2d",
    number="1.2",
    chapter="01-convolution",
    title="Slide one kernel over one channel",
    functions=(Function("cross_correlate2d", "x, w"),),
    groups=(Group("basic", 2), Group("edge", 1), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
