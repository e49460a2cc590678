"""Known mistakes of 2.2: what a window makes of its numbers, and which numbers it sees."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.dilations import DILATIONS
from grader.mistakes.pooling.maxima import forward
from grader.mistakes.pooling.outputs import mixed_up
from grader.mistakes.pooling.sizes import (
    BORDERS,
    CEILINGS,
    STRIDES,
    Slips,
    variants,
)


def filled(number: float, *, only: str = "") -> Callable:
    """A forward pass with a number around the map.

    Args:
        number: what is there instead of minus infinity.
        only: `fill` for the padding alone, `beyond` for what lies behind it alone.
    """
    names = (only,) if only else ("fill", "beyond")
    return forward(**{name: lambda call: number for name in names})


def floored(number: float) -> Callable:
    """A forward pass whose running maximum starts at a number."""
    return forward(after=lambda y, call: np.maximum(y, number))


def seen(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """A forward pass in which windows see zeros outside and make something else of it."""
    return forward(rule, fill=lambda call: 0, beyond=lambda call: 0)


def by_magnitude(windows: np.ndarray) -> np.ndarray:
    """The number farthest from zero, with its sign."""
    flat = windows.reshape(*windows.shape[:4], -1)
    at = np.argmax(np.abs(flat), axis=-1)[..., None]
    return np.take_along_axis(flat, at, axis=-1)[..., 0]


def mean_inside(windows: np.ndarray) -> np.ndarray:
    """The mean of the pixels of the map."""
    inside = np.isfinite(windows)
    return np.where(inside, windows, 0).sum((-2, -1)) / inside.sum((-2, -1))


def at(windows: np.ndarray) -> np.ndarray:
    """Where in the window the maximum is."""
    return np.argmax(windows.reshape(*windows.shape[:4], -1), axis=-1)


FINITE = (-1, -10, -100, -999, -1000, -1e4, -65504, -1e5, -1e6, -1e8, -1e9, -1e10, -1e18)

REDUCTIONS = {
    "zero_pad": (
        "Outside the map you put zeros, and where all numbers are negative your zeros win. "
        "Outside must never win: put -np.inf there.",
        (filled(0), filled(0, only="fill"), filled(0, only="beyond")),
    ),
    "finite_pad": (
        "Outside the map you put a number that is not small enough: it wins where the map is "
        "smaller still. Only -np.inf never wins.",
        (
            *(filled(number) for number in FINITE),
            *(filled(number, only="beyond") for number in (-1, -100, -1e9)),
            filled(-1, only="fill"),
        ),
    ),
    "infinite_pad": (
        "Outside the map you put +infinity, which always wins. Put -np.inf there, which never "
        "does.",
        (filled(np.inf), filled(np.inf, only="fill")),
    ),
    "relu_first": (
        "Negative maxima come out as 0. Start each maximum at -np.inf, or at the window's first "
        "number, and not at 0.",
        (floored(0),),
    ),
    "starts_too_high": (
        "Your running maximum starts at a number that is larger than some windows. Start it at "
        "-np.inf, or at the window's first number.",
        tuple(floored(number) for number in FINITE),
    ),
    "abs": (
        "You took the largest magnitude. The maximum is the largest number with its sign: 1 is "
        "larger than -4.",
        (
            seen(by_magnitude),
            seen(lambda w: np.abs(w).max((-2, -1))),
            forward(after=lambda y, call: np.abs(y)),
        ),
    ),
    "min": (
        "You kept the smallest number of each window. Keep the largest.",
        (
            seen(lambda w: w.min((-2, -1))),
            forward(lambda w: w.min((-2, -1)), fill=lambda c: np.inf, beyond=lambda c: np.inf),
            forward(lambda w: w.min((-2, -1))),
        ),
    ),
    "mean": (
        "You averaged each window. That is average pooling; keep the largest number instead.",
        (seen(lambda w: w.mean((-2, -1))), forward(mean_inside)),
    ),
    "sum": (
        "You added up the numbers of each window. Keep only the largest one.",
        (seen(lambda w: w.sum((-2, -1))),),
    ),
    "corner": (
        "You kept one fixed pixel of each window. That is what a stride alone does; pooling "
        "keeps the largest pixel.",
        (
            forward(lambda w: w[..., 0, 0]),
            seen(lambda w: w[..., 0, 0]),
            seen(lambda w: w[..., -1, -1]),
        ),
    ),
    "one_axis": (
        "You took the maximum along one side of the window only. Take it over its rows and its "
        "columns: axis=(-2, -1) of the window.",
        (
            forward(lambda w: w[..., 0, :].max(-1)),
            forward(lambda w: w[..., 0].max(-1)),
            forward(lambda w: w[..., -1, :].max(-1)),
            forward(lambda w: w[..., -1].max(-1)),
        ),
    ),
    "argmax": (
        "You returned where the maximum is, and not the maximum itself. argmax gives a place, "
        "max the number.",
        (forward(at),),
    ),
}

SHARED: Slips = {
    **mixed_up(np.max, "took the maximum over"),
    **STRIDES,
    **BORDERS,
    **CEILINGS,
    **DILATIONS,
}

MISTAKES = tuple(
    Mistake(slug, "maxpool2d_forward", message, codings)
    for slug, (message, codings) in {**REDUCTIONS, **variants(forward, SHARED)}.items()
)
