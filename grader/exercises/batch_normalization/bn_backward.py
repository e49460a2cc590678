"""Exercise 4.3: send a gradient back through a mean and a variance that x itself has made."""

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
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every batch with a random gradient; momentum plays no part."""
    return [
        Case(
            "bn_backward", config.group, config.title, make=gradients(config), single=not config.far
        )
        for config in choose(rng, momentum=False)
    ]


def gradients(config: Config):
    """A recipe for dy, x, gamma and eps.

    dy is never all ones: the gradient would be zero, and many a mistake invisible.
    """

    def make(rng: np.random.Generator) -> dict:
        x, dy = batch(config, rng), rng.normal(size=config.shape).round(2)
        if config.by_hand:
            dy = np.eye(1, x.size).reshape(config.shape)
        gamma = parameters(config, rng)["gamma"]
        return {"dy": dy, "x": x, "gamma": gamma, "eps": config.eps or 1e-5}

    return make


EXERCISE = Exercise(
    slug="bn_backward",
    number="4.3",
    chapter="04-batch-normalization",
    title="Send the gradient back",
    functions=(Function("bn_backward", "dy, x, gamma, eps", outputs=("dx", "dgamma", "dbeta")),),
    groups=(Group("basic", 5), Group("edge", 5), Group("float32", 2), Group("robust", 1)),
    make_cases=make_cases,
    minutes=60,
    difficulty=3,
    tolerance=TOLERANCE,
)
