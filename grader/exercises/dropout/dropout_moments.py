"""Exercise 5.5: the mean and the variance of an output, without drawing a single mask."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import biases, counted, drawn, grown

# Title, group, (N rows, D inputs, M outputs), p; the first BY_HAND can be computed on paper.
# D stays small: the reference visits all 2 ** D masks.
LAYERS = (
    ("one input, p 0.5", "basic", (1, 1, 1), 0.5),
    ("one input, p 0.75", "basic", (1, 1, 1), 0.75),
    ("two inputs", "basic", (1, 2, 1), 0.5),
    ("two outputs, p 0.2", "basic", (1, 1, 2), 0.2),
    ("two rows, p 0.8", "basic", (2, 1, 1), 0.8),
    ("a batch", "basic", (3, 4, 2), 0.5),
    ("p 0.2", "basic", (2, 4, 3), 0.2),
    ("p 0.8", "basic", (4, 3, 2), 0.8),
    ("p 0.9", "edge", (2, 4, 3), 0.9),
    ("p 0.1", "edge", (3, 2, 4), 0.1),
    ("as many outputs as inputs", "edge", (4, 3, 3), 0.3),
    ("as many rows as outputs", "edge", (3, 2, 3), 0.4),
    ("as many rows as inputs", "edge", (3, 3, 2), 0.6),
    ("all sizes equal", "edge", (3, 3, 3), 0.25),
    ("one row", "edge", (1, 4, 3), 0.7),
    ("one output", "edge", (3, 4, 1), 0.35),
    ("inputs and weights that are 0", "edge", (3, 4, 3), 0.5),
    ("large numbers", "edge", (2, 4, 3), 0.4),
    ("p 0: nothing is dropped", "edge", (2, 3, 4), 0.0),
)
BY_HAND = 5


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Layers of each size; hidden ones are larger."""
    cases = []
    for place, (title, group, size, p) in enumerate(LAYERS):
        by_hand = rng is None and place < BY_HAND
        size = size if rng is None else grown(size, rng)
        make = layer(size, p, title, by_hand=by_hand)
        cases.append(Case("dropout_moments", group, title, make=make))
    return cases


def layer(size: tuple[int, ...], p: float, title: str, *, by_hand: bool):
    """A recipe for x (N, D), w (M, D), b (M,) and p."""
    n, d, m = size

    def make(rng: np.random.Generator) -> dict:
        if by_hand:
            return {"x": 2 * counted(n, d), "w": 3 * counted(m, d), "b": 10 * counted(m), "p": p}
        x, w = drawn(rng, n, d), drawn(rng, m, d)
        if "are 0" in title:
            x.flat[::3], w.flat[::2] = 0, 0
        if "large" in title:
            x *= 100
        return {"x": x, "w": w, "b": biases(rng, m), "p": p}

    return make


EXERCISE = Exercise(
    slug="dropout_moments",
    number="5.5",
    chapter="05-dropout",
    title="Foretell mean and variance",
    functions=(Function("dropout_moments", "x, w, b, p", outputs=("mean", "var")),),
    groups=(Group("basic", 1), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
)
