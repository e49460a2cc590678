"""Exercise 7.2: steps that shrink with all gradients so far."""

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
    by_hand(),
    Run("a constant slope", CONSTANT, (2,), 4, options={"lr": 1.0}),
    Run("unequal slopes", UNEQUAL, (3,), 4, options={"lr": 0.5}),
    Run("the defaults", WAVES, (4, 4), 5),
    Run("kernels", WAVES, (2, 1, 3, 2), 6, options={"lr": 0.3}),
    Run("a slope that turns around", TURNING, (3,), 5, options={"lr": 0.2}),
    Run("a slope of 0", SILENT, (3,), 4, "edge", {"lr": 0.1}),
    Run("slopes that come and go", PULSES, (3,), 6, "edge", {"lr": 0.1}),
    Run("slopes that begin late", SLEEPING, (3,), 9, "edge", {"lr": 0.1}),
    Run("tiny slopes", TINY, (4,), 5, "edge", {"lr": 0.1}),
    Run("tiny slopes, the default eps", SPREAD, (4,), 5, "edge", {"lr": 1.0}),
    Run("a large eps", WAVES, (3,), 5, "edge", {"lr": 0.2, "eps": 0.5}),
    Run("a middling eps", TINY, (3,), 4, "edge", {"lr": 1.0, "eps": 1e-3}),
    Run("steep, then flat", LARGE_THEN_SMALL, (3,), 7, "edge", {"lr": 0.5}),
    long("edge", lr=0.1),
    Run("the learning rate falls", WAVES, (3,), 6, "edge", {"lr": 0.2}, drop=3),
    Run("two weights in turn", WAVES, (2, 3), 6, "edge", {"lr": 0.4}, in_turn=True),
    Run("w is set back", WAVES, (3,), 6, "edge", {"lr": 0.3}, back=3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Plain runs first, then slopes of 0, tiny ones and other eps."""
    return cases_of("adagrad_step", RUNS, rng)


EXERCISE = Exercise(
    slug="adagrad_step",
    number="7.2",
    chapter="07-adam",
    title="Shorten steep steps with AdaGrad",
    functions=(Function("adagrad_step", "w, g, state, lr=1e-2, eps=1e-10", outputs=("w",)),),
    groups=(Group("basic", 2), Group("edge", 2), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
