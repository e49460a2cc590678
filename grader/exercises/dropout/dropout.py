"""Exercise 5.1: drop some numbers, enlarge the others, and send the gradient the same way."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.dropout.draws import FILLS, draws, factors, slopes
from grader.exercises.fully_connected.sizes import grown

# Title, group, shape of x, p, how x is filled.
TRAINING = (
    ("the worked example", "train", (4,), 0.5, "worked"),
    ("one number, one draw", "train", (1,), 0.5, "by hand"),
    ("two numbers", "train", (2,), 0.5, "by hand"),
    ("p 0.25", "train", (2, 2), 0.25, "by hand"),
    ("p 0.75", "train", (2, 3), 0.75, "by hand"),
    ("a batch of rows", "train", (3, 4), 0.5, "plain"),
    ("p 0.2", "train", (4, 6), 0.2, "plain"),
    ("p 0.8", "train", (5, 6), 0.8, "plain"),
    ("p 0.9", "train", (4, 7), 0.9, "plain"),
    ("images", "train", (2, 3, 4, 5), 0.3, "plain"),
    ("images, p 0.75", "train", (3, 2, 5, 4), 0.75, "plain"),
    ("three axes", "train", (2, 3, 4), 0.25, "plain"),
    ("as many rows as columns", "train", (4, 4), 0.4, "plain"),
    ("all sizes equal", "train", (3, 3, 3, 3), 0.5, "plain"),
    ("one row", "train", (1, 6), 0.3, "plain"),
    ("one column", "train", (6, 1), 0.3, "plain"),
    ("zeros in x", "train", (3, 5), 0.6, "zeros"),
    ("large numbers", "train", (3, 4), 0.1, "large"),
    ("p 0", "edge", (3, 4), 0.0, "plain"),
    ("p 0, images", "edge", (2, 3, 2, 4), 0.0, "plain"),
    ("p 1", "edge", (2, 5), 1.0, "plain"),
    ("p 1, images", "edge", (3, 2, 2, 4), 1.0, "plain"),
    ("p 0.99", "edge", (3, 5), 0.99, "plain"),
)
EVALUATION = (
    ("evaluation", "eval", (4,), 0.5, "worked"),
    ("evaluation, rows", "eval", (3, 5), 0.2, "plain"),
    ("evaluation, images", "eval", (3, 2, 4, 5), 0.75, "plain"),
    ("evaluation, zeros in x", "eval", (4, 3), 0.8, "zeros"),
    ("evaluation, p 0", "eval", (2, 4), 0.0, "plain"),
    ("evaluation, p 1", "eval", (2, 3), 1.0, "plain"),
)
# Title, shape, p, in training.
BACK = (
    ("the worked example", (4,), 0.5, True),
    ("two numbers", (2,), 0.5, True),
    ("p 0.75", (2, 3), 0.75, True),
    ("rows, p 0.2", (3, 5), 0.2, True),
    ("rows, p 0.8", (4, 6), 0.8, True),
    ("images", (2, 3, 4, 5), 0.3, True),
    ("three axes", (2, 4, 3), 0.5, True),
    ("as many rows as columns", (4, 4), 0.4, True),
    ("all sizes equal", (3, 3, 3, 3), 0.25, True),
    ("one row", (1, 6), 0.6, True),
    ("one column", (6, 1), 0.3, True),
    ("nothing was dropped", (3, 4), 0.0, True),
    ("everything was dropped", (2, 5), 1.0, True),
    ("evaluation", (2, 3, 2, 4), 0.5, False),
)
WORKED_DRAWS = (0.1, 0.6, 0.4, 0.9)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Training and evaluation, then the way back; hidden arrays are larger."""
    cases = []
    for title, group, shape, p, fill in (*TRAINING, *EVALUATION):
        if rng is not None:
            shape, fill = grown(shape, rng), {"worked": "plain"}.get(fill, fill)
        make = forward(shape, p, fill, train=group != "eval")
        cases.append(Case("dropout", group, title, make=make))
    for title, shape, p, train in BACK:
        worked = rng is None and title == "the worked example"
        shape = shape if rng is None else grown(shape, rng)
        make = worked_gradient if worked else backward(shape, p, train=train)
        cases.append(Case("dropout_backward", "backward", title, make=make))
    return cases


def forward(shape: tuple[int, ...], p: float, fill: str, *, train: bool):
    """A recipe for x and u of the same shape, p and train."""

    def make(rng: np.random.Generator) -> dict:
        if fill == "worked":
            x, u = FILLS["by hand"](rng, shape), np.array(WORKED_DRAWS)
        else:
            x, u = FILLS[fill](rng, shape), draws(rng, shape, p, by_hand=fill == "by hand")
        return {"x": x, "u": u, "p": p, "train": train}

    return make


def worked_gradient(_: np.random.Generator) -> dict:
    """The gradient of the worked example."""
    return {"dy": np.array([1.0, 2.0, 3.0, 4.0]), "mask": np.array([0.0, 2.0, 0.0, 2.0])}


def backward(shape: tuple[int, ...], p: float, *, train: bool):
    """A recipe for dy, and for the mask of a forward pass."""

    def make(rng: np.random.Generator) -> dict:
        return {"dy": slopes(rng, shape), "mask": factors(rng, shape, p, train=train)}

    return make


EXERCISE = Exercise(
    slug="dropout",
    number="5.1",
    chapter="05-dropout",
    title="Drop some, enlarge the others",
    functions=(
        Function("dropout", "x, u, p, train", outputs=("y", "mask")),
        Function("dropout_backward", "dy, mask", outputs=("dx",)),
    ),
    groups=(
        Group("train", 2),
        Group("edge", 1),
        Group("eval", 1),
        Group("backward", 2),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=25,
    difficulty=1,
)
