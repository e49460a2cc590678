"""How much faster than a baseline a learner's function is, by the kernel's own count."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from functools import cache
from typing import Any

from grader.callee import Callee
from grader.case import Case
from grader.compare import compare_outputs
from grader.exercise import Exercise
from grader.exercises import find
from grader.expected import live_outputs
from grader.run import call
from grader.sandbox.errors import WireError
from grader.sandbox.frames import Message
from grader.sandbox.submission import Submission, timed
from grader.sandbox.values import Unpacked

# How many calls there are in each round. A single call shows what is far too slow; in the others
# the work around a call is shared.
CALLS = (1, 4, 20)
HOPELESS = 0.5
LEAST_SHARE = 0.1

# What was measured in clean processes: slug, seed, index, number of calls -> seconds.
_around: dict[tuple[str, int | None, int, int], float] = {}


def speedup(submission: Submission, case: Case, request: Message) -> float:
    """How many times faster than the case's baseline the function is.

    Each round has numbers that nobody could know before, and counts only with the right results:
    so nothing can be computed earlier, or later. What is done around a call is taken off.
    It is processor time, so a machine that is busy with something else changes little.

    Args:
        submission: the learner's process.
        case: the one with the baseline.
        request: names the case in a request.

    Returns:
        The factor; 0 if a result is wrong.
    """
    exercise = find(request["slug"])
    baseline = _baseline_seconds(exercise.slug, request["seed"], request["index"])
    best = float("inf")
    for calls in CALLS:
        fresh = [replace(case, seed=(*case.seed, secrets.randbits(60))) for _ in range(calls)]
        seeds = [list(new.seed) for new in fresh]
        answer, blob, took = timed(submission, request | {"fresh": seeds})
        if not _all_right(exercise, fresh, _values(answer, blob)):
            return 0.0
        around = _seconds_around(submission, request, seeds)
        best = min(best, max(took - around, LEAST_SHARE * took, 1e-9) / calls)
        if baseline / best >= case.speedup or best > HOPELESS * baseline:
            break
    return baseline / best


@cache
def _baseline_seconds(slug: str, seed: int | None, index: int) -> float:
    """How long the baseline of a case takes."""
    exercise = find(slug)
    case = exercise.cases(seed)[index]
    callee = Callee(case.baseline, exercise.function(case.function))
    taken = []
    for _ in range(2):
        inputs = case.inputs()
        start = time.thread_time()
        call(callee, case, inputs)
        taken.append(time.thread_time() - start)
    return min(taken)


def _seconds_around(submission: Submission, request: Message, seeds: list[list[int]]) -> float:
    """How long so many calls take of a function that does nothing, in a process like this one."""
    key = request["slug"], request["seed"], request["index"], len(seeds)
    if key not in _around:
        with submission.clean() as other:
            other.execute(f"def {request['function']}(*args, **options): pass")
            taken = [timed(other, request | {"fresh": seeds})[2] for _ in range(3)]
        _around[key] = min(taken)
    return _around[key]


def _all_right(exercise: Exercise, cases: list[Case], values: list[Any]) -> bool:
    if len(values) != len(cases):
        return False
    spec = exercise.function(cases[0].function)
    limits = exercise.limits(cases[0].dtype)
    right = live_outputs(exercise, cases)
    return all(
        compare_outputs(spec, value, wanted, limits) is None
        for value, wanted in zip(values, right, strict=True)
    )


def _values(answer: Message, blob: bytes) -> list[Any]:
    try:
        values = Unpacked(blob).unpack(answer.get("values"))
    except WireError:
        return []
    return values if type(values) is list else []
