"""Exercise 1.5: turn windows into columns, so that a convolution is one matrix product."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.configs import Config, choose, numbers
from grader.exercises.convolution.conv2d_forward import images


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration without groups for each of the functions, and a race."""
    configs = choose(rng, groups=False)
    windows = [config for config in configs if config.title not in ONLY_FILTERS]
    race = RACE if rng is None else RACE.grown(rng)
    return [
        *(Case("im2col", "im2col", c.title, make=unfolding(c)) for c in windows),
        *(Case("col2im", "col2im", c.title, make=folding(c)) for c in windows),
        *(Case("conv2d_fast", "conv2d_fast", c.title, make=images(c)) for c in configs),
        Case(
            "conv2d_fast",
            "speed",
            f"a race against four loops, x {race.x}, w {race.w}",
            make=images(race),
            baseline=four_loops,
            speedup=30.0,
        ),
    ]


# In these nothing is special but the filters or the bias, which im2col and col2im do not take.
ONLY_FILTERS = (
    "a bias",
    "no bias",
    "two filters",
    "as many filters as rows and columns",
    "as many filters as channels",
    "more channels than filters",
)
RACE = Config("a race", (2, 3, 26, 26), (4, 3, 3, 3))


def unfolding(config: Config):
    """A recipe for x, KH, KW and the settings."""

    def make(rng: np.random.Generator) -> dict:
        kernel = {"KH": config.w[2], "KW": config.w[3]}
        return {"x": numbers(config, rng, *config.x), **kernel, **config.settings}

    return make


def folding(config: Config):
    """A recipe for cols, the shape of x, KH, KW and the settings."""

    def make(rng: np.random.Generator) -> dict:
        rows, columns = int(np.prod(config.w[1:])), int(np.prod(config.out))
        return {
            "cols": numbers(config, rng, config.x[0], rows, columns),
            "xshape": config.x,
            "KH": config.w[2],
            "KW": config.w[3],
            **config.settings,
        }

    return make


def four_loops(x, w, b):
    """x (N, C, H, W), w (F, C, KH, KW), b (F,) -> (N, F, OH, OW), one number at a time."""
    (n, _, height, width), (f, _, kh, kw) = x.shape, w.shape
    y = np.empty((n, f, height - kh + 1, width - kw + 1), dtype=x.dtype)
    for image, kernel, row, column in np.ndindex(y.shape):
        window = x[image, :, row : row + kh, column : column + kw]
        y[image, kernel, row, column] = np.sum(window * w[kernel]) + b[kernel]
    return y


EXERCISE = Exercise(
    slug="im2col",
    number="1.5",
    chapter="01-convolution",
    title="Turn windows into columns",
    functions=(
        Function("im2col", "x, KH, KW, stride=1, padding=0, dilation=1", outputs=("cols",)),
        Function("col2im", "cols, xshape, KH, KW, stride=1, padding=0, dilation=1", ("x",)),
        Function("conv2d_fast", "x, w, b, stride=1, padding=0, dilation=1"),
    ),
    groups=(
        Group("im2col", 2),
        Group("col2im", 2),
        Group("conv2d_fast", 2),
        Group("float32", 1),
        Group("robust", 1),
        Group("speed", 4, bonus=True),
    ),
    make_cases=make_cases,
    minutes=50,
    extras=("dilation",),
    difficulty=3,
)
