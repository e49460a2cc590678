"""Exercise 3.1: a layer in which every output sees every input, forward and backward."""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import biases, counted, drawn, grown

# Title, (N rows, D inputs, M outputs), bias; the first BY_HAND can be computed on paper.
FORWARD = (
    ("one number", (1, 1, 1), "zero"),
    ("two inputs, one output", (1, 2, 1), "zero"),
    ("one input, two outputs", (1, 1, 2), "zero"),
    ("a bias", (1, 1, 1), "random"),
    ("two rows", (2, 1, 1), "zero"),
    ("two rows, two inputs, three outputs", (2, 2, 3), "random"),
    ("a batch", (3, 4, 2), "random"),
    ("as many outputs as inputs", (4, 3, 3), "random"),
    ("as many rows as outputs", (3, 2, 3), "random"),
    ("as many rows as inputs", (4, 4, 2), "random"),
    ("as many rows as inputs and outputs", (3, 3, 3), "random"),
    ("a bias that begins with 0", (2, 4, 3), "zero first"),
    ("no bias", (2, 3, 4), "none"),
    ("no bias, one row", (1, 2, 3), "none"),
    ("one row", (1, 4, 3), "random"),
    ("one output", (3, 4, 1), "random"),
    ("one input", (4, 1, 3), "random"),
    ("many inputs", (2, 30, 3), "random"),
)
BY_HAND = 6


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Each size forward, and backward too if it differs in more than its bias."""
    cases = []
    for place, (title, size, bias) in enumerate(FORWARD):
        by_hand = rng is None and place < BY_HAND
        size = size if rng is None else grown(size, rng)
        cases.append(Case("linear", "forward", title, make=rows(size, bias, by_hand=by_hand)))
        if "bias" not in title:
            make = gradients(size, by_hand=by_hand)
            cases.append(Case("linear_backward", "backward", title, make=make))
    return cases


def rows(size: tuple[int, ...], bias: str, *, by_hand: bool):
    """A recipe for x (N, D), w (M, D) and b (M,), which may be None."""
    n, d, m = size

    def make(rng: np.random.Generator) -> dict:
        drawn_biases = biases(rng, m)
        zero_first = np.where(np.arange(m) == 0, 0, drawn_biases)
        listed = {"random": drawn_biases, "zero first": zero_first, "zero": np.zeros(m)}
        fill = counted if by_hand else partial(drawn, rng)
        return {"x": fill(n, d), "w": fill(m, d), "b": listed.get(bias)}

    return make


def gradients(size: tuple[int, ...], *, by_hand: bool):
    """A recipe for dy (N, M), x (N, D) and w (M, D).

    dy is never all ones: with ones, a gradient with swapped or forgotten axes can look right.
    """
    n, d, m = size

    def make(rng: np.random.Generator) -> dict:
        dy = rng.permutation(np.arange(2.0, 2.0 + n * m)).reshape(n, m)
        fill = counted if by_hand else partial(drawn, rng)
        return {"dy": dy if by_hand else drawn(rng, n, m), "x": fill(n, d), "w": fill(m, d)}

    return make


EXERCISE = Exercise(
    slug="linear",
    number="3.1",
    chapter="03-fully-connected",
    title="Connect everything with everything",
    functions=(
        Function("linear", "x, w, b"),
        Function("linear_backward", "dy, x, w", outputs=("dx", "dw", "db")),
    ),
    groups=(
        Group("forward", 2.5),
        Group("backward", 3.5),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=1,
)
