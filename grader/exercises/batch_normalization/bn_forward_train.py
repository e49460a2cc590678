"""Exercise 4.1: normalize a batch by its own mean and variance, and keep running ones."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.batch_normalization.configs import (
    TOLERANCE,
    Config,
    batch,
    choose,
    parameters,
    running,
    settings,
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every batch, of rows or of images."""
    return [
        Case(
            "bn_forward_train",
            config.group,
            config.title,
            make=training(config),
            single=not config.far,
        )
        for config in choose(rng)
    ]


def training(config: Config):
    """A recipe for x, gamma, beta, the running statistics and the options."""

    def make(rng: np.random.Generator) -> dict:
        return {
            "x": batch(config, rng),
            **parameters(config, rng),
            **running(config, rng),
            **settings(config, "momentum", "eps"),
        }

    return make


EXERCISE = Exercise(
    slug="bn_forward_train",
    number="4.1",
    chapter="04-batch-normalization",
    title="Normalize a batch",
    functions=(
        Function(
            "bn_forward_train",
            "x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5",
            outputs=("y", "new_mean", "new_var"),
        ),
    ),
    groups=(Group("basic", 4), Group("edge", 4), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=40,
    difficulty=2,
    tolerance=TOLERANCE,
)
