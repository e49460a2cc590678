"""Exercise 6.6: stop when the validation loss has not improved for a while."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group

NAN = float("nan")

# Group, title, validation losses, patience, min_delta. All are multiples of 1/8, so that a loss
# that improves by exactly min_delta does so in floating point too, however it is computed.
LISTED = (
    ("basic", "stops after two bad epochs", [5, 4, 3, 4, 5, 6, 7], 2, 0),
    ("basic", "improves to the end", [5, 4, 3, 2], 2, 0),
    ("basic", "the count starts again", [5, 4, 4.5, 3, 3.5, 3.25, 3.5], 2, 0),
    ("basic", "an equal loss", [5, 4, 4, 4, 3, 2], 2, 0),
    ("basic", "smaller by less than min_delta", [5, 4.75, 4.625, 4, 3], 2, 0.5),
    ("edge", "one epoch", [3], 2, 0),
    ("edge", "patience 1", [5, 4, 4.5, 3, 2], 1, 0),
    ("edge", "patience 1, an equal loss", [5, 4, 4, 3], 1, 0),
    ("edge", "patience longer than the run", [5, 6, 7, 6], 9, 0),
    ("edge", "rises from the start", [2, 3, 4, 5, 6, 7], 3, 0),
    ("edge", "ends while it waits", [5, 4, 3, 4, 5], 3, 0),
    ("edge", "ends as patience does", [5, 3, 4, 5, 6], 3, 0),
    ("edge", "saved in the last moment", [5, 4, 6, 6, 3.5, 6, 6, 6, 1], 3, 0),
    ("edge", "the best comes too late", [5, 4, 5, 5, 1, 0.5], 2, 0),
    ("edge", "up and down, never below the best", [4, 2, 5, 4, 3, 2.5, 2.25, 1], 5, 0),
    ("edge", "small steps add up", [5, 4.75, 4.5, 4.25, 4, 3.75, 3.5], 3, 0.5),
    ("edge", "exactly min_delta", [5, 4.5, 4.25, 4, 3], 3, 0.5),
    ("edge", "exactly min_delta below the best", [5, 4, 3.75, 3.5, 3.5, 3.5], 3, 0.5),
    ("edge", "a lower loss that does not count", [5, 4, 3.75, 3.875, 4, 4.5], 4, 0.5),
    ("edge", "a first loss of 0", [0, 0.5, 0.25, 1], 2, 0),
    ("edge", "negative losses", [-1, -2, -2.25, -2.5, -3, -2.5, -2, -2], 2, 0.375),
    ("edge", "above and below 0", [1, 0.5, 0, -0.5, -0.25, -0.5, -1], 2, 0.25),
    ("edge", "large losses", [4096, 4000, 3999.5, 3999, 3998.5, 3990], 3, 1),
    ("edge", "large losses, small steps", [100001, 100000.5, 100000, 99999.5, 99999.25], 2, 0.25),
    ("edge", "training diverges", [5, 4, NAN, NAN, NAN, NAN], 2, 0),
    ("edge", "one epoch without a number", [5, 4, NAN, 3, 3.5, 3.5, 3.5], 2, 0.25),
)

# Title, epochs, patience, min_delta.
RANDOM = (
    ("a noisy run", 40, 4, 0.0),
    ("a noisy run, min_delta", 40, 4, 0.5),
    ("a noisy run, long patience", 50, 9, 0.25),
    ("a noisy run, patience 2", 30, 2, 0.125),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Runs to follow by hand, then noisy ones; hidden runs are higher and differ in length."""
    cases = []
    for group, title, val, patience, min_delta in LISTED:
        losses = np.array(val, dtype=float)
        if rng is not None:
            losses = hidden(losses, title, rng)
        numbers = {"patience": patience, "min_delta": float(min_delta)}
        cases.append(Case("early_stopping", group, title, make=given(losses, numbers)))
    for title, epochs, *numbers in RANDOM:
        epochs += 0 if rng is None else int(rng.integers(1, 10))
        cases.append(Case("early_stopping", "edge", title, make=noisy(epochs, *numbers)))
    return cases


def hidden(losses: np.ndarray, title: str, rng: np.random.Generator) -> np.ndarray:
    """The same run, begun a little earlier where the title allows it, and higher throughout."""
    earlier = 0 if "start" in title or "first" in title or title == "one epoch" else 1
    higher = 0 if "0" in title or "negative" in title else int(rng.integers(1, 4))
    begin = losses[:1] + 8 * np.arange(earlier * int(rng.integers(1, 4)), 0, -1)
    return np.concatenate([begin, losses]) + higher


def given(losses: np.ndarray, numbers: dict[str, float]):
    """A recipe for these losses."""
    return lambda _: {"val": losses.copy(), **numbers}


def noisy(epochs: int, patience: int, min_delta: float):
    """A recipe for losses that fall, ever slower, with noise; multiples of 1/8."""

    def make(rng: np.random.Generator) -> Inputs:
        fall = 8 * np.exp(-np.arange(epochs) / (epochs / 4)) + rng.normal(size=epochs) / 2
        return {"val": np.round(8 * fall) / 8, "patience": patience, "min_delta": min_delta}

    return make


EXERCISE = Exercise(
    slug="early_stopping",
    number="6.6",
    chapter="06-regularization",
    title="Stop in time",
    functions=(Function("early_stopping", "val, patience, min_delta", ("epochs",), "exact"),),
    groups=(Group("basic", 2), Group("edge", 3)),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
)
