"""Run an exercise's cases in a learner's process, and decide here what has come of each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from grader.exercise import Case, Exercise, Function
from grader.exercises import find
from grader.plain import plain, plain_text, same
from grader.run import Outcome, settled, too_slow
from grader.sandbox.cell_run import Stopped
from grader.sandbox.errors import WireError
from grader.sandbox.frames import Message
from grader.sandbox.limits import Limits
from grader.sandbox.speed import speedup
from grader.sandbox.values import Unpacked

Ask = Callable[[Message, float], tuple[Message, bytes]]

PROBLEMS = ("missing", "signature", "crash", "time", "output", "forbidden")
MOST_DETAIL, MOST_PRINTED = 1_000, 2_000
ENDED = {"time": "time", "killed": "time", "memory": "crash", "died": "crash"}
SLACK_SECONDS = 2.0


def outcomes(
    ask: Ask, limits: Limits, slug: str, *, seed: int | None, groups: tuple[str, ...] | None
) -> list[Outcome]:
    """One outcome for each case, in order.

    Args:
        ask: sends a request to the process and waits for the answer.
        limits: of the submission.
        slug: the exercise.
        seed: of the hidden cases; None for the visible ones.
        groups: only the cases of these groups.
    """
    exercise = find(slug)
    base = {"slug": exercise.slug, "seed": seed}
    refused = _refusals(ask, limits, exercise, base)
    found = []
    start = time.monotonic()
    for index, case in enumerate(exercise.cases(seed)):
        if groups is not None and case.group not in groups:
            continue
        spec = exercise.function(case.function)
        if time.monotonic() - start > limits.check_seconds and spec.name not in refused:
            refused[spec.name] = too_slow(spec)
        outcome = refused.get(spec.name)
        if outcome is None:
            outcome, goes_on = _outcome(ask, limits, (exercise, case), base | {"index": index})
            if not goes_on:
                refused[spec.name] = outcome
        found.append(outcome)
    return found


def _refusals(ask: Ask, limits: Limits, exercise: Exercise, base: Message) -> dict[str, Outcome]:
    """The functions that cannot be called at all, with the outcome of all their cases."""
    try:
        answer, _ = ask({"do": "refusals"} | base, limits.cell_seconds)
    except Stopped as stopped:
        return {spec.name: _stopped(spec, stopped) for spec in exercise.functions}
    told = answer.get("refused")
    told = told if type(told) is dict else {}
    return {
        spec.name: _problem(spec, *told[spec.name][:2])
        for spec in exercise.functions
        if type(told.get(spec.name)) is list and len(told[spec.name]) == 2
    }


def _outcome(
    ask: Ask, limits: Limits, place: tuple[Exercise, Case], request: Message
) -> tuple[Outcome, bool]:
    """The outcome of a case, and whether the function may be called again."""
    exercise, case = place
    spec = exercise.function(case.function)
    seconds = 2 * limits.call_seconds + SLACK_SECONDS
    try:
        answer, blob = ask({"do": "call"} | request, seconds)
        outcome = _decided(spec, case, answer, blob)
        if case.baseline is not None and not outcome.problem:
            factor = speedup(ask, exercise, case, request, seconds)
            outcome = replace(outcome, speedup=factor)
    except Stopped as stopped:
        return _stopped(spec, stopped), False
    except WireError as error:
        detail = f"`{spec.name}` has returned something that cannot be read: {error}"
        return Outcome(problem="crash", detail=detail), True
    return outcome, outcome.problem not in ("time", "output")


def _decided(spec: Function, case: Case, answer: Message, blob: bytes) -> Outcome:
    """Compare the two results, and the inputs with those of the case.

    Raises:
        WireError: the answer is not one of ours.
    """
    values = Unpacked(blob)
    first = _call(spec, answer.get("first"), values)
    if first.problem:
        return first
    again = _call(spec, answer.get("again"), values)
    inputs, claimed = answer.get("inputs"), answer.get("changed")
    if type(inputs) is not dict or type(claimed) is not list:
        raise WireError("no inputs")
    # What could not cross is left out there; then what is said about it must do.
    seen = {name: values.unpack(tree) for name, tree in inputs.items()}
    changed = tuple(
        name
        for name, made in case.inputs().items()
        if name in claimed or (name in seen and not same(seen[name], plain(made)))
    )
    return settled(first, again, changed)


def _call(spec: Function, told: Any, values: Unpacked) -> Outcome:
    """The outcome of one call, from what was told of it."""
    if type(told) is not dict:
        raise WireError("no result")
    if told.get("problem") is not None:
        return _problem(spec, told["problem"], told.get("detail"))
    printed = told.get("printed")
    printed = plain_text(printed, MOST_PRINTED) if type(printed) is str else ""
    return Outcome(value=values.unpack(told.get("value")), printed=printed)


def _problem(spec: Function, problem: Any, detail: Any) -> Outcome:
    if type(problem) is not str or problem not in PROBLEMS or type(detail) is not str:
        return Outcome(problem="crash", detail=f"`{spec.name}` came to no result.")
    return Outcome(problem=problem, detail=plain_text(detail, MOST_DETAIL))


def _stopped(spec: Function, stopped: Stopped) -> Outcome:
    detail = f"`{spec.name}` came to no result: {stopped.detail}."
    return Outcome(problem=ENDED[stopped.ended], detail=detail)
