"""Exercise 4.2: normalize by the running statistics, whatever else is in the batch."""

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
    small,
)

# Only here may a batch be so small that it has no variance, and a running variance be 0.
MORE = (
    small("one number", (1, 1)),
    Config("one row", (1, 3), group="basic"),
    Config("one pixel", (1, 3, 1, 1)),
    Config("a running variance of 0", (3, 2, 2, 4), var=0.0),
    Config("a running variance of 0.000001", (3, 2, 2, 4), var=1e-6),
    Config("a running variance of 100", (4, 3), var=100.0, scale=10),
    Config("a small running variance, eps 0.001", (4, 3), var=1e-4, eps=1e-3),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """The batches of the other exercises, and some that cannot be trained on."""
    more = MORE if rng is None else [config.grown(rng) for config in MORE]
    return [
        Case("bn_eval", config.group, config.title, make=evaluation(config))
        for config in (*choose(rng, momentum=False, far=False), *more)
    ]


def evaluation(config: Config):
    """A recipe for x, gamma, beta, the running statistics and eps."""

    def make(rng: np.random.Generator) -> dict:
        made = {"x": batch(config, rng), **parameters(config, rng), **running(config, rng)}
        if config.by_hand and config.channels == 1:
            # With the first ones, 0 and 1, there would be nothing to see.
            made |= {"running_mean": np.array([2.0]), "running_var": np.array([16.0])}
        return made | settings(config, "eps")

    return make


EXERCISE = Exercise(
    slug="bn_eval",
    number="4.2",
    chapter="04-batch-normalization",
    title="Normalize without a batch",
    functions=(Function("bn_eval", "x, gamma, beta, running_mean, running_var, eps=1e-5"),),
    groups=(Group("basic", 1.5), Group("edge", 1.5), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
    tolerance=TOLERANCE,
)
