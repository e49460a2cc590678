"""Exercise 7.1: one step of gradient descent, with momentum, Nesterov's momentum and decay."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.adam.runs import (
    CONSTANT,
    HALF_SQUARE,
    LARGE_THEN_SMALL,
    PULSES,
    SILENT,
    SLEEPING,
    TURNING,
    UNEQUAL,
    WAVES,
    Run,
    by_hand,
    cases_of,
    long,
)

MOMENTUM = {"lr": 0.1, "momentum": 0.9}
EXPLICIT = {"lr": 0.2, "momentum": 0.5, "nesterov": False}
NESTEROV = {"lr": 0.05, "momentum": 0.8, "nesterov": True}
ALL = {"lr": 0.05, "momentum": 0.5, "nesterov": True, "weight_decay": 0.3}

RUNS = (
    by_hand(),
    Run("unequal slopes", UNEQUAL, (2,), 3, options={"lr": 0.05}),
    Run("the default learning rate", WAVES, (4, 4), 3),
    Run("a matrix", WAVES, (2, 3), 5, options={"lr": 0.5}),
    Run("a large learning rate", HALF_SQUARE, (3,), 4, options={"lr": 2.5}),
    Run("a slope of 0", SILENT, (3,), 3, options={"lr": 0.2}),
    by_hand("w * w / 2 with momentum", "momentum", momentum=0.9),
    Run("a constant slope", CONSTANT, (2,), 5, "momentum", MOMENTUM),
    Run("a slope that turns around", TURNING, (3,), 6, "momentum", EXPLICIT),
    Run("momentum in kernels", WAVES, (2, 1, 3, 2), 8, "momentum", {"lr": 0.3, "momentum": 0.7}),
    Run("slopes that come and go", PULSES, (3,), 7, "momentum", MOMENTUM),
    Run("slopes that begin late", SLEEPING, (3,), 9, "momentum", MOMENTUM),
    Run("steep, then flat", LARGE_THEN_SMALL, (3,), 7, "momentum", {"lr": 0.01, "momentum": 0.6}),
    Run("a momentum of 1", WAVES, (4,), 5, "momentum", {"lr": 0.1, "momentum": 1.0}),
    Run("the learning rate falls", WAVES, (3,), 6, "momentum", MOMENTUM, drop=3),
    Run("two weights in turn", WAVES, (2, 3), 6, "momentum", MOMENTUM, in_turn=True),
    Run("w is set back", WAVES, (3,), 6, "momentum", MOMENTUM, back=3),
    Run("the default lr, with momentum", WAVES, (4, 3), 4, "momentum", {"momentum": 0.5}),
    long("momentum", lr=0.005, momentum=0.9),
    by_hand("w * w / 2 with Nesterov's momentum", "nesterov", momentum=0.9, nesterov=True),
    Run("Nesterov, a slope that turns around", TURNING, (3,), 6, "nesterov", NESTEROV),
    Run("Nesterov, slopes that come and go", PULSES, (2,), 6, "nesterov", NESTEROV),
    Run("Nesterov in a matrix", WAVES, (3, 2), 7, "nesterov", NESTEROV),
    Run("Nesterov, the learning rate falls", WAVES, (3,), 5, "nesterov", NESTEROV, drop=2),
    by_hand("w * w / 2 with decay", "decay", weight_decay=0.5),
    Run("decay alone", SILENT, (4,), 5, "decay", {"lr": 0.2, "weight_decay": 0.3}),
    Run("decay and momentum", WAVES, (4,), 6, "decay", {**MOMENTUM, "weight_decay": 0.2}),
    Run("everything at once", WAVES, (2, 4), 6, "decay", ALL),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Plain steps first, then one feature after the other."""
    return cases_of("sgd_step", RUNS, rng)


EXERCISE = Exercise(
    slug="sgd_step",
    number="7.1",
    chapter="07-adam",
    title="Descend, with momentum",
    functions=(
        Function(
            "sgd_step",
            "w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0",
            outputs=("w",),
        ),
    ),
    groups=(
        Group("basic", 2),
        Group("momentum", 2),
        Group("nesterov", 1),
        Group("decay", 1),
        Group("float32", 1),
        Group("robust", 1),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
    extras=("momentum", "nesterov", "weight_decay"),
)
