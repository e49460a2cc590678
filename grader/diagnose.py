"""Recognise a known mistake by its results: they must equal the learner's on every case."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from grader.alike import alike
from grader.case import Case
from grader.exercise import Exercise, Mistake
from grader.mistakes import mistakes_of
from grader.plain import plain
from grader.run import Outcome
from grader.stopped import said

ENOUGH_WRONG = 3


@dataclass(frozen=True, eq=False)
class Trial:
    """One float64 case of a function: what the learner got there, and what is right."""

    case: Case
    outcome: Outcome
    right: Any
    passed: bool


@dataclass(frozen=True)
class Diagnosis:
    """A recognised mistake.

    Args:
        mistake: which one.
        condition: under which it explains the learner's results; empty if it explains them all.
    """

    mistake: Mistake
    condition: str = ""

    @property
    def message(self) -> str:
        """What the learner reads."""
        return f"{self.condition}{self.mistake.message}"


def diagnose(exercise: Exercise, function: str, trials: Sequence[Trial]) -> Diagnosis | None:
    """The one known mistake of a function that explains its results, or None: never a guess.

    A mistake explains a trial if both results are equal, also where both are right. A trial on
    which the mistaken code raises an exception is explained by any wrong result or exception.
    If no mistake explains all trials, the learner may have one and in addition not have written
    every feature yet. So the trials that raise are left out, or those that use a feature which
    never comes out right; exactly one mistake must then explain the others.
    """
    known = [m for m in mistakes_of(exercise) if m.function == function]
    # Wrong results come first: most mistakes differ there at once, and the rest need not run.
    trials = sorted(trials, key=lambda trial: trial.passed)
    attempts = Attempts(exercise)
    matches = attempts.matches(known, trials)
    if matches:
        return Diagnosis(matches[0]) if len(matches) == 1 else None
    for condition, kept in _parts(exercise, trials):
        matches = attempts.matches(known, kept, must_run=True)
        if matches:
            return Diagnosis(matches[0], condition) if len(matches) == 1 else None
    return None


def _parts(exercise: Exercise, trials: Sequence[Trial]) -> Iterator[tuple[str, list[Trial]]]:
    """Parts of the trials that a half-done answer may get wrong in one known way."""
    returned = [trial for trial in trials if trial.outcome.problem is None]
    if len(returned) < len(trials) and _enough(returned):
        yield "In the cases that run: ", returned
    used = [features(exercise, trial.case) for trial in trials]
    unwritten = sorted(
        feature
        for feature in set().union(*used)
        if not any(t.passed for t, own in zip(trials, used, strict=True) if feature in own)
    )
    for count in range(1, len(unwritten) + 1):
        for left_out in combinations(unwritten, count):
            kept = [t for t, own in zip(trials, used, strict=True) if not own & {*left_out}]
            if _enough(kept):
                yield f"Leaving {_listed(left_out)} aside: ", kept


def _listed(names: Sequence[str]) -> str:
    """Names as in a sentence: `dilation`, `dilation and groups`, `dilation, groups and pairs`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _enough(trials: Sequence[Trial]) -> bool:
    return sum(not trial.passed for trial in trials) >= ENOUGH_WRONG


def features(exercise: Exercise, case: Case) -> set[str]:
    """What a case uses that a half-done answer may not know yet, in words."""
    required = exercise.function(case.function).required
    used = set()
    for name, value in case.inputs().items():
        if name in exercise.extras:
            used.add(name)
        if name not in required and isinstance(value, tuple) and type(value[0]) is int:
            used.add("pairs")
        if name in required and value is None:
            used.add(f"{name}=None")
    return used


class Attempts:
    """What wrong code gives in each trial; run once, however often it is asked for."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._known: dict[tuple[int, int], tuple[bool, str]] = {}

    def matches(
        self, known: list[Mistake], trials: Sequence[Trial], *, must_run: bool = False
    ) -> list[Mistake]:
        """The mistakes that explain all trials, with as few exceptions of their own as possible.

        Args:
            known: the mistakes to try.
            trials: what the learner's function did.
            must_run: whether code that raises an exception explains nothing.
        """
        found: list[tuple[int, Mistake]] = []
        for mistake in known:
            raised = [self._raised(v, trials, must_run=must_run) for v in mistake.variants]
            explaining = [count for count in raised if count is not None]
            if explaining:
                found.append((min(explaining), mistake))
        fewest = min((count for count, _ in found), default=0)
        return [mistake for count, mistake in found if count == fewest]

    def _raised(
        self, variant: Callable[..., Any], trials: Sequence[Trial], *, must_run: bool
    ) -> int | None:
        """In how many trials wrong code raises, if it explains all of them; else None."""
        count = 0
        for trial in trials:
            equal, raised = self._try(variant, trial)
            if not equal and not (raised and not trial.passed and not must_run):
                return None
            count += bool(raised)
        # Code that never runs says nothing about results that are there, nor about other errors.
        runs = count < len(trials)
        return count if runs or all(self._same_error(variant, trial) for trial in trials) else None

    def _same_error(self, variant: Callable[..., Any], trial: Trial) -> bool:
        """Whether wrong code raises in a trial just what the learner's code has raised."""
        _, raised = self._try(variant, trial)
        return trial.outcome.problem == "crash" and raised in trial.outcome.detail

    def _try(self, variant: Callable[..., Any], trial: Trial) -> tuple[bool, str]:
        """Whether wrong code gives the learner's result in a trial, and what it raises."""
        key = id(variant), id(trial)
        if key not in self._known:
            value, raised = attempt(variant, trial.case)
            equal = not raised and trial.outcome.problem is None
            rtol, atol = self._exercise.limits(trial.case.dtype)
            equal = equal and alike(trial.outcome.value, value, rtol=rtol, atol=atol)
            self._known[key] = equal, raised
        return self._known[key]


@lru_cache(maxsize=4096)
def attempt(variant: Callable[..., Any], case: Case) -> tuple[Any, str]:
    """Call wrong code; return its plain result, and in words what it has raised, if anything.

    The next answer to the same exercise is compared with the same results.
    """
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return plain(case.result(variant)), ""
    except Exception as error:  # wrong code may fail in any way; that is one of its results
        return None, said(error)
