"""Exercise 7.3: steps that shrink with the recent gradients."""

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

RUNS = (
    by_hand(alpha=0.75),
    Run("a constant slope", CONSTANT, (2,), 4, options={"lr": 0.1, "alpha": 0.5}),
    Run("unequal slopes", UNEQUAL, (3,), 4, options={"lr": 0.05, "alpha": 0.9}),
    Run("the defaults", WAVES, (4, 4), 5),
    Run("kernels", WAVES, (2, 1, 3, 2), 6, options={"lr": 0.1}),
    Run("a slope that turns around", TURNING, (3,), 5, options={"lr": 0.2, "alpha": 0.8}),
    Run("a slope of 0", SILENT, (3,), 4, "edge", {"lr": 0.02}),
    Run("slopes that come and go", PULSES, (3,), 7, "edge", {"lr": 0.1}),
    Run("slopes that begin late", SLEEPING, (3,), 9, "edge", {"lr": 0.1, "alpha": 0.9}),
    Run("tiny slopes", TINY, (4,), 5, "edge", {"lr": 0.01}),
    Run("tiny slopes, the default eps", SPREAD, (4,), 5, "edge", {"lr": 0.5}),
    Run("a large eps", WAVES, (3,), 5, "edge", {"lr": 0.2, "eps": 0.5}),
    Run("a middling eps", TINY, (3,), 4, "edge", {"lr": 1.0, "eps": 1e-3, "alpha": 0.9}),
    Run("steep, then flat", LARGE_THEN_SMALL, (3,), 8, "edge", {"lr": 0.5, "alpha": 0.6}),
    Run("nothing is kept", WAVES, (3,), 4, "edge", {"lr": 0.1, "alpha": 0.0}),
    long("edge", lr=0.01),
    Run("the learning rate falls", WAVES, (3,), 6, "edge", {"lr": 0.2}, drop=3),
    Run("two weights in turn", WAVES, (2, 3), 6, "edge", {"lr": 0.1}, in_turn=True),
    Run("w is set back", WAVES, (3,), 6, "edge", {"lr": 0.1}, back=3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Plain runs first, then slopes of 0, tiny ones and other eps."""
    return cases_of("rmsprop_step", RUNS, rng)


EXERCISE = Exercise(
    slug="rmsprop_step",
    number="7.3",
    chapter="07-adam",
    title="Forget old gradients with RMSProp",
    functions=(
        Function("rmsprop_step", "w, g, state, lr=1e-2, alpha=0.99, eps=1e-8", outputs=("w",)),
    ),
    groups=(Group("basic", 2), Group("edge", 2), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
