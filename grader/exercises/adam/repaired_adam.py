"""Exercise 7.7: repair the note's Adam, fault by fault."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.adam.runs import (
    CONSTANT,
    HALF_SQUARE,
    PULSES,
    SILENT,
    SLEEPING,
    SPREAD,
    TINY,
    TURNING,
    UNEQUAL,
    WAVES,
    Run,
    by_hand,
    cases_of,
)

# Steps an epoch: short runs must reach the second one.
BATCHES = 2

RUNS = (
    by_hand(),
    Run("a constant slope", CONSTANT, (2,), 4, options={"lr": 0.1}),
    Run("unequal slopes", UNEQUAL, (3,), 4, options={"lr": 0.05}),
    Run("the defaults", WAVES, (4, 4), 5),
    Run("kernels", WAVES, (2, 1, 3, 2), 6, options={"lr": 0.1}),
    Run("a slope that turns around", TURNING, (3,), 5, options={"lr": 0.2}),
    Run("a slope of 0", SILENT, (3,), 4, "edge", {"lr": 0.02}),
    Run("slopes that come and go", PULSES, (3,), 7, "edge", {"lr": 0.1}),
    Run("slopes that begin late", SLEEPING, (3,), 9, "edge", {"lr": 0.1}),
    Run("tiny slopes", SPREAD, (4,), 5, "edge", {"lr": 0.5}),
    Run("a large eps", WAVES, (3,), 5, "edge", {"lr": 0.2, "eps": 0.5}),
    Run("a middling eps", TINY, (3,), 4, "edge", {"lr": 1.0, "eps": 1e-3, "betas": (0.8, 0.6)}),
    Run("other betas", WAVES, (3,), 6, "edge", {"lr": 0.1, "betas": (0.5, 0.9)}),
    Run("a hundred steps", HALF_SQUARE, (1,), 100, "edge", {"lr": 0.1}, start=(1.0,)),
    Run("two weights in turn", WAVES, (2, 3), 6, "edge", {"lr": 0.1}, in_turn=True),
    Run("the learning rate falls", WAVES, (3,), 6, "edge", {"lr": 0.2}, drop=3),
    Run("w is set back", WAVES, (3,), 6, "edge", {"lr": 0.2}, back=3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """The runs of Adam; the step is told the epoch too, as the note counts."""
    return cases_of("repaired_adam", RUNS, rng, batches=BATCHES)


EXERCISE = Exercise(
    slug="repaired_adam",
    number="7.7",
    chapter="07-adam",
    title="Repair the note",
    functions=(
        Function(
            "repaired_adam",
            "w, g, state, epoch, lr=1e-3, betas=(0.9, 0.999), eps=1e-8",
            outputs=("w",),
        ),
    ),
    groups=(Group("basic", 2), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
)
