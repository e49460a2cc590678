"""Exercise 7.6: search a learning rate on a grid, at random, and round after round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.equivariance_gap import pasted

# Title, lo, hi, n.
GRIDS = (
    ("a point in each decade", 1e-4, 1.0, 5),
    ("the two ends alone", 0.01, 100.0, 2),
    ("three points", 1e-3, 0.1, 3),
    ("two points in each decade", 1e-5, 0.1, 9),
    ("ends that are no powers of ten", 0.02, 0.5, 4),
    ("a narrow range", 2e-3, 3e-3, 6),
    ("ends above 1", 2.0, 50.0, 5),
)

# Title, lo, hi, the shape of u; None stands for the example of the statement.
DRAWS = (
    ("the ends and the middle", 1e-4, 1.0, None),
    ("five draws", 1e-5, 1.0, (5,)),
    ("ends that are no powers of ten", 0.003, 0.7, (4,)),
    ("a table of draws", 1e-4, 0.1, (2, 3)),
    ("a single draw, above 1", 2.0, 50.0, (1,)),
    ("no draw", 1e-3, 10.0, (0,)),
)

# Scores of a learning rate, larger is better. They take arrays as well, and make a number of one
# number: `[()]` does that.
PEAK = "lambda lr: -(np.log10(lr) + {}) ** 2"
NARROW = "lambda lr: 5 - 9 * abs(np.log10(lr) + {})"
ACCURACY = "lambda lr: 1 / (1 + (np.log10(lr) + {}) ** 2)"
PLATEAU = "lambda lr: -np.floor(0.7 * abs(np.log10(lr) + {}))"
FLAT = "lambda lr: 0.1 + 0 * lr * {}"
DIVERGING = "lambda lr: np.where(lr > 10 ** (0.5 - {0}), -np.inf, -abs(np.log10(lr) + {0}))[()]"
HOPELESS = "lambda lr: -np.inf + 0 * lr * {}"
STEP = "lambda lr: np.where(lr < 10 ** -{}, 0.1, 0.9)[()]"
RISING = "lambda lr: np.log10(lr) - {}"
FALLING = "lambda lr: -np.log10(lr) - {}"
TWO_PEAKS = "lambda lr: np.cos(4 * np.log10(lr)) - abs(np.log10(lr) + {})"

# Title, score, where it peaks, lo, hi, the shape of u, shrink (None: the default).
SEARCHES = (
    ("one round", PEAK, 2.0, 1e-4, 1.0, (1, 3), None),
    ("two rounds", PEAK, 2.3, 1e-4, 1.0, (2, 2), None),
    ("three rounds of five", PEAK, 2.3, 1e-5, 1.0, (3, 5), None),
    ("one draw a round", NARROW, 1.7, 1e-4, 1.0, (6, 1), None),
    ("a score below 1", ACCURACY, 3.1, 1e-5, 0.3, (4, 2), 0.4),
    ("a score with steps", PLATEAU, 2.5, 1e-6, 1.0, (4, 3), 0.7),
    ("the same score everywhere", FLAT, 2.0, 1e-4, 1.0, (3, 2), None),
    ("large ones diverge", DIVERGING, 2.0, 1e-5, 1.0, (4, 4), None),
    ("all of them diverge", HOPELESS, 2.0, 1e-5, 1.0, (3, 2), None),
    ("all large ones are as good", STEP, 2.0, 1e-4, 1.0, (4, 2), None),
    ("the best is at the upper end", RISING, 2.0, 1e-3, 0.1, (4, 2), 0.6),
    ("the best is at the lower end", FALLING, 2.0, 1e-3, 0.1, (4, 2), 0.6),
    ("two peaks", TWO_PEAKS, 2.6, 1e-5, 1.0, (5, 3), 0.5),
    ("a strong shrink", PEAK, 3.4, 1e-5, 1.0, (4, 3), 0.1),
    ("a slow shrink", NARROW, 2.9, 1e-5, 1.0, (5, 2), 0.9),
    ("no shrink", NARROW, 2.9, 1e-4, 1.0, (4, 2), 1.0),
    ("ends that are no powers of ten", PEAK, 0.9, 0.002, 0.9, (3, 3), 0.25),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Grids, draws and searches; hidden ones have other ends and sizes."""
    made = [
        ("lr_grid", ((title, _grid(rng, *rest)) for title, *rest in GRIDS)),
        ("lr_random", ((title, _draw(rng, *rest)) for title, *rest in DRAWS)),
        ("lr_search", ((title, _search(rng, *rest)) for title, *rest in SEARCHES)),
    ]
    return [Case(name, name, title, make=make) for name, cases in made for title, make in cases]


def ends(rng: np.random.Generator | None, lo: float, hi: float) -> dict[str, float]:
    """A range, and in hidden cases one a little wider."""
    if rng is not None:
        lo, hi = lo * rng.uniform(0.6, 1), hi * rng.uniform(1, 1.5)
    return {"lo": float(f"{lo:.3g}"), "hi": float(f"{hi:.3g}")}


def _grid(rng: np.random.Generator | None, lo: float, hi: float, n: int) -> Callable:
    more = 0 if rng is None or n == 2 else int(rng.integers(1, 4))
    return partial(_copied, {**ends(rng, lo, hi), "n": n + more})


def _copied(inputs: Inputs, _: np.random.Generator) -> Inputs:
    return dict(inputs)


def _draw(rng: np.random.Generator | None, lo: float, hi: float, shape: tuple | None) -> Callable:
    if rng is not None:
        shape = tuple(n + int(rng.integers(1, 3)) if n > 1 else n for n in shape or (3,))
    return partial(_drawn, ends(rng, lo, hi), shape)


def _drawn(inputs: Inputs, shape: tuple | None, rng: np.random.Generator) -> Inputs:
    u = np.array([0.0, 0.5, 1.0]) if shape is None else uniform(rng, shape)
    return {**inputs, "u": u}


def uniform(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers between 0 and 1, with few digits."""
    return np.round(rng.uniform(size=shape), 3)


def _search(rng: np.random.Generator | None, score: str, peak: float, *rest) -> Callable:
    lo, hi, shape, shrink = rest
    if rng is not None:
        peak = round(peak + rng.uniform(-0.2, 0.2), 2)
        shape = tuple(n + int(rng.integers(1, 3)) if n > 1 else n for n in shape)
    options = {} if shrink is None else {"shrink": shrink}
    if rng is not None and shrink not in (None, 1.0):
        options["shrink"] = round(shrink * rng.uniform(0.9, 1.05), 3)
    return partial(_searched, score.format(peak), {**ends(rng, lo, hi)}, shape, options)


def _searched(
    score: str, limits: Inputs, shape: tuple, options: Inputs, rng: np.random.Generator
) -> Inputs:
    u = uniform(rng, shape)
    # Of the first round the first draw is small, and has a score; the last is large.
    first, last = u[0, 0], u[0, -1]
    u[0, -1] = round(0.95 - 0.2 * last, 3)
    u[0, 0] = round(0.05 + 0.2 * first, 3)
    return {"score": pasted(score), **limits, "u": u, **options}


EXERCISE = Exercise(
    slug="lr_grid",
    number="7.6",
    chapter="07-adam",
    title="Search a learning rate",
    functions=(
        Function("lr_grid", "lo, hi, n", outputs=("lrs",)),
        Function("lr_random", "lo, hi, u", outputs=("lrs",)),
        Function(
            "lr_search",
            "score, lo, hi, u, shrink=0.5",
            outputs=("best_lr", "history"),
            numbers=("best_lr",),
        ),
    ),
    groups=(
        Group("lr_grid", 1.5),
        Group("lr_random", 2),
        Group("lr_search", 4),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=3,
)
