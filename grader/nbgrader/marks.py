"""Points need both: the visible cases must be right, and the teacher's hidden ones as well."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from grader.case import Case
from grader.exercise import Exercise
from grader.expected import expected
from grader.judge import judge_outcomes
from grader.nbgrader.tidy import without_addresses
from grader.plain import plain_text
from grader.run import Outcome
from grader.verdict import Failure, GroupResult, Verdict

MOST_CHARACTERS = 700
PROBLEMS = ("missing", "signature", "crash", "time", "output", "forbidden")
MISSING = "No module named '{}'"
NO_TORCH = "PyTorch is not there"  # what the sandbox's own torch says when it is used

Hidden = Callable[[tuple[int, ...]], Sequence[Outcome]]

# All visible cases are run. Of the hidden ones a part is enough: what passes the visible cases by
# knowing them fails in every hidden one.
HIDDEN_SHARE = 1 / 3
LEAST_HIDDEN = 4


def judge_visible(exercise: Exercise, outcomes: Sequence[Outcome]) -> Verdict:
    """The verdict on the visible cases, from what a process has told that nobody trusts.

    Raises:
        GradingError: the right results are not to be had.
    """
    cases, right = visible_cases(exercise)
    told = [_told(exercise, case, outcome) for case, outcome in zip(cases, outcomes, strict=True)]
    return _timeless(judge_outcomes(exercise, cases, told, right))


def judge_hidden(exercise: Exercise, verdict: Verdict, run: Hidden, seed: int) -> Verdict:
    """Add the hidden cases to a verdict on the visible ones.

    Args:
        exercise: what is judged.
        verdict: on the visible cases. Groups that have failed there are not tried again.
        run: runs the hidden cases at the places it is given.
        seed: the secret number of the exercise.

    Returns:
        A verdict in which a group counts only if it passes both times.

    Raises:
        GradingError: torch is not there to say what is right.
    """
    # A bonus for speed is won on fresh numbers already, and takes long to run.
    groups = tuple(group.name for group in verdict.groups if group.passed and not group.bonus)
    chosen = [drawn for drawn in hidden_cases(exercise, seed) if drawn[1].group in groups]
    if not chosen:
        return verdict
    places, cases, right = zip(*chosen, strict=True)
    outcomes = [_untold(case, outcome) for case, outcome in zip(cases, run(places), strict=True)]
    found = judge_outcomes(exercise, cases, outcomes, right, hidden=True)
    return _both(exercise, verdict, _timeless(found))


def _timeless(verdict: Verdict) -> Verdict:
    """Leave out how fast it was: graded twice, a submission must get the same report twice."""
    if verdict.failure is None or verdict.failure.kind != "slow":
        return verdict
    message = f"`{verdict.failure.function}` is right, but not fast enough for the bonus."
    failure = replace(verdict.failure, message=message, received=None, expected=None)
    return replace(verdict, failure=failure, message=message)


@lru_cache(maxsize=256)
def visible_cases(exercise: Exercise) -> tuple[tuple[Case, ...], tuple[Any, ...]]:
    """The visible cases and what is right there."""
    cases = exercise.cases()
    return cases, tuple(expected(exercise, cases, hidden=False))


@lru_cache(maxsize=256)
def hidden_cases(exercise: Exercise, seed: int) -> tuple[tuple[int, Case, Any], ...]:
    """Some of the hidden cases of a seed: the place of each, the case, and what torch says.

    They are the same for a whole class.
    """
    cases = exercise.cases(seed)
    places = _drawn(cases, np.random.default_rng(seed))
    chosen = [cases[place] for place in places]
    right = expected(exercise, chosen, hidden=True)
    return tuple(zip(places, chosen, right, strict=True))


def _drawn(cases: Sequence[Case], rng: np.random.Generator) -> list[int]:
    """The places of some cases, of each function in each group that there is."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for place, case in enumerate(cases):
        kinds.setdefault((case.function, case.group), []).append(place)
    drawn = []
    for places in kinds.values():
        count = max(LEAST_HIDDEN, math.ceil(HIDDEN_SHARE * len(places)))
        drawn += rng.permutation(places)[:count].tolist()
    return sorted(drawn)


def _told(exercise: Exercise, case: Case, outcome: Outcome) -> Outcome:
    """An outcome whose texts can be shown; what is forbidden does not exist where it was run."""
    if outcome.problem is None:
        return outcome
    problem = outcome.problem if outcome.problem in PROBLEMS else "crash"
    detail = plain_text(without_addresses(outcome.detail), MOST_CHARACTERS)
    for package in exercise.forbidden:
        if MISSING.format(package) in detail or (package == "torch" and NO_TORCH in detail):
            detail = f"`{case.function}` uses {package}. "
            detail += "Write it with NumPy alone: that is the exercise."
            return Outcome(problem="forbidden", detail=detail)
    return Outcome(problem=problem, detail=detail or f"`{case.function}` stopped.")


def _untold(case: Case, outcome: Outcome) -> Outcome:
    """An outcome of a hidden case: a text from that side could carry the case away."""
    if outcome.problem is None:
        return replace(outcome, printed="") if outcome.printed else outcome
    problem = outcome.problem if outcome.problem in PROBLEMS else "crash"
    return Outcome(problem=problem, detail=UNTOLD[problem].format(case.function))


UNTOLD = {
    "missing": "`{}` is not written for a case that is not shown.",
    "signature": "`{}` does not take the arguments of a case that is not shown.",
    "crash": "`{}` stops with an exception in a case that is not shown.",
    "time": "`{}` takes too long for a case that is not shown.",
    "output": "`{}` prints without end in a case that is not shown.",
    "forbidden": "`{}` uses a package that is not allowed.",
}


def _both(exercise: Exercise, visible: Verdict, hidden: Verdict) -> Verdict:
    """One verdict of two: the failure is that of the first group that fails."""
    groups = tuple(map(_group, visible.groups, hidden.groups))
    order = [group.name for group in exercise.groups]
    failing = [v for v in (visible, hidden) if v.failure is not None]
    if not failing:
        cases = sum(group.cases for group in groups)
        message = f"All {cases} cases {exercise.praise}, those included that are not shown."
        return replace(visible, groups=groups, message=message)
    first = min(failing, key=lambda verdict: _place(order, verdict.failure))
    return replace(first, groups=groups)


def _place(order: list[str], failure: Failure) -> int:
    return order.index(failure.group) if failure.group in order else len(order)


def _group(visible: GroupResult, hidden: GroupResult) -> GroupResult:
    return replace(
        visible,
        points=min(visible.points, hidden.points),
        cases=visible.cases + hidden.cases,
        failed=visible.failed + hidden.failed,
    )
