"""Exercise 6.1: what large weights cost, and how that cost grows with each of them."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import drawn, grown

# Title, weights, lam, half (None: not given). Small enough to be done in the head.
BY_HAND = (
    ("two weights", ([3.0, -2.0],), 1e-4, None),
    ("two weights, a large lam", ([3.0, -2.0],), 2.0, None),
    ("half", ([3.0, -2.0],), 2.0, True),
    ("half is False", ([1.0, -4.0],), 3.0, False),
    ("two arrays", ([1.0, -2.0], [[3.0, 1.0, -1.0]]), 0.5, None),
)

# Title, shapes, lam, half, factor. The first group is basic, the second edge.
BASIC = (
    ("a convolution and a linear layer", ((2, 3, 2, 2), (4, 5)), 0.01, None, 1.0),
    ("three arrays, half", ((3, 2), (5,), (2, 2, 1, 3)), 0.3, True, 1.0),
)
EDGE = (
    ("one number", ((1,),), 0.1, None, 1.0),
    ("one number, half", ((1, 1),), 0.7, True, 1.0),
    ("lam is 0", ((2, 3), (4,)), 0.0, None, 1.0),
    ("all weights are 0", ((2, 3), (4,)), 0.1, None, 0.0),
    ("two arrays of the same shape", ((2, 3), (2, 3)), 0.2, None, 1.0),
    ("an array and its bias", ((3, 4), (3,)), 0.05, None, 1.0),
    ("a bias first", ((4,), (4, 2, 1, 1)), 0.05, True, 1.0),
    ("six arrays", ((2, 1, 3, 3), (2,), (3, 2), (3,), (2, 3), (2,)), 0.02, None, 1.0),
    ("large weights", ((3, 2), (4,)), 0.02, None, 1e3),
    ("small weights", ((3, 2), (4,)), 5.0, True, 1e-3),
    ("a large lam", ((2, 3), (3, 1)), 40.0, None, 1.0),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Weights to do in the head, then layers; hidden layers are larger, hidden weights others."""
    cases = []
    for title, weights, *numbers in BY_HAND:
        arrays = [np.array(own) for own in weights]
        if rng is not None:
            arrays = [np.append(own, own.round() + 1, axis=-1) for own in arrays]
        cases.append(Case("l2", "basic", title, make=listed(arrays, *varied(numbers, rng))))
    for group, configs in (("basic", BASIC), ("edge", EDGE)):
        for title, shapes, *numbers, factor in configs:
            if rng is not None:
                shapes = alike(shapes, rng)
            make = layers(shapes, factor, *varied(numbers, rng))
            cases.append(Case("l2", group, title, make=make))
    return cases


def varied(numbers: list, rng: np.random.Generator | None) -> list:
    """lam and half; a hidden lam is a little smaller."""
    lam, half = numbers
    return [lam if rng is None else lam * float(rng.uniform(0.7, 1)), half]


def alike(shapes: tuple, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Larger shapes; equal ones stay equal, and 1 stays 1."""
    sizes = grown([size for shape in shapes for size in shape], rng)
    return [tuple(sizes[i] for i in places) for places in _places(shapes)]


def _places(shapes: tuple) -> list[range]:
    """Where the sizes of each shape stand when all are in one row."""
    ends = np.cumsum([len(shape) for shape in shapes]).tolist()
    return [range(end - len(shape), end) for end, shape in zip(ends, shapes, strict=True)]


def listed(arrays: list[np.ndarray], lam: float, half: bool | None):
    """A recipe for given weights."""
    return lambda _: _inputs([array.copy() for array in arrays], lam, half)


def layers(shapes, factor: float, lam: float, half: bool | None):
    """A recipe for random weights of these shapes, all multiplied by a factor."""

    def make(rng: np.random.Generator) -> Inputs:
        return _inputs([drawn(rng, *shape) * factor for shape in shapes], lam, half)

    return make


def _inputs(weights: list[np.ndarray], lam: float, half: bool | None) -> Inputs:
    options = {} if half is None else {"half": half}
    return {"weights": weights, "lam": lam, **options}


EXERCISE = Exercise(
    slug="l2",
    number="6.1",
    chapter="06-regularization",
    title="Let weights cost something",
    functions=(
        Function(
            "l2",
            "weights, lam, half=False",
            outputs=("loss", "grads"),
            numbers=("loss",),
            lists=("grads",),
        ),
    ),
    groups=(Group("basic", 2), Group("edge", 2), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=1,
    extras=("half",),
)
