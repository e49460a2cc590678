"""Exercise 6.2: two penalties at once, one for the size of a weight and one for its square."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import drawn, grown

# Title, w, l1, l2.
BY_HAND = (
    ("both", [3.0, -2.0], 0.5, 0.25),
    ("both, and a weight of 0", [3.0, -2.0, 0.0], 0.5, 0.25),
    ("l1 alone", [1.0, -4.0], 2.0, 0.0),
    ("l2 alone", [1.0, -4.0], 0.0, 2.0),
)

# Group, title, shape of w, l1, l2, factor, how many weights are 0.
RANDOM = (
    ("basic", "a linear layer", (3, 4), 0.1, 0.02, 1.0, 0),
    ("basic", "a convolution", (2, 3, 2, 2), 0.02, 0.1, 1.0, 3),
    ("edge", "one weight", (1,), 0.3, 0.4, 1.0, 0),
    ("edge", "one weight of 0", (1,), 0.3, 0.4, 1.0, 1),
    ("edge", "all weights are 0", (2, 3), 0.3, 0.4, 0.0, 0),
    ("edge", "l1 and l2 are 0", (2, 3), 0.0, 0.0, 1.0, 1),
    ("edge", "equal l1 and l2", (3, 2), 0.2, 0.2, 1.0, 1),
    ("edge", "l1 alone, zeros", (2, 5), 0.7, 0.0, 1.0, 4),
    ("edge", "l2 alone, zeros", (2, 5), 0.0, 0.7, 1.0, 4),
    ("edge", "large weights", (4,), 0.2, 0.1, 1e3, 1),
    ("edge", "small weights", (4,), 3.0, 2.0, 1e-4, 1),
    ("edge", "tiny weights", (2, 3), 3.0, 2.0, 1e-12, 1),
    ("edge", "l1 and l2 above 1", (2, 2, 3), 30.0, 7.0, 1.0, 2),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Weights to do in the head, then arrays; hidden ones are larger."""
    cases = []
    for title, weights, *costs in BY_HAND:
        w = np.array(weights)
        if rng is not None:
            w = np.append(w, rng.integers(3, 9) * w[:2])
        make = given(w, *varied(costs, rng))
        cases.append(Case("elastic_net", "basic", title, make=make))
    for group, title, shape, *costs, factor, zeros in RANDOM:
        if rng is not None:
            shape = grown(shape, rng)
        make = weighed(shape, factor, zeros, *varied(costs, rng))
        cases.append(Case("elastic_net", group, title, make=make))
    return cases


def varied(costs: list[float], rng: np.random.Generator | None) -> list[float]:
    """l1 and l2; hidden ones are a little smaller, equal ones alike."""
    if rng is None:
        return costs
    factors = rng.uniform(0.7, 1, 2) if costs[0] != costs[1] else rng.uniform(0.7, 1, 1).repeat(2)
    return (factors * costs).tolist()


def given(w: np.ndarray, l1: float, l2: float):
    """A recipe for these weights."""
    return lambda _: {"w": w.copy(), "l1": l1, "l2": l2}


def weighed(shape: tuple[int, ...], factor: float, zeros: int, *costs: float):
    """A recipe for random weights, some of them exactly 0."""

    def make(rng: np.random.Generator) -> Inputs:
        w = drawn(rng, *shape) * factor
        w.flat[rng.permutation(w.size)[:zeros]] = 0
        return {"w": w, "l1": costs[0], "l2": costs[1]}

    return make


EXERCISE = Exercise(
    slug="elastic_net",
    number="6.2",
    chapter="06-regularization",
    title="Mix two penalties",
    functions=(Function("elastic_net", "w, l1, l2", outputs=("loss", "grad"), numbers=("loss",)),),
    groups=(Group("basic", 2), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
    # The weights of one case are far below 1e-11, and their signs are seen in the gradient alone.
    tolerance={"float64": (1e-9, 1e-11), "float32": (1e-4, 1e-5)},
)
