"""Exercise 4.5: make one convolution of a convolution and the normalization behind it."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.batch_normalization.configs import TOLERANCE, Config, parameters, running

# Title, group, shape of w (F, C, KH, KW), options: bias, eps, and those of Config.
SIZES = (
    ("one weight", "basic", (1, 1, 1, 1), {"by_hand": True}),
    ("two filters", "basic", (2, 1, 1, 2), {"by_hand": True}),
    ("several channels", "basic", (3, 2, 2, 2), {}),
    ("no bias", "basic", (3, 2, 2, 2), {"bias": False}),
    ("a tall kernel", "edge", (4, 2, 3, 1), {}),
    ("a wide kernel, no bias", "edge", (2, 3, 1, 4), {"bias": False}),
    ("as many filters as channels", "edge", (3, 3, 2, 1), {}),
    ("as many filters as columns", "edge", (3, 2, 1, 3), {}),
    ("as many filters as rows of the kernel", "edge", (3, 2, 3, 1), {}),
    ("all sizes equal", "edge", (3, 3, 3, 3), {}),
    ("one channel a filter", "edge", (4, 1, 3, 3), {}),
    ("1 × 1 kernels", "edge", (2, 5, 1, 1), {}),
    ("one filter", "edge", (1, 4, 2, 3), {}),
    ("a small variance, eps 0.001", "edge", (3, 2, 2, 2), {"var": 1e-4, "eps": 1e-3}),
    ("a variance of 0", "edge", (2, 3, 2, 2), {"var": 0.0}),
    ("a large variance", "edge", (3, 2, 2, 1), {"var": 400.0}),
    ("eps 0.5", "edge", (3, 2, 1, 2), {"eps": 0.5}),
    ("a gamma of 0", "edge", (3, 2, 2, 1), {"silent": True}),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Weights of each size; hidden ones are larger."""
    cases = []
    for title, group, shape, options in SIZES:
        own = {name: value for name, value in options.items() if name != "bias"}
        config = Config(title, shape, group=group, **own)
        config = config if rng is None else config.grown(rng)
        make = layers(config, bias=options.get("bias", True))
        cases.append(Case("fold_bn", group, title, make=make))
    return cases


def layers(config: Config, *, bias: bool):
    """A recipe for w, b, gamma, beta, the running statistics and eps."""
    filters = config.shape[0]
    # A parameter for each filter, where a batch has one for each channel.
    each = Config(config.title, (1, filters), var=config.var, silent=config.silent)

    def make(rng: np.random.Generator) -> dict:
        w = rng.normal(size=config.shape).round(2)
        w = np.arange(1.0, 1 + w.size).reshape(w.shape) if config.by_hand else w
        b = rng.integers(1, 20, filters) / 2 * rng.choice([-1, 1], filters)
        made = {"w": w, "b": b if bias else None, **parameters(each, rng), **running(each, rng)}
        return made | {"eps": config.eps or 1e-5}

    return make


EXERCISE = Exercise(
    slug="fold_bn",
    number="4.5",
    chapter="04-batch-normalization",
    title="Fold the normalization away",
    functions=(
        Function(
            "fold_bn",
            "w, b, gamma, beta, running_mean, running_var, eps",
            outputs=("w2", "b2"),
        ),
    ),
    groups=(Group("basic", 2.5), Group("edge", 2.5), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
    tolerance=TOLERANCE,
)
