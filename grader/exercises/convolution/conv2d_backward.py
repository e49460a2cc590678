"""Exercise 1.4: send the gradient of a convolution's output back to its inputs."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.configs import Config, choose, numbers


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration that differs in more than its bias, with a random gradient."""
    return [
        Case("conv2d_backward", config.group, config.title, make=gradients(config))
        for config in choose(rng)
        if config.title not in ("a bias", "no bias")
    ]


def gradients(config: Config):
    """A recipe for dy, x, w and the settings of a configuration.

    dy is never all ones: with ones, a gradient that is flipped or shifted can look right.
    """

    def make(rng: np.random.Generator) -> dict:
        shape = (config.x[0], config.w[0], *config.out)
        dy = rng.permutation(np.arange(2.0, 2.0 + np.prod(shape))).reshape(shape)
        return {
            "dy": dy if config.by_hand else rng.normal(size=shape).round(2),
            "x": numbers(config, rng, *config.x),
            "w": numbers(config, rng, *config.w),
            **config.settings,
        }

    return make


EXERCISE = Exercise(
    slug="conv2d_backward",
    number="1.4",
    chapter="01-convolution",
    title="Send the gradient back",
    functions=(
        Function(
            "conv2d_backward",
            "dy, x, w, stride=1, padding=0, dilation=1, groups=1",
            outputs=("dx", "dw", "db"),
        ),
    ),
    groups=(Group("basic", 5), Group("edge", 6), Group("float32", 2), Group("robust", 1)),
    make_cases=make_cases,
    minutes=60,
    extras=("dilation", "groups"),
    difficulty=3,
)
