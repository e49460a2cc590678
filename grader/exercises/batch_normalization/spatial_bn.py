"""Exercise 4.4: normalize images as if every pixel were a row of features."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.batch_normalization.bn_forward_train import training
from grader.exercises.batch_normalization.configs import TOLERANCE, choose


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every batch of images."""
    return [
        Case("spatial_bn", config.group, config.title, make=training(config), single=not config.far)
        for config in choose(rng, images=True)
    ]


EXERCISE = Exercise(
    slug="spatial_bn",
    number="4.4",
    chapter="04-batch-normalization",
    title="Turn pixels into rows",
    functions=(
        Function(
            "spatial_bn",
            "x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5",
            outputs=("y", "new_mean", "new_var"),
        ),
    ),
    groups=(Group("basic", 1.5), Group("edge", 1.5), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
    tolerance=TOLERANCE,
)
