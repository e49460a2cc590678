"""Exercise 5.4: a linear layer that drops weights instead of numbers, forward and backward."""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.dropout.draws import draws, factors, slopes
from grader.exercises.fully_connected.sizes import biases, counted, drawn, grown

# Title, group, (N rows, D inputs, M outputs), p; the first BY_HAND can be computed on paper.
LAYERS = (
    ("two inputs, one output", "train", (1, 2, 1), 0.5),
    ("one input, two outputs", "train", (1, 1, 2), 0.5),
    ("two rows", "train", (2, 2, 1), 0.5),
    ("two inputs, two outputs, p 0.25", "train", (1, 2, 2), 0.25),
    ("a batch", "train", (3, 4, 2), 0.5),
    ("p 0.2", "train", (2, 5, 4), 0.2),
    ("p 0.8", "train", (3, 6, 5), 0.8),
    ("p 0.75", "train", (4, 2, 5), 0.75),
    ("as many outputs as inputs", "train", (4, 3, 3), 0.3),
    ("as many rows as outputs", "train", (3, 2, 3), 0.4),
    ("as many rows as inputs", "train", (3, 3, 2), 0.6),
    ("all sizes equal", "train", (3, 3, 3), 0.25),
    ("one row", "train", (1, 4, 3), 0.5),
    ("one output", "train", (3, 5, 1), 0.3),
    ("one input", "train", (3, 1, 5), 0.3),
    ("weights that are 0", "train", (2, 4, 3), 0.5),
    ("p 0", "edge", (2, 3, 4), 0.0),
    ("p 1", "edge", (3, 4, 2), 1.0),
    ("p 0.99", "edge", (2, 3, 4), 0.99),
    ("evaluation", "eval", (1, 2, 1), 0.5),
    ("evaluation, a batch", "eval", (3, 4, 2), 0.2),
    ("evaluation, all sizes equal", "eval", (3, 3, 3), 0.8),
    ("evaluation, p 1", "eval", (2, 3, 4), 1.0),
)
BY_HAND = 4
# The way back knows neither p nor the mode.
ONLY_FORWARD = ("p 0.99", "evaluation, a batch", "evaluation, all sizes equal", "evaluation, p 1")


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Layers, forward and backward; hidden ones are larger."""
    cases = []
    for place, (title, group, size, p) in enumerate(LAYERS):
        by_hand = rng is None and place < BY_HAND
        size = size if rng is None else grown(size, rng)
        fill = partial(layer, size, by_hand=by_hand, holes="are 0" in title)
        train = group != "eval"
        cases.append(Case("dropconnect", group, title, make=forward(fill, p, train=train)))
        if title not in ONLY_FORWARD:
            make = backward(fill, p, train=train)
            cases.append(Case("dropconnect_backward", "backward", title, make=make))
    # So that views are tried with both functions, the order is function by function.
    return sorted(cases, key=lambda case: case.function)


def layer(size: tuple[int, ...], rng: np.random.Generator, *, by_hand: bool, holes: bool) -> dict:
    """x (N, D), w (M, D) and b (M,); with holes, some weights are 0."""
    n, d, m = size
    if by_hand:
        return {"x": counted(n, d), "w": counted(m, d), "b": 10 * counted(m)}
    x, w = drawn(rng, n, d), drawn(rng, m, d)
    if holes:
        w.flat[::2] = 0
    return {"x": x, "w": w, "b": biases(rng, m)}


def forward(fill, p: float, *, train: bool):
    """A recipe for x, w, b, u (M, D), p and train."""

    def make(rng: np.random.Generator) -> dict:
        made = fill(rng)
        u = draws(rng, made["w"].shape, p, by_hand=fill.keywords["by_hand"])
        return {**made, "u": u, "p": p, "train": train}

    return make


def backward(fill, p: float, *, train: bool):
    """A recipe for dy (N, M), x, w, and the mask (M, D) of a forward pass."""

    def make(rng: np.random.Generator) -> dict:
        x, w, _ = fill(rng).values()
        dy = slopes(rng, (len(x), len(w)))
        return {"dy": dy, "x": x, "w": w, "mask": factors(rng, w.shape, p, train=train)}

    return make


EXERCISE = Exercise(
    slug="dropconnect",
    number="5.4",
    chapter="05-dropout",
    title="Drop weights",
    functions=(
        Function("dropconnect", "x, w, b, u, p, train", outputs=("y", "mask")),
        Function("dropconnect_backward", "dy, x, w, mask", outputs=("dx", "dw", "db")),
    ),
    groups=(
        Group("train", 1.5),
        Group("edge", 0.5),
        Group("eval", 0.5),
        Group("backward", 2.5),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=25,
    difficulty=2,
)
