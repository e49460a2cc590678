"""Exercise 7.4: momentum, and steps that shrink with the recent gradients."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.adam.runs import (
    CONSTANT,
    LARGE_THEN_SMALL,
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
    long,
)

OTHER = {"lr": 0.1, "betas": (0.5, 0.9), "eps": 1e-4}

RUNS = (
    by_hand(),
    Run("a constant slope", CONSTANT, (2,), 4, options={"lr": 0.1}),
    Run("unequal slopes", UNEQUAL, (3,), 4, options={"lr": 0.05}),
    Run("the defaults", WAVES, (4, 4), 5),
    Run("kernels", WAVES, (2, 1, 3, 2), 6, options={"lr": 0.1}),
    Run("a slope that turns around", TURNING, (3,), 5, options={"lr": 0.2}),
    Run("other betas and eps", WAVES, (3,), 6, options=OTHER),
    Run("a slope of 0", SILENT, (3,), 4, "edge", {"lr": 0.02}),
    Run("slopes that come and go", PULSES, (3,), 7, "edge", {"lr": 0.1}),
    Run("slopes that begin late", SLEEPING, (3,), 9, "edge", {"lr": 0.1}),
    Run("tiny slopes", TINY, (4,), 5, "edge", {"lr": 0.1}),
    Run("tiny slopes, the default eps", SPREAD, (4,), 5, "edge", {"lr": 0.5}),
    Run("a large eps", WAVES, (3,), 5, "edge", {"lr": 0.2, "eps": 0.5}),
    Run("a middling eps", TINY, (3,), 4, "edge", {"lr": 1.0, "eps": 1e-3, "betas": (0.8, 0.6)}),
    Run("steep, then flat", LARGE_THEN_SMALL, (3,), 8, "edge", OTHER),
    Run("the first beta 0", WAVES, (3,), 4, "edge", {"lr": 0.1, "betas": (0.0, 0.9)}),
    Run("the second beta 0", WAVES, (3,), 4, "edge", {"lr": 0.1, "betas": (0.9, 0.0)}),
    long("edge", lr=0.01),
    Run("decay alone", SILENT, (4,), 4, "decay", {"lr": 0.1, "weight_decay": 0.1}),
    by_hand("w * w / 2 with decay", "decay", weight_decay=0.5, eps=0.1),
    Run("decay and other betas", WAVES, (2, 2), 6, "decay", {**OTHER, "weight_decay": 0.3}),
    Run("the learning rate falls", WAVES, (3,), 6, "edge", {"lr": 0.2}, drop=3),
    Run("two weights in turn", WAVES, (2, 3), 6, "edge", {"lr": 0.1}, in_turn=True),
    Run("w is set back", WAVES, (3,), 6, "edge", {"lr": 0.2}, back=3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Plain runs first, then slopes of 0, tiny ones and other options."""
    return cases_of("adam_step", RUNS, rng)


EXERCISE = Exercise(
    slug="adam_step",
    number="7.4",
    chapter="07-adam",
    title="Put both together: Adam",
    functions=(
        Function(
            "adam_step",
            "w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0",
            outputs=("w",),
        ),
    ),
    groups=(
        Group("basic", 4),
        Group("edge", 3),
        Group("decay", 1),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
    extras=("weight_decay",),
)
