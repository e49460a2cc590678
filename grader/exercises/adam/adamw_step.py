"""Exercise 7.5: Adam whose weights shrink by themselves, not through the gradient."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.adam.runs import (
    LARGE_THEN_SMALL,
    PULSES,
    SILENT,
    SLEEPING,
    SPREAD,
    TINY,
    UNEQUAL,
    WAVES,
    Run,
    by_hand,
    cases_of,
    long,
)

OTHER = {"lr": 0.1, "betas": (0.5, 0.9), "eps": 1e-4, "weight_decay": 0.3}
MIDDLING = {"lr": 1.0, "eps": 1e-3, "betas": (0.8, 0.6)}

RUNS = (
    by_hand(weight_decay=0.1),
    Run("unequal slopes", UNEQUAL, (3,), 4, options={"lr": 0.05}),
    Run("the defaults", WAVES, (4, 4), 5),
    Run("kernels", WAVES, (2, 1, 3, 2), 6, options={"lr": 0.1, "weight_decay": 0.5}),
    Run("other options", WAVES, (3,), 6, options=OTHER),
    Run("no decay", WAVES, (3,), 4, "edge", {"lr": 0.1, "weight_decay": 0.0}),
    Run("decay alone", SILENT, (4,), 5, "edge", {"lr": 0.2, "weight_decay": 0.5}),
    Run("a large decay", WAVES, (3,), 4, "edge", {"lr": 0.5, "weight_decay": 1.5}),
    Run("slopes that come and go", PULSES, (3,), 7, "edge", {"lr": 0.1}),
    Run("slopes that begin late", SLEEPING, (3,), 9, "edge", {"lr": 0.1}),
    Run("tiny slopes", TINY, (4,), 5, "edge", {"lr": 0.1, "weight_decay": 0.2}),
    Run("tiny slopes, the default eps", SPREAD, (4,), 5, "edge", {"lr": 0.5}),
    Run("a large eps", WAVES, (3,), 5, "edge", {"lr": 0.2, "eps": 0.5, "weight_decay": 0.1}),
    Run("a middling eps", TINY, (3,), 4, "edge", MIDDLING),
    Run("steep, then flat", LARGE_THEN_SMALL, (3,), 8, "edge", OTHER),
    Run("the first beta 0", WAVES, (3,), 4, "edge", {"lr": 0.1, "betas": (0.0, 0.9)}),
    long("edge", lr=0.01),
    Run("the learning rate falls", WAVES, (3,), 6, "edge", {"lr": 0.2}, drop=3),
    Run("two weights in turn", WAVES, (2, 3), 6, "edge", {"lr": 0.1}, in_turn=True),
    Run("w is set back", WAVES, (3,), 6, "edge", {"lr": 0.2}, back=3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Plain runs first, then large and missing decays, slopes of 0 and tiny ones."""
    return cases_of("adamw_step", RUNS, rng)


EXERCISE = Exercise(
    slug="adamw_step",
    number="7.5",
    chapter="07-adam",
    title="Decay beside the gradient: AdamW",
    functions=(
        Function(
            "adamw_step",
            "w, g, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2",
            outputs=("w",),
        ),
    ),
    groups=(Group("basic", 2), Group("edge", 2), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=2,
)
