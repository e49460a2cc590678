"""Exercise 1.3: convolve a batch of images with several filters."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.configs import Config, choose, numbers


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration, filled with numbers."""
    return [
        Case("conv2d_forward", config.group, config.title, make=images(config))
        for config in choose(rng)
    ]


def images(config: Config):
    """A recipe for x, w, b (or None) and the settings of a configuration."""

    def make(rng: np.random.Generator) -> dict:
        filters = config.w[0]
        signed = rng.integers(1, 20, filters) / 2 * rng.choice([-1, 1], filters)
        bias = {"random": signed, "zero": np.zeros(filters), "none": None}[config.bias]
        return {
            "x": numbers(config, rng, *config.x),
            "w": numbers(config, rng, *config.w),
            "b": bias,
            **config.settings,
        }

    return make


EXERCISE = Exercise(
    slug="conv2d_forward",
    number="1.3",
    chapter="01-convolution",
    title="Convolve a batch of images",
    functions=(Function("conv2d_forward", "x, w, b, stride=1, padding=0, dilation=1, groups=1"),),
    groups=(Group("basic", 4), Group("edge", 4), Group("float32", 1), Group("robust", 1)),
    make_cases=make_cases,
    minutes=40,
    extras=("dilation", "groups"),
    difficulty=2,
)
