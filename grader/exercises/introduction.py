"""Exercise 0.1, a first small one to see that everything works."""

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Small batches of rows; hidden ones have other sizes."""
    sizes = [(2, 3), (1, 2), (4, 4), (3, 1)]
    if rng is not None:
        sizes = [(n + int(rng.integers(4, 8)), d + int(rng.integers(0, 3))) for n, d in sizes]
    groups = ["basic", "basic", "edge", "edge"]
    return [
        Case("add_bias", group, f"{counted(n, 'row')}, {counted(d, 'column')}", make=rows(n, d))
        for group, (n, d) in zip(groups, sizes, strict=True)
    ]


def counted(number: int, noun: str) -> str:
    """Such as `1 row` and `2 rows`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def rows(n: int, d: int):
    """A recipe for x (n, d) and b (d,)."""

    def make(rng: np.random.Generator) -> dict:
        return {"x": rng.integers(-9, 10, (n, d)) / 1.0, "b": rng.integers(-9, 10, d) / 2.0}

    return make


ADD_BIAS = Exercise(
    slug="add_bias",
    number="0.1",
    chapter="00-introduction",
    title="Add a bias to every row",
    functions=(Function("add_bias", "x, b"),),
    groups=(Group("basic", 0.5), Group("edge", 0.5), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=5,
    difficulty=1,
)

EXERCISES = (ADD_BIAS,)
