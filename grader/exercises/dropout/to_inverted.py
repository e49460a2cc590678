"""Exercise 5.2: use a network that was trained with the dropout of 2012, and convert it."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import biases, counted, drawn, grown

# Title, shape of w_next, p; the first BY_HAND can be computed on paper.
WEIGHTS = (
    ("one weight, p 0.5", (1, 1), 0.5),
    ("two weights, p 0.25", (1, 2), 0.25),
    ("two outputs, p 0.75", (2, 1), 0.75),
    ("p 0.2", (3, 4), 0.2),
    ("p 0.8", (4, 2), 0.8),
    ("as many outputs as inputs", (3, 3), 0.4),
    ("kernels of a convolution", (3, 2, 3, 4), 0.1),
    ("1 × 1 kernels", (4, 3, 1, 1), 0.6),
    ("p 0: nothing was dropped", (2, 3), 0.0),
    ("p 1: everything was dropped", (2, 3), 1.0),
)
# Title, (N rows, D inputs, M outputs), p.
ROWS = (
    ("one input, p 0.5", (1, 1, 1), 0.5),
    ("two inputs, p 0.25", (1, 2, 1), 0.25),
    ("two outputs, p 0.75", (1, 1, 2), 0.75),
    ("a batch, p 0.2", (3, 4, 2), 0.2),
    ("a batch, p 0.8", (4, 2, 5), 0.8),
    ("as many outputs as inputs", (4, 3, 3), 0.4),
    ("as many rows as outputs", (3, 2, 3), 0.3),
    ("as many rows as inputs", (3, 3, 2), 0.6),
    ("all sizes equal", (3, 3, 3), 0.1),
    ("one row", (1, 4, 3), 0.9),
    ("p 0: nothing was dropped", (2, 3, 4), 0.0),
    ("p 1: everything was dropped", (2, 4, 3), 1.0),
)
BY_HAND = 3


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Weights to convert, then rows to predict; hidden arrays are larger."""
    cases = []
    for place, (title, shape, p) in enumerate(WEIGHTS):
        by_hand = rng is None and place < BY_HAND
        shape = shape if rng is None else grown(shape, rng)
        make = weights(shape, p, by_hand=by_hand)
        cases.append(Case("to_inverted", "to_inverted", title, make=make))
    for place, (title, size, p) in enumerate(ROWS):
        by_hand = rng is None and place < BY_HAND
        size = size if rng is None else grown(size, rng)
        cases.append(Case("predict_old", "predict_old", title, make=rows(size, p, by_hand=by_hand)))
    return cases


def weights(shape: tuple[int, ...], p: float, *, by_hand: bool):
    """A recipe for w_next and p."""

    def make(rng: np.random.Generator) -> dict:
        return {"w_next": 2 * counted(*shape) if by_hand else drawn(rng, *shape), "p": p}

    return make


def rows(size: tuple[int, ...], p: float, *, by_hand: bool):
    """A recipe for x (N, D), w_next (M, D), b_next (M,) and p."""
    n, d, m = size

    def make(rng: np.random.Generator) -> dict:
        x = counted(n, d) if by_hand else drawn(rng, n, d)
        w = 4 * counted(m, d) if by_hand else drawn(rng, m, d)
        b = 10 * counted(m) if by_hand else biases(rng, m)
        return {"x": x, "w_next": w, "b_next": b, "p": p}

    return make


EXERCISE = Exercise(
    slug="to_inverted",
    number="5.2",
    chapter="05-dropout",
    title="Convert a network of 2012",
    functions=(
        Function("to_inverted", "w_next, p", outputs=("w",)),
        Function("predict_old", "x, w_next, b_next, p"),
    ),
    groups=(
        Group("to_inverted", 1.5),
        Group("predict_old", 1.5),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
