"""Exercise 2.2: keep the largest number of every window."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.pooling.configs import Config, choose
from grader.exercises.pooling.poolings import MAXIMA


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration, filled with numbers."""
    return [
        Case("maxpool2d_forward", config.group, config.title, make=maps(config))
        for config in choose(rng, MAXIMA)
    ]


def maps(config: Config):
    """A recipe for x, k and the settings of a configuration."""

    def make(rng: np.random.Generator) -> dict:
        return {"x": config.filled(rng), "k": config.k, **config.settings}

    return make


EXERCISE = Exercise(
    slug="maxpool2d_forward",
    number="2.2",
    chapter="02-pooling",
    title="Keep the largest number of every window",
    functions=(
        Function("maxpool2d_forward", "x, k, stride=None, padding=0, dilation=1, ceil_mode=False"),
    ),
    groups=(Group("basic", 3), Group("edge", 2), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=30,
    extras=("dilation", "ceil_mode"),
    difficulty=2,
)
