"""A right diagnosis of a training run, whose windows and rules can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

Window = Callable[[np.ndarray], tuple[float, float]]


@dataclass(frozen=True)
class Seen:
    """What a diagnosis looks at.

    Args:
        before, train: the training error earlier and at the end.
        val_before, val: the validation error earlier and at the end.
        baseline: the error that one may hope for.
    """

    before: float
    train: float
    val_before: float
    val: float
    baseline: float

    @property
    def falls(self) -> tuple[float, float]:
        """By how much both errors fell."""
        return self.before - self.train, self.val_before - self.val

    @property
    def level(self) -> float:
        """How far training ends above the baseline."""
        return self.train - self.baseline

    @property
    def gap(self) -> float:
        """How far validation ends above training."""
        return self.val - self.train


def windows(errors: np.ndarray) -> tuple[float, float]:
    """The means of the four epochs before the last four, and of the last four."""
    return errors[-8:-4].mean(), errors[-4:].mean()


# The rules in the order in which they are asked.
RULES: dict[str, Callable[[Seen], bool]] = {
    "not converged": lambda s: min(s.falls) > 2,
    "underfit": lambda s: s.level > 5,
    "overfit": lambda s: s.gap > 5,
}


def judged(
    rules: dict[str, Callable[[Seen], bool]] | None = None,
    *,
    window: Window = windows,
    order: tuple[str, ...] = tuple(RULES),
    words: Callable[[str], object] = lambda word: word,
    seen: Callable[[Seen], Seen] = lambda seen: seen,
) -> Callable:
    """A diagnosis with slips.

    Args:
        rules: those that differ; None in place of a rule leaves it out.
        window: what it takes for the error before, and at the end.
        order: in which order the rules are asked.
        words: what it says instead of the right word.
        seen: what it believes to see.
    """
    known = RULES | (rules or {})

    def diagnose(train_err, val_err, baseline):
        believed = seen(Seen(*window(train_err), *window(val_err), baseline))
        found = [name for name in order if known[name] and known[name](believed)]
        return words(found[0] if found else "ok")

    return diagnose


def swapped_curves(seen: Seen) -> Seen:
    """Training taken for validation."""
    return Seen(seen.val_before, seen.val, seen.before, seen.train, seen.baseline)


def with_baseline(baseline: float) -> Callable[[Seen], Seen]:
    """Another baseline, whatever is given."""
    return lambda seen: replace(seen, baseline=baseline)
