"""Exercise 5.3: drop whole maps, one decision for each channel of each image."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.dropout.draws import FILLS, draws, factors, slopes
from grader.exercises.fully_connected.sizes import grown

# Title, group, shape of x, p, how x is filled.
MAPS = (
    ("two maps", "train", (1, 2, 1, 2), 0.5, "by hand"),
    ("two images", "train", (2, 1, 1, 2), 0.5, "by hand"),
    ("two images of two maps, p 0.25", "train", (2, 2, 1, 2), 0.25, "by hand"),
    ("a batch", "train", (3, 2, 4, 5), 0.5, "plain"),
    ("p 0.2", "train", (4, 3, 2, 5), 0.2, "plain"),
    ("p 0.8", "train", (3, 6, 4, 2), 0.8, "plain"),
    ("p 0.75", "train", (2, 5, 3, 4), 0.75, "plain"),
    ("as many images as channels", "train", (3, 3, 4, 2), 0.4, "plain"),
    ("as many images as rows, channels as columns", "train", (3, 4, 3, 4), 0.3, "plain"),
    ("as many channels as rows", "train", (2, 4, 4, 3), 0.5, "plain"),
    ("as many channels as columns", "train", (2, 3, 4, 3), 0.6, "plain"),
    ("as many images as columns", "train", (4, 2, 3, 4), 0.4, "plain"),
    ("all sizes equal", "train", (3, 3, 3, 3), 0.25, "plain"),
    ("1 × 1 maps", "train", (4, 3, 1, 1), 0.5, "plain"),
    ("one image", "train", (1, 5, 2, 3), 0.3, "plain"),
    ("one channel", "train", (5, 1, 3, 2), 0.3, "plain"),
    ("zeros in x", "train", (3, 4, 2, 3), 0.5, "zeros"),
    ("maps of nothing but zeros", "train", (2, 4, 2, 3), 0.5, "flat"),
    ("p 0", "edge", (2, 3, 2, 4), 0.0, "plain"),
    ("p 1", "edge", (3, 2, 2, 4), 1.0, "plain"),
    ("p 0.99", "edge", (2, 3, 4, 2), 0.99, "plain"),
    ("evaluation", "eval", (1, 2, 1, 3), 0.5, "by hand"),
    ("evaluation, a batch", "eval", (3, 2, 4, 5), 0.2, "plain"),
    ("evaluation, all sizes equal", "eval", (3, 3, 3, 3), 0.8, "plain"),
    ("evaluation, p 0", "eval", (2, 3, 2, 4), 0.0, "plain"),
    ("evaluation, p 1", "eval", (2, 4, 3, 2), 1.0, "plain"),
)
# The way back does not know x, nor p, nor the mode.
ONLY_FORWARD = (
    "zeros in x",
    "maps of nothing but zeros",
    "p 0.99",
    "evaluation, a batch",
    "evaluation, all sizes equal",
    "evaluation, p 0",
    "evaluation, p 1",
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Maps, then gradients for most of them; hidden ones are larger."""
    cases = []
    for title, group, shape, p, fill in MAPS:
        shape = shape if rng is None else grown(shape, rng)
        train = group != "eval"
        cases.append(Case("dropout2d", group, title, make=forward(shape, p, fill, train=train)))
        if title not in ONLY_FORWARD:
            make = backward(shape, p, train=train)
            cases.append(Case("dropout2d_backward", "backward", title, make=make))
    # So that views are tried with both functions, the order is function by function.
    return sorted(cases, key=lambda case: case.function)


def forward(shape: tuple[int, ...], p: float, fill: str, *, train: bool):
    """A recipe for x (N, C, H, W), u (N, C), p and train."""

    def make(rng: np.random.Generator) -> dict:
        x = FILLS["plain" if fill == "flat" else fill](rng, shape)
        if fill == "flat":
            x[:, ::2] = 0
        u = draws(rng, shape[:2], p, by_hand=fill == "by hand")
        return {"x": x, "u": u, "p": p, "train": train}

    return make


def backward(shape: tuple[int, ...], p: float, *, train: bool):
    """A recipe for dy (N, C, H, W), and for the mask (N, C) of a forward pass."""

    def make(rng: np.random.Generator) -> dict:
        return {"dy": slopes(rng, shape), "mask": factors(rng, shape[:2], p, train=train)}

    return make


EXERCISE = Exercise(
    slug="dropout2d",
    number="5.3",
    chapter="05-dropout",
    title="Drop whole maps",
    functions=(
        Function("dropout2d", "x, u, p, train", outputs=("y", "mask")),
        Function("dropout2d_backward", "dy, mask", outputs=("dx",)),
    ),
    groups=(
        Group("train", 1.5),
        Group("edge", 0.5),
        Group("eval", 0.5),
        Group("backward", 1.5),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=20,
    difficulty=1,
)
