"""Eight noisy training runs for exercise 6.5, each with a last epoch that misleads."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

# So many epochs make one mean.
WINDOW = 4


@dataclass(frozen=True)
class Run:
    """The errors of a training run, in percent.

    Args:
        title: what is wrong, or not.
        train, val: the error at the start, the mean of the four epochs before the last four, and
            the mean of the last four.
        last: how far the last training error and the last validation error lie off their mean.
        baseline: the error that one may hope for.
        epochs: how many there are.
        noise: how far other epochs lie off, about.
    """

    title: str
    train: tuple[float, float, float]
    val: tuple[float, float, float]
    last: tuple[float, float]
    baseline: float
    epochs: int = 24
    noise: float = 0.8

    @property
    def both(self) -> list[tuple[tuple[float, float, float], float]]:
        """The levels of both curves, each with the offset of its last epoch."""
        return list(zip((self.train, self.val), self.last, strict=True))

    def grown(self, rng: np.random.Generator) -> Run:
        """A longer run on a task where every error is higher by as much."""
        higher, longer = (int(number) for number in rng.integers(1, 5, 2))
        levels = {name: _lifted(getattr(self, name), higher) for name in ("train", "val")}
        return replace(self, **levels, baseline=self.baseline + higher, epochs=self.epochs + longer)


def _lifted(levels: tuple[float, ...], higher: int) -> tuple[float, ...]:
    return tuple(level + higher for level in levels)


def curve(
    run: Run, levels: tuple[float, float, float], off: float, rng: np.random.Generator
) -> np.ndarray:
    """One error for each epoch, rounded to tenths: a fast fall, then two windows of known means."""
    start, before, end = levels
    early = run.epochs - 2 * WINDOW
    fall = before + (start - before) * np.exp(-5 * np.arange(early) / early)
    fall = fall + run.noise * rng.normal(size=early)
    slope = (end - before) / WINDOW * (np.arange(WINDOW) - (WINDOW - 1) / 2)
    pushed = np.array([-off / 3, -off / 3, -off / 3, off])
    first = before + slope + centred(run.noise * rng.normal(size=WINDOW))
    last = end + pushed if off else end + slope + centred(run.noise * rng.normal(size=WINDOW))
    return np.maximum(np.concatenate([fall, first, last]), 0).round(1)


def centred(values: np.ndarray) -> np.ndarray:
    """The values less their mean."""
    return values - values.mean()


CURVES = (
    Run("a network that is too small", (88, 30, 29.5), (89, 31, 31), (-18, -2), 8),
    Run("a network that is too large", (85, 5, 4), (86, 16, 20), (0, -14), 5),
    Run("stopped too early", (90, 34, 26), (90, 36, 29), (9, 10), 6),
    Run("a good fit", (85, 6, 5.5), (86, 8, 8), (0, 12), 4),
    Run("very few examples", (80, 4, 3.5), (84, 34, 34), (0, -1), 4),
    Run("a hard task", (92, 27, 26), (93, 30, 29), (7, 0), 24),
    Run("too much regularization", (90, 25, 24.5), (90, 24, 23.5), (-16, 0), 5),
    Run("examples learned by heart", (88, 12, 6), (88, 18, 21), (8, -13), 8),
)
