"""Exercise 2.3: send each gradient back to the largest number of its window."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.pooling.configs import Config, choose
from grader.exercises.pooling.poolings import MAXIMA


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration, with a gradient that differs from window to window."""
    return [
        Case("maxpool2d_backward", config.group, config.title, make=gradients(config))
        for config in choose(rng, MAXIMA)
    ]


def gradients(config: Config):
    """A recipe for dy, x, k and the settings of a configuration.

    No two numbers of dy are alike, and none is 0 or 1: with ones, a gradient that went to the
    wrong window can look right.
    """

    def make(rng: np.random.Generator) -> dict:
        x, shape = config.filled(rng), (*config.x[:2], *config.out)
        dy = rng.permutation(np.arange(2.0, 2.0 + np.prod(shape))).reshape(shape)
        if config.x[:2] != (1, 1):
            dy *= rng.choice([-0.5, 0.5], shape)
        return {"dy": dy, "x": x, "k": config.k, **config.settings}

    return make


EXERCISE = Exercise(
    slug="maxpool2d_backward",
    number="2.3",
    chapter="02-pooling",
    title="Send the gradient to the maximum",
    functions=(
        Function(
            "maxpool2d_backward",
            "dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False",
            ("dx",),
        ),
    ),
    groups=(Group("basic", 4), Group("edge", 3), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=40,
    extras=("dilation", "ceil_mode"),
    difficulty=3,
)
