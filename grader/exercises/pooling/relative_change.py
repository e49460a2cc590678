"""Exercise 2.6: by how much a pooled map changes when its image is shifted, turned or dimmed."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.equivariance_gap import pasted
from grader.exercises.pooling.digits import digits

# Functions of X (N, C, H, W), written as text: the report shows it, and a learner can paste it.
NOTHING = "lambda x: x"
MAX2 = "lambda x: x.reshape(*x.shape[:2], x.shape[2] // 2, 2, x.shape[3] // 2, 2).max((3, 5))"
MAX4 = "lambda x: x.reshape(*x.shape[:2], x.shape[2] // 4, 4, x.shape[3] // 4, 4).max((3, 5))"
AVG2 = "lambda x: x.reshape(*x.shape[:2], x.shape[2] // 2, 2, x.shape[3] // 2, 2).mean((3, 5))"
GAP = "lambda x: x.mean(axis=(2, 3))"
EVERY_SECOND = "lambda x: x[:, :, ::2, ::2]"
TEN_TIMES = "lambda x: 10 * x"

HALVED = "lambda x: x / 2"
FIVE_MORE = "lambda x: x + 5"
MIRRORED = "lambda x: x[..., ::-1]"
TURNED = "lambda x: np.rot90(x, axes=(2, 3))"
RIGHT = "lambda x: np.pad(x, [(0, 0), (0, 0), (0, 0), ({0}, 0)])[..., :-{0}]"
DOWN = "lambda x: np.pad(x, [(0, 0), (0, 0), ({0}, 0), (0, 0)])[:, :, :-{0}]"
SQUARED = "lambda x: x**2 / 4"
LATER_CHANNELS = "lambda x: x * np.arange(1, x.shape[1] + 1)[:, None, None]"
LATER_ROWS = "lambda x: x * np.arange(x.shape[2])[:, None]"

# Group, title, pool, T, the shape of X or None for the digits.
LISTED = [
    ("basic", "no pooling, nothing changed", NOTHING, NOTHING, (1, 1, 2, 2)),
    ("basic", "no pooling, half the brightness", NOTHING, HALVED, (1, 1, 1, 2)),
    ("basic", "no pooling, moved by a column", NOTHING, RIGHT.format(1), (1, 1, 1, 3)),
    ("basic", "no pooling, mirrored", NOTHING, MIRRORED, (1, 1, 1, 2)),
    ("basic", "2 × 2 maxima, moved by a column", MAX2, RIGHT.format(1), (1, 1, 2, 4)),
    ("basic", "2 × 2 averages, moved by a row", AVG2, DOWN.format(1), (2, 1, 4, 4)),
    ("basic", "2 × 2 maxima, five more everywhere", MAX2, FIVE_MORE, (2, 2, 4, 2)),
    ("basic", "two images, five more everywhere", NOTHING, FIVE_MORE, (2, 1, 1, 2)),
    ("edge", "the global average, mirrored", GAP, MIRRORED, (3, 2, 4, 5)),
    ("edge", "the global average, each channel brighter", GAP, LATER_CHANNELS, (2, 3, 4, 5)),
    ("edge", "maxima of later rows", MAX2, LATER_ROWS, (3, 2, 6, 4)),
    ("edge", "squared, 2 × 2 maxima", MAX2, SQUARED, (4, 3, 4, 6)),
    ("edge", "every second pixel, moved by a column", EVERY_SECOND, RIGHT.format(1), (2, 3, 4, 6)),
    ("edge", "ten times as large, moved by two rows", TEN_TIMES, DOWN.format(2), (3, 2, 5, 4)),
    ("edge", "each channel brighter, 2 × 2 averages", AVG2, LATER_CHANNELS, (3, 4, 4, 2)),
    ("edge", "200 digits, no pooling, moved by one column", NOTHING, RIGHT.format(1), None),
    ("edge", "200 digits, 2 × 2 maxima, moved by two columns", MAX2, RIGHT.format(2), None),
    ("edge", "200 digits, 2 × 2 averages, moved by four columns", AVG2, RIGHT.format(4), None),
    ("edge", "200 digits, 4 × 4 maxima, a quarter turn", MAX4, TURNED, None),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Small images of whole numbers, then digits; hidden images are larger, hidden digits fewer."""
    count, few = (200, 50) if rng is None else (int(rng.integers(120, 180)), 60)
    cases = []
    for group, title, pool, change, shape in LISTED:
        if shape is not None:
            shape = shape if rng is None else vary(shape, rng)
            make = recipe(pool, change, shape)
        else:
            make = with_digits(count, pool=pool, T=change)
        cases.append(Case("relative_change", group, title, make=make))
    # Few, so that an answer in loops has the time to measure.
    return [*cases, Case("findings", "findings", f"{few} digits", make=with_digits(few))]


def vary(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[int, ...]:
    """More images and channels, and sides longer by an even number."""
    more = [1, 0, *(2 * rng.integers(1, 3, 2)).tolist()]
    return tuple(side + extra for side, extra in zip(shape, more, strict=True))


def recipe(pool: str, change: str, shape: tuple[int, ...]):
    """A pooling, a change, and images of whole numbers, each larger than in the one before."""

    def make(rng: np.random.Generator) -> Inputs:
        X = rng.integers(1, 10, shape) * np.arange(1.0, 1.0 + shape[0])[:, None, None, None]
        return {"pool": pasted(pool), "T": pasted(change), "X": X}

    return make


def with_digits(count: int, **expressions: str):
    """A recipe for so many digits, and for functions."""

    def make(rng: np.random.Generator) -> Inputs:
        functions = {name: pasted(expression) for name, expression in expressions.items()}
        chosen = np.sort(rng.choice(200, count, replace=False))
        return {**functions, "X": digits()[chosen]}

    return make


EXERCISE = Exercise(
    slug="relative_change",
    number="2.6",
    chapter="02-pooling",
    title="Measure how much pooling forgives",
    functions=(
        Function("relative_change", "pool, T, X", ("change",), "number"),
        Function("findings", "X", ("answers",), "exact"),
    ),
    groups=(
        Group("basic", 1),
        Group("edge", 1),
        Group("findings", 1),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=25,
    difficulty=2,
    # A small number added to a denominator is no mistake.
    tolerance={"float64": (1e-6, 1e-8), "float32": (1e-4, 1e-5)},
)
