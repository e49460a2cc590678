"""Exercise 8.8: how large the gradient is at every depth, with and without ways around."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS

# Group, title, layers, N, width, gain (None: the default), residual, bn.
LISTED = (
    ("basic", "one layer", 1, 1, 2, None, False, False),
    ("basic", "two layers", 2, 2, 4, None, False, False),
    ("basic", "three layers, gain 2", 3, 3, 2, 2.0, False, False),
    ("basic", "one layer with a way around", 1, 2, 2, None, True, False),
    ("basic", "three layers with ways around", 3, 2, 3, 0.5, True, False),
    ("basic", "one layer, normalized", 1, 4, 2, None, False, True),
    ("basic", "three layers, normalized", 3, 5, 3, 2.0, False, True),
    ("basic", "ways around, normalized branches", 3, 5, 3, 1.5, True, True),
    ("edge", "no layer at all", 0, 3, 4, None, False, False),
    ("edge", "as many images as features", 2, 4, 4, 1.5, True, False),
    ("edge", "one feature", 3, 4, 1, None, True, False),
    ("edge", "one number", 2, 1, 1, None, True, False),
    ("edge", "a gain of zero", 2, 3, 3, 0.0, True, False),
    ("edge", "twelve layers", 12, 6, 8, 1.4142, True, True),
    ("edge", "50 plain layers, small gain", 50, 8, 16, 0.5, False, False),
    ("edge", "50 plain layers, He's gain", 50, 8, 16, 1.4142, False, False),
    ("edge", "50 residual layers, He's gain", 50, 8, 16, 1.4142, True, False),
    ("edge", "50 residual layers, normalized", 50, 8, 16, 1.4142, True, True),
)

# Title, layers, N, width, and by what x is multiplied.
FATES = (
    ("50 layers", 50, 16, 64, 1.0),
    ("2 layers", 2, 16, 32, 1.0),
    ("20 layers", 20, 16, 48, 1.0),
    ("2 layers, large numbers", 2, 8, 32, 1e6),
    ("2 layers, small numbers", 2, 8, 32, 1e-6),
)


RATIOS = (
    ("a ratio just above 1000", 1000.4),
    ("a ratio just below 1000", 999.6),
    ("a ratio just above 0.001", 0.0010004),
    ("a ratio just below 0.001", 0.0009996),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Stacks of layers; hidden ones have other sizes."""
    cases = []
    for group, title, *sizes, gain, residual, bn in LISTED:
        if rng is not None:
            sizes = [size + int(rng.integers(0, 3)) * (1 < size < 20) for size in sizes]
        options = {"gain": gain, "residual": residual or None, "bn": bn or None}
        make = recipe(*sizes, options={k: v for k, v in options.items() if v is not None})
        # Thousands of digits of exponent need float64.
        cases.append(Case("grad_norms", group, title, make=make, single=sizes[0] < 13))
    width = 2 if rng is None else 2 * int(rng.integers(2, 4))
    make = cancelling(width)
    cases.append(Case("grad_norms", "basic", "a sum that is exactly 0", make=make))
    for title, *sizes, scale in FATES:
        if rng is not None:
            sizes[1:] = [size + int(rng.integers(0, 9)) for size in sizes[1:]]
        make = recipe(*sizes, options={}, scale=scale)
        cases.append(Case("fates", "fates", title, make=make))
    for title, ratio in RATIOS:
        make = diagonal(1 if rng is None else int(rng.integers(2, 5)), 2 * ratio)
        cases.append(Case("fates", "fates", title, make=make))
    return cases


def cancelling(width: int) -> Callable[[np.random.Generator], Inputs]:
    """Two layers; what comes into the first feature of the first is 0, to the last bit."""

    def make(rng: np.random.Generator) -> Inputs:
        x = np.repeat(rng.integers(1, 5, (3, 1)).astype(float), width, axis=1)
        weights = [rng.integers(1, 4, (width, width)).astype(float) for _ in range(2)]
        weights[0][0] = np.tile([1.0, -1.0], width // 2)
        return {"x": x, "weights": weights}

    return make


def diagonal(width: int, factor: float) -> Callable[[np.random.Generator], Inputs]:
    """Positive numbers and one layer that multiplies them by a factor."""

    def make(rng: np.random.Generator) -> Inputs:
        x = rng.uniform(1, 2, (3, width))
        return {"x": x, "weights": [factor * np.eye(width)]}

    return make


def recipe(
    layers: int, N: int, width: int, *, options: Inputs, scale: float = 1.0
) -> Callable[[np.random.Generator], Inputs]:
    """x, the weights of all layers, and the options that are not the default."""

    def make(rng: np.random.Generator) -> Inputs:
        x = scale * rng.normal(size=(N, width))
        weights = [rng.normal(size=(width, width)) / np.sqrt(width) for _ in range(layers)]
        return {"x": x, "weights": weights} | options

    return make


EXERCISE = Exercise(
    slug="grad_norms",
    number="8.8",
    chapter="08-classic-networks",
    title="Watch the gradient on its way",
    functions=(
        Function(
            "grad_norms", "x, weights, gain=1.0, residual=False, bn=False", outputs=("norms",)
        ),
        Function("fates", "x, weights", ("answers",), "exact"),
    ),
    groups=(
        Group("basic", 2),
        Group("edge", 1),
        Group("fates", 1),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
    tolerance={"float64": (1e-8, 1e-11), "float32": (1e-3, 1e-4)},
    forbidden=ALLOWED_LAYERS,
)
