"""Exercise 4.6: translate momentum between libraries, and foretell the running statistics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.batch_normalization.configs import TOLERANCE, Config, batch

# Momentum and convention.
MOMENTA = (
    ("torch's default", 0.1, "torch"),
    ("Keras's default", 0.99, "keras"),
    ("D2L's", 0.9, "d2l"),
    ("a quarter in Keras", 0.25, "keras"),
    ("a quarter in torch", 0.25, "torch"),
    ("three quarters in D2L", 0.75, "d2l"),
    ("nothing is kept", 1.0, "torch"),
    ("everything is kept", 1.0, "keras"),
    ("Keras keeps nothing", 0.0, "keras"),
    ("a long memory", 0.999, "d2l"),
    ("many digits", 0.98765, "keras"),
)

# Title, shape of x, k, momentum, convention.
UPDATES = (
    ("torch, one update", (4, 1), 1, 0.1, "torch"),
    ("torch, two updates", (4, 1), 2, 0.1, "torch"),
    ("Keras, one update", (4, 1), 1, 0.9, "keras"),
    ("Keras, two updates", (4, 1), 2, 0.9, "keras"),
    ("D2L, two updates", (4, 1), 2, 0.9, "d2l"),
    ("no update", (3, 2), 0, 0.25, "torch"),
    ("no update in Keras", (3, 2), 0, 0.25, "keras"),
    ("two rows in torch", (2, 3), 3, 0.25, "torch"),
    ("two rows in Keras", (2, 3), 3, 0.25, "keras"),
    ("two rows in D2L", (2, 3), 3, 0.25, "d2l"),
    ("torch, several features", (5, 3), 10, 0.1, "torch"),
    ("Keras, several features", (5, 3), 10, 0.99, "keras"),
    ("D2L, several features", (6, 2), 7, 0.9, "d2l"),
    ("as many rows as features", (3, 3), 4, 0.2, "torch"),
    ("a hundred updates", (6, 2), 100, 0.01, "torch"),
    ("nothing is kept", (4, 2), 3, 1.0, "torch"),
    ("everything is kept", (4, 2), 3, 1.0, "keras"),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Conventions, and batches that come again and again; hidden ones have other numbers."""
    return [
        *(
            Case("to_torch_momentum", "to_torch_momentum", title, make=momenta(rng, *numbers))
            for title, *numbers in MOMENTA
        ),
        *(
            Case("running_after", "running_after", title, make=updates(rng, title, *numbers))
            for title, *numbers in UPDATES
        ),
    ]


def momenta(rng: np.random.Generator | None, momentum: float, convention: str) -> Callable:
    """A recipe for a momentum and a convention; a hidden momentum is a little smaller."""
    return partial(_inputs, {"momentum": varied(rng, momentum), "convention": convention})


def _inputs(inputs: Inputs, _: np.random.Generator) -> Inputs:
    return dict(inputs)


def varied(rng: np.random.Generator | None, momentum: float) -> float:
    """Another momentum; 0 and 1, which a title promises, stay."""
    if rng is None or momentum in (0.0, 1.0):
        return momentum
    return round(momentum * float(rng.uniform(0.8, 1.0)), 4)


def updates(rng: np.random.Generator | None, title: str, shape: tuple, *numbers) -> Callable:
    """A recipe for a batch x that comes k times, a momentum and a convention."""
    k, momentum, convention = numbers
    config = Config(title, shape, by_hand=rng is None and shape[1] == 1, kept=(shape[0],))
    if rng is not None:
        config = config.grown(rng) if k else Config(title, (shape[0] + 1, shape[1]))
        k += int(rng.integers(0, 4)) if k > 3 else 0
    options = {"k": k, "momentum": varied(rng, momentum), "convention": convention}

    def make(rng: np.random.Generator) -> Inputs:
        return {"x": batch(config, rng), **options}

    return make


EXERCISE = Exercise(
    slug="to_torch_momentum",
    number="4.6",
    chapter="04-batch-normalization",
    title="Translate momentum",
    functions=(
        Function("to_torch_momentum", "momentum, convention", ("momentum",), "number"),
        Function("running_after", "x, k, momentum, convention", ("mean", "var")),
    ),
    groups=(
        Group("to_torch_momentum", 1),
        Group("running_after", 2),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
    tolerance=TOLERANCE,
)
