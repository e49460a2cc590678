"""Exercise 3.5: find a gradient by trying, and measure how far two gradients are apart."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.equivariance_gap import pasted
from grader.exercises.fully_connected.sizes import drawn, grown

# Functions of an array, written as text: the report shows it, and a learner can paste it. They
# use nothing that torch spells differently, so the reference can differentiate the same text.
CUBES = "lambda x: (x ** 3).sum()"
SQUARES = "lambda x: (x ** 2).sum()"
LINE = "lambda x: (3 * x).sum() + 5"
PRODUCT = "lambda x: x.prod()"
SIGMOID = "lambda x: (1 / (1 + np.exp(-x))).sum()"
WAVES = "lambda x: np.sin(x).sum() * np.cos(2 * x).sum()"
LOG_SUM = "lambda x: np.log(np.exp(x).sum())"
NEIGHBOURS = "lambda x: (x[1:] * x[:-1] ** 2).sum()"
ROWS = "lambda x: (np.exp(x[0]) * x[-1] ** 2).sum() + np.sin(x[:, 0]).sum()"
TWO_LAYERS = "lambda x: (np.tanh(x @ x.T) ** 2).sum()"
OFFSET = "lambda x: 1000 + np.sin(3 * x).sum()"

# Title, function, shape of x, h (None: the default).
FUNCTIONS = (
    ("a line", LINE, (2,), 1.0),
    ("squares, a step of 1", SQUARES, (2,), 1.0),
    ("cubes, a step of 1", CUBES, (2,), 1.0),
    ("a product, a step of 2", PRODUCT, (2,), 2.0),
    ("cubes, a step of a half", CUBES, (2, 2), 0.5),
    ("cubes", CUBES, (3,), None),
    ("one number", SIGMOID, (1,), None),
    ("a sum of sigmoids", SIGMOID, (2, 3), None),
    ("waves", WAVES, (5,), None),
    ("log-sum-exp", LOG_SUM, (6,), None),
    ("neighbours", NEIGHBOURS, (4, 3), None),
    ("rows that differ", ROWS, (3, 2), None),
    ("two layers", TWO_LAYERS, (2, 3), None),
    ("a large constant added", OFFSET, (2, 2), None),
    ("images", LOG_SUM, (2, 2, 3), None),
    ("cubes, a step of 0.001", CUBES, (2, 3), 1e-3),
    ("waves, a step of 0.1", WAVES, (2, 2), 0.1),
)
BY_HAND = 5

# Title, a, b.
PAIRS = (
    ("one is twice the other", [1.0, 2.0], [2.0, 2.0]),
    ("the order does not matter", [4.0, 1.0], [1.0, 1.0]),
    ("opposite signs", [1.0, 3.0], [-1.0, 3.0]),
    ("both negative", [-3.0, -5.0], [-4.0, -5.0]),
    ("the same", [1.0, -2.0], [1.0, -2.0]),
    ("zeros in both", [0.0, 2.0, 0.0], [0.0, 1.0, 0.0]),
    ("nothing but zeros", [0.0, 0.0], [0.0, 0.0]),
    ("a zero in one", [0.0, 5.0], [1.0, 5.0]),
    ("small numbers differ most", [100.0, 0.001], [101.0, 0.002]),
    ("far below the floor", [1e-12, 1.0], [3e-12, 1.0]),
    ("almost the same", [3.0, -2.0], [3.0000003, -2.0]),
    ("a negative difference", [1.0, 1.0], [1.0, 5.0]),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Functions to differentiate, then pairs of gradients to compare."""
    cases = []
    for place, (title, text, shape, h) in enumerate(FUNCTIONS):
        by_hand = rng is None and place < BY_HAND
        shape = shape if rng is None else grown(shape, rng)
        make = _trial(text, shape, h, by_hand=by_hand)
        cases.append(Case("numerical_grad", "numerical_grad", title, make=make))
    for title, a, b in PAIRS:
        make = _pair(np.array(a), np.array(b), rng)
        cases.append(Case("relative_error", "relative_error", title, make=make))
    make = _random_pair((3, 4) if rng is None else grown((3, 4), rng))
    return [*cases, Case("relative_error", "relative_error", "random numbers", make=make)]


def _trial(text: str, shape: tuple[int, ...], h: float | None, *, by_hand: bool):
    """A recipe for f, x and, unless it is the default, h."""
    options = {} if h is None else {"h": h}

    def make(rng: np.random.Generator) -> Inputs:
        x = np.arange(2.0, 2.0 + np.prod(shape)).reshape(shape) if by_hand else drawn(rng, *shape)
        return {"f": pasted(text), "x": x, **options}

    return make


def _pair(a: np.ndarray, b: np.ndarray, rng: np.random.Generator | None):
    """A recipe for two gradients; in hidden cases scaled alike and in another order."""
    if rng is not None:
        order, factor = rng.permutation(len(a)), rng.uniform(0.5, 2)
        a, b = (factor * np.append(array, array[-1])[[*order, -1]] for array in (a, b))
    return lambda _: {"a": a.copy(), "b": b.copy()}


def _random_pair(shape: tuple[int, ...]):
    def make(rng: np.random.Generator) -> Inputs:
        a = drawn(rng, *shape)
        return {"a": a, "b": a + 0.1 * drawn(rng, *shape)}

    return make


EXERCISE = Exercise(
    slug="numerical_grad",
    number="3.5",
    chapter="03-fully-connected",
    title="Check a gradient by trying",
    functions=(
        Function("numerical_grad", "f, x, h=1e-5", outputs=("dx",)),
        Function("relative_error", "a, b", outputs=("error",), kind="number"),
    ),
    groups=(
        Group("numerical_grad", 2),
        Group("relative_error", 1),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=25,
    difficulty=2,
    tolerance={"float64": (1e-8, 1e-8), "float32": (1e-4, 1e-5)},
)
