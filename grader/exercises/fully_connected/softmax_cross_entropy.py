"""Exercise 3.3: how wrong a guess among classes is, and which way is better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import drawn, grown

# Group, title, logits, targets.
LISTED = (
    ("basic", "one row, three classes", [[2.0, 1.0, 0.0]], [0]),
    ("basic", "two classes, undecided", [[0.0, 0.0]], [1]),
    ("basic", "two rows", [[1.0, 0.0], [0.0, 2.0]], [1, 0]),
    ("edge", "sure and right", [[30.0, 0.0, -30.0]], [0]),
    ("edge", "sure and wrong", [[0.0, 60.0, 20.0], [1.0, 0.0, 90.0]], [0, 1]),
    ("edge", "one class", [[3.0], [-1.0]], [0, 0]),
    ("edge", "far above zero", [[1000.0, 1001.0, 999.0], [800.0, 802.0, 801.0]], [2, 0]),
    ("edge", "far below zero", [[-1000.0, -1002.0], [-900.0, -899.0], [-800.0, -801.0]], [1, 0, 0]),
    (
        "edge",
        "rows at different heights",
        [[0.0, 1.0, 2.0], [900.0, 901.0, 900.0], [-900.0, -901.0, -899.0]],
        [2, 0, 1],
    ),
    ("edge", "logits of thousands", [[2000.0, -1000.0, 500.0], [-700.0, 900.0, 0.0]], [2, 0]),
)

# Group, title, (N, K), spread of the logits.
DRAWN = (
    ("basic", "a batch", (4, 3), 1.5),
    ("basic", "more classes than rows", (2, 5), 1.5),
    ("basic", "as many classes as rows", (4, 4), 1.5),
    ("edge", "one row", (1, 6), 1.5),
    ("edge", "many rows", (12, 3), 3.0),
    ("edge", "logits times 1000", (3, 4), 1000.0),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Logits and targets, some so large that an exponential overflows."""
    cases = []
    for group, title, logits, targets in LISTED:
        inputs = {"z": np.array(logits), "t": np.array(targets)}
        inputs = inputs if rng is None else _varied(inputs, rng)
        cases.append(_case(group, title, make=_always(inputs)))
    for group, title, size, spread in DRAWN:
        size = size if rng is None else grown(size, rng)
        cases.append(_case(group, title, make=_batch(size, spread)))
    return cases


def _case(group: str, title: str, *, make: Callable) -> Case:
    return Case("softmax_cross_entropy", group, title, make=make)


def _varied(inputs: Inputs, rng: np.random.Generator) -> Inputs:
    """The same kind of logits with other decimals, the classes in another order, a row twice."""
    z, t = inputs["z"], inputs["t"]
    order = rng.permutation(z.shape[1])
    z = (z * rng.uniform(0.98, 1.02) + rng.uniform(-0.2, 0.2, z.shape)).round(3)[:, order]
    t = np.argsort(order)[t]
    if len(z) > 1:
        z, t = np.vstack([z, z[-1:] + 0.25]), np.append(t, t[0])
    return {"z": z, "t": t}


def _always(inputs: Inputs):
    return lambda _: {name: array.copy() for name, array in inputs.items()}


def _batch(size: tuple[int, ...], spread: float):
    """A recipe for z (N, K) and t (N,); the last class is among the targets, and class 0."""
    n, k = size

    def make(rng: np.random.Generator) -> Inputs:
        t = rng.integers(0, k, n)
        t[0], t[-1] = 0, k - 1
        return {"z": spread * drawn(rng, n, k), "t": t}

    return make


EXERCISE = Exercise(
    slug="softmax_cross_entropy",
    number="3.3",
    chapter="03-fully-connected",
    title="Measure how wrong the guess is",
    functions=(
        Function("softmax_cross_entropy", "z, t", outputs=("loss", "dz"), numbers=("loss",)),
    ),
    groups=(Group("basic", 4), Group("edge", 3), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=35,
    difficulty=2,
)
