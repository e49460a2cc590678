"""Judge one exercise: run the cases, compare, add up the points, and say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.case import Case
from grader.compare import compare, not_repeated
from grader.diagnose import Diagnosis, Trial, diagnose
from grader.exercise import Exercise, Group
from grader.exercises import find
from grader.expected import expected
from grader.paste import paste, size
from grader.run import Outcome, run
from grader.verdict import Failure, GroupResult, Verdict


def judge(slug: str, *functions: Any, seed: int | None = None) -> Verdict:
    """Judge the functions a learner wrote for an exercise.

    Args:
        slug: the exercise's slug or number, or the name of one of its functions.
        functions: the learner's functions, in the order of the exercise.
        seed: judge on the hidden cases of this secret number instead of the visible ones.

    Returns:
        The verdict; whatever the functions do, it is told there and never raised.

    Raises:
        CheckError: there is no such exercise, or a function that is judged calls this itself.
        GradingError: the right results are neither recorded nor can torch compute them.
    """
    exercise = find(slug)
    cases = exercise.cases(seed)
    right = expected(exercise, cases, hidden=seed is not None)
    outcomes = run(exercise, functions, cases)
    return judge_outcomes(exercise, cases, outcomes, right, hidden=seed is not None)


@np.errstate(all="ignore")
def judge_outcomes(
    exercise: Exercise,
    cases: Sequence[Case],
    outcomes: Sequence[Outcome],
    right: Sequence[Any],
    *,
    hidden: bool = False,
) -> Verdict:
    """Turn what the functions did into a verdict; this side never runs learner code."""
    compared = [
        compare(exercise, case, outcome, wanted)
        for case, outcome, wanted in zip(cases, outcomes, right, strict=True)
    ]
    found = [*zip(cases, compared, strict=True), *_manners(exercise, cases, outcomes)]
    found += _levels(exercise, cases, outcomes, right)
    groups = tuple(_group_result(group, found) for group in exercise.groups)
    case, failure = _first(exercise, found)
    if failure is None:
        return Verdict(exercise.slug, exercise.title, groups, message=_praise(exercise, groups))
    trials = [
        Trial(c, outcome, wanted, passed=failed is None)
        for c, outcome, wanted, failed in zip(cases, outcomes, right, compared, strict=True)
        if c.function == failure.function and c.is_plain
    ]
    diagnosis = _diagnose(exercise, failure, trials)
    if _only_float32(case, failure, trials):
        failure = replace(failure, message=failure.message + ONLY_FLOAT32)
    if hidden:
        failure = _conceal(failure)
    else:
        failure = _illustrate(exercise, case, _mapped(failure, compared))
    return Verdict(
        exercise.slug,
        exercise.title,
        groups,
        failure,
        diagnosis.mistake.slug if diagnosis else failure.symptom,
        diagnosis.message if diagnosis else failure.message,
    )


Found = tuple[Case, Failure | None]


def _manners(exercise: Exercise, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> list[Found]:
    """Inputs that were changed and results that were not repeated, as failures of their group."""
    names = [group.name for group in exercise.groups]
    found = []
    for case, outcome in zip(cases, outcomes, strict=True):
        message = _bad_manners(case, outcome)
        if message:
            group = "robust" if "robust" in names else case.group
            kind = "changed" if outcome.changed else "unstable"
            failure = Failure(kind, message, function=case.function, case=case.title, group=group)
            found.append((replace(case, group=group), failure))
    return found


def _levels(
    exercise: Exercise, cases: Sequence[Case], outcomes: Sequence[Outcome], right: Sequence[Any]
) -> list[Found]:
    """The groups that a training earns besides its case's own, if it is good enough for them."""
    found = []
    for case, outcome, wanted in zip(cases, outcomes, right, strict=True):
        for group, share in case.least[1:]:
            level = replace(case, group=group, least=((group, share),))
            found.append((level, compare(exercise, level, outcome, wanted)))
    return found


def _bad_manners(case: Case, outcome: Outcome) -> str:
    if outcome.changed:
        names = " and ".join(f"`{name}`" for name in outcome.changed)
        kept = KEPT if "state" in case.inputs() else ""
        return (
            f"`{case.function}` changes its input {names}. The caller still needs it: "
            f"work on a copy. With an array, write `y = x + …` instead of `x += …`.{kept}"
        )
    if outcome.unstable:
        return not_repeated(case)
    return ""


KEPT = (
    " An array that you keep in `state` and change in a later step is the caller's too, if you "
    "were given it or have returned it: keep a copy."
)


def _group_result(group: Group, found: Sequence[Found]) -> GroupResult:
    own = [failure for case, failure in found if case.group == group.name]
    failed = sum(failure is not None for failure in own)
    points = 0.0 if failed else group.points
    return GroupResult(group.name, points, group.points, len(own), failed, group.bonus)


def _first(exercise: Exercise, found: Sequence[Found]) -> tuple[Case | None, Failure | None]:
    """The failure to show: of the first group that fails, the case with the fewest numbers.

    Results that change from call to call are shown first: they explain all others, and with few
    numbers chance may give the same ones twice.
    """
    for group in exercise.groups:
        own = [(c, failure) for c, failure in found if failure and c.group == group.name]
        if own:
            unstable = [pair for pair in own if pair[1].kind == "unstable"]
            return min(unstable or own, key=lambda pair: size(exercise, pair[0]))
    return None, None


def _diagnose(exercise: Exercise, failure: Failure, trials: list[Trial]) -> Diagnosis | None:
    if all(trial.passed for trial in trials):
        return None
    return diagnose(exercise, failure.function, trials)


def _only_float32(case: Case, failure: Failure, trials: list[Trial]) -> bool:
    """Whether wrong numbers come from float32 alone, which no known mistake is asked about."""
    wrong = case.dtype == "float32" and failure.kind in ("values", "finite")
    return wrong and all(trial.passed for trial in trials)


ONLY_FLOAT32 = (
    " In float64 all is right, but float32 has only 7 digits and ends at 3.4e38. Compute in "
    "float64, as with `x.astype(np.float64)`, and return the result in the dtype of the input; "
    "or find a formula that needs less."
)


def _praise(exercise: Exercise, groups: Sequence[GroupResult]) -> str:
    cases = sum(group.cases for group in groups)
    return f"All {cases} cases {exercise.praise}."


def _mapped(failure: Failure, compared: Sequence[Failure | None]) -> Failure:
    """Take the map of wrong elements from the group's largest case with the same wrong output."""
    alike = [
        other
        for other in compared
        if other is not None
        and other.wrong is not None
        and (other.function, other.output, other.group)
        == (failure.function, failure.output, failure.group)
    ]
    if failure.wrong is None or not alike:
        return failure
    largest = max(alike, key=lambda other: other.wrong.size)
    return replace(failure, wrong=largest.wrong, wrong_case=largest.case, place=largest.place)


def _illustrate(exercise: Exercise, case: Case, failure: Failure) -> Failure:
    """Add the call to try, unless the function cannot be called at all."""
    if failure.kind in ("missing", "signature", "forbidden"):
        return replace(failure, case="")
    return replace(failure, call=paste(exercise, case))


def _conceal(failure: Failure) -> Failure:
    """What may be said about a hidden case: that there is one, and the kind of failure."""
    told = failure.kind not in HIDDEN
    return Failure(
        failure.kind,
        failure.message if told else HIDDEN[failure.kind],
        function=failure.function,
        case="a case that is not shown",
        group=failure.group,
        hidden=True,
        symptom=failure.symptom,
    )


HIDDEN = {
    "crash": "Your function raises an exception in a case that is not shown.",
    "type": "Your function returns something of the wrong type in a case that is not shown.",
    "shape": "Your function returns a wrong shape in a case that is not shown.",
    "dtype": "Your function returns a wrong dtype in a case that is not shown.",
    "finite": "Your function returns NaN or infinity in a case that is not shown.",
    "values": "Your function returns wrong numbers in a case that is not shown.",
    "slow": "Your function is right, but not fast enough for the bonus.",
}
