"""Known mistakes of 2.2: what a window makes of its numbers, and which numbers it sees."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.borders import BORDERS
from grader.mistakes.pooling.dilations import DILATIONS
from grader.mistakes.pooling.maxima import forward
from grader.mistakes.pooling.outputs import mixed_up
from grader.mistakes.pooling.outside import OUTSIDE, STARTS
from grader.mistakes.pooling.sizes import CEILINGS, STRIDES, Slips, variants


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


def by_magnitude_inside(windows: np.ndarray) -> np.ndarray:
    """The pixel of the map farthest from zero, with its sign."""
    return by_magnitude(np.where(np.isfinite(windows), windows, 0))


def half_by_magnitude(windows: np.ndarray) -> np.ndarray:
    """A running maximum that compares a magnitude with a number, and keeps the number."""
    largest = np.full(windows.shape[:4], -np.inf)
    for i, j in np.ndindex(windows.shape[4:]):
        number = windows[..., i, j]
        larger = np.isfinite(number) & (np.abs(number) > largest)
        largest = np.where(larger, number, largest)
    return largest


REDUCTIONS = {
    **OUTSIDE,
    **STARTS,
    "abs": (
        "You took the largest magnitude. The maximum is the largest number with its sign: 1 is "
        "larger than -4.",
        (
            seen(by_magnitude),
            seen(lambda w: np.abs(w).max((-2, -1))),
            forward(after=lambda y, call: np.abs(y)),
            forward(lambda w: np.abs(w).max((-2, -1))),
            forward(by_magnitude),
            forward(by_magnitude_inside),
            forward(lambda w: np.abs(by_magnitude_inside(w))),
            forward(half_by_magnitude),
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
        (
            seen(lambda w: w.mean((-2, -1))),
            forward(mean_inside),
            forward(lambda w: w.mean((-2, -1))),
        ),
    ),
    "median": (
        "You took the median of each window, its middle number. Keep the largest.",
        (
            seen(lambda w: np.median(w, axis=(-2, -1))),
            forward(lambda w: np.median(w, axis=(-2, -1))),
            forward(lambda w: np.nanmedian(np.where(np.isfinite(w), w, np.nan), axis=(-2, -1))),
        ),
    ),
    "sum": (
        "You added up the numbers of each window. Keep only the largest one.",
        (
            seen(lambda w: w.sum((-2, -1))),
            forward(lambda w: w.sum((-2, -1))),
        ),
    ),
    "corner": (
        "You kept one fixed pixel of each window. That is what a stride alone does; pooling "
        "keeps the largest pixel.",
        (
            forward(lambda w: w[..., 0, 0]),
            seen(lambda w: w[..., 0, 0]),
            seen(lambda w: w[..., -1, -1]),
            forward(lambda w: w[..., -1, -1]),
            forward(lambda w: w[..., w.shape[-2] // 2, w.shape[-1] // 2]),
            seen(lambda w: w[..., w.shape[-2] // 2, w.shape[-1] // 2]),
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
