"""Recognise a known mistake by its results: they must equal the learner's on every case."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.exercise import Case, Exercise, Mistake
from grader.mistakes import mistakes_of
from grader.plain import Foreign, plain
from grader.run import Outcome

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
        complete: its results equal the learner's on every case; otherwise only on those cases
            on which the learner's function returned something.
    """

    mistake: Mistake
    complete: bool


def diagnose(exercise: Exercise, function: str, trials: Sequence[Trial]) -> Diagnosis | None:
    """The known mistake of a function that explains all trials, or None: never a guess.

    A mistake explains a trial if both results are equal, also where both are right. A trial on
    which the mistaken code raises an exception is explained by any wrong result or exception.
    A learner who has one mistake and in addition left a feature out (so that some cases raise)
    is told about the mistake if exactly one explains all the other trials.
    """
    known = [m for m in mistakes_of(exercise) if m.function == function]
    # Wrong results come first: most mistakes differ there at once, and the rest need not run.
    trials = sorted(trials, key=lambda trial: trial.passed)
    for mistake in known:
        if any(explains(variant, trials, exercise) for variant in mistake.variants):
            return Diagnosis(mistake, complete=True)
    returned = [trial for trial in trials if trial.outcome.problem is None]
    if len(returned) == len(trials) or sum(not t.passed for t in returned) < ENOUGH_WRONG:
        return None
    partly = [m for m in known if any(explains(v, returned, exercise) for v in m.variants)]
    return Diagnosis(partly[0], complete=False) if len(partly) == 1 else None


def explains(variant: Callable[..., Any], trials: Sequence[Trial], exercise: Exercise) -> bool:
    """Whether wrong code gives the learner's result on every trial."""
    raised = 0
    for trial in trials:
        value, problem = attempt(variant, trial.case)
        raised += problem
        if problem and trial.passed:
            return False
        if not problem and not _equal(trial, value, exercise):
            return False
    return raised < len(trials) or _all_crash(trials)


def _all_crash(trials: Sequence[Trial]) -> bool:
    return all(trial.outcome.problem == "crash" for trial in trials)


def attempt(variant: Callable[..., Any], case: Case) -> tuple[Any, bool]:
    """Call wrong code; return its plain result, and whether it raised an exception instead."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return plain(variant(**case.inputs())), False
    except Exception:  # wrong code may fail in any way; that is one of its results
        return None, True


def _equal(trial: Trial, value: Any, exercise: Exercise) -> bool:
    if trial.outcome.problem is not None:
        return False
    rtol, atol = exercise.limits(trial.case.dtype)
    return alike(trial.outcome.value, value, rtol=rtol, atol=atol)


def alike(a: Any, b: Any, *, rtol: float, atol: float) -> bool:
    """Whether two plain values agree in structure and, within the tolerance, in numbers."""
    if isinstance(a, Foreign) or isinstance(b, Foreign):
        return False
    if _is_sequence(a) and _is_sequence(b):
        return len(a) == len(b) and all(
            alike(x, y, rtol=rtol, atol=atol) for x, y in zip(a, b, strict=True)
        )
    if not (_is_numeric(a) and _is_numeric(b)):
        return type(a) is type(b) and a == b
    a, b = np.asarray(a), np.asarray(b)
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def _is_sequence(value: Any) -> bool:
    return isinstance(value, tuple | list)


def _is_numeric(value: Any) -> bool:
    return isinstance(value, bool | int | float | complex | np.ndarray)
