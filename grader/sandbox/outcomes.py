"""Run an exercise's cases in a learner's process, and decide here what has come of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from grader.case import Case, seconds_for
from grader.exercises import find
from grader.plain import plain_text
from grader.run import Outcome, too_slow
from grader.sandbox.cell_run import Stopped
from grader.sandbox.errors import WireError
from grader.sandbox.frames import Message
from grader.sandbox.speed import speedup
from grader.sandbox.submission import Submission, seconds_for_a_case
from grader.sandbox.values import Unpacked

PROBLEMS = ("missing", "signature", "crash", "time", "output", "forbidden")
LAST = ("time", "output")
MOST_DETAIL, MOST_PRINTED, MOST_BYTES = 1_000, 2_000, 128 << 20
MOST_NAMES, MOST_NAME = 20, 60
ENDED = {"time": "time", "killed": "time", "memory": "crash", "died": "crash"}


def outcomes(
    submission: Submission, slug: str, *, seed: int | None, places: tuple[int, ...] | None
) -> list[Outcome]:
    """One outcome for each case, in order.

    Args:
        submission: the learner's process.
        slug: the exercise.
        seed: of the hidden cases; None for the visible ones.
        places: only the cases at these places.
    """
    exercise = find(slug)
    cases = _cases(slug, seed)
    wanted = {index: cases[index] for index in (range(len(cases)) if places is None else places)}
    seconds = seconds_for(wanted.values(), submission.limits.check_seconds)
    end = time.monotonic() + seconds
    found: dict[int, Outcome] = {}
    for spec in exercise.functions:
        own = {index: case for index, case in wanted.items() if case.function == spec.name}
        if own:
            base = {"slug": exercise.slug, "seed": seed, "function": spec.name}
            request = base | {"do": "calls", "indices": [*own]}
            told = _told(submission, request, own.values(), end)
            found |= _decided(own, told, too_slow(spec, seconds))
            found |= _raced(submission, {i: (own[i], found[i]) for i in own}, base)
    return [found[index] for index in wanted]


@lru_cache(maxsize=256)
def _cases(slug: str, seed: int | None) -> tuple[Case, ...]:
    return find(slug).cases(seed)


def _told(
    submission: Submission, request: Message, cases: Iterable[Case], end: float
) -> Iterator[Any]:
    """Each answer of the process, or why there is none."""
    seconds = seconds_for_a_case(submission.limits, cases)
    try:
        for answer, blob in submission.ask(request, seconds):
            yield answer, blob
            if answer.get("more") and time.monotonic() > end:
                submission.break_off()
                return
    except Stopped as stopped:
        yield stopped


def _decided(cases: dict[int, Case], told: Iterator[Any], last: Outcome) -> dict[int, Outcome]:
    """The outcome of each case.

    Args:
        cases: all of one function.
        told: the answers, or a `Stopped` in place of the last one.
        last: the outcome of the cases for which there is no answer; what ends the answers
            takes its place.
    """
    found: dict[int, Outcome] = {}
    room = MOST_BYTES
    for (index, case), answer in zip(cases.items(), told, strict=False):
        if isinstance(answer, Stopped):
            last = stopped_outcome(case, answer)
            break
        message, blob = answer
        room -= len(blob)
        outcome = told_outcome(case, message, blob) if room >= 0 else _too_much(case)
        if not message.get("more") or outcome.problem in LAST:
            last = outcome
            break
        found[index] = outcome
    # Nothing more is made of answers that go on for longer than there are cases.
    for _ in told:
        pass
    return found | {index: last for index in cases if index not in found}


def told_outcome(case: Case, message: Message, blob: bytes) -> Outcome:
    """The outcome of one case, from what was told of it."""
    problem, detail = message.get("problem"), message.get("detail")
    if type(problem) is str and problem in PROBLEMS and type(detail) is str:
        return Outcome(problem=problem, detail=plain_text(detail, MOST_DETAIL))
    printed, changed = message.get("printed"), message.get("changed")
    try:
        if "value" not in message or type(printed) is not str or type(changed) is not list:
            raise WireError("nothing")
        value = Unpacked(blob).unpack(message["value"])
    except WireError as error:
        detail = f"`{case.function}` has returned what cannot be read: {error}."
        return Outcome(problem="crash", detail=detail)
    return Outcome(
        value=value,
        printed=plain_text(printed, MOST_PRINTED),
        changed=tuple(name for name in changed[:MOST_NAMES] if _is_name(name)),
        unstable=message.get("unstable") is not False,
    )


def _is_name(value: Any) -> bool:
    return type(value) is str and len(value) <= MOST_NAME and value.isidentifier()


def stopped_outcome(case: Case, stopped: Stopped) -> Outcome:
    """The outcome of a case in which the process was stopped, or has ended."""
    detail = f"`{case.function}` came to no result: {stopped.detail}."
    return Outcome(problem=ENDED[stopped.ended], detail=detail)


def _too_much(case: Case) -> Outcome:
    mib = MOST_BYTES >> 20
    detail = f"`{case.function}` has returned more than {mib} MiB in all cases together."
    return Outcome(problem="crash", detail=detail)


def _raced(
    submission: Submission, found: dict[int, tuple[Case, Outcome]], base: Message
) -> dict[int, Outcome]:
    """The outcomes of cases with a baseline, with how much faster than that the function is."""
    raced = {}
    for index, (case, outcome) in found.items():
        if case.baseline is None or outcome.problem:
            continue
        request = base | {"do": "race", "index": index}
        try:
            raced[index] = replace(outcome, speedup=speedup(submission, case, request))
        except Stopped as stopped:
            raced[index] = stopped_outcome(case, stopped)
    return raced
