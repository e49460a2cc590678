"""How much faster than a baseline a learner's function is, by the grader's own watch."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from grader.callee import Callee
from grader.compare import compare_outputs
from grader.exercise import Case
from grader.exercises import find
from grader.expected import live_outputs
from grader.run import seconds
from grader.sandbox.errors import WireError
from grader.sandbox.frames import Message
from grader.sandbox.values import Unpacked

ROUNDS = 4
LEAST_SHARE = 0.1

# How long each baseline took at the least.
_quickest: dict[tuple[str, str, str], float] = {}


def speedup(ask: Callable[[Message], tuple[Message, bytes]], case: Case, request: Message) -> float:
    """How many times faster than the case's baseline the function is.

    Each round has numbers that nobody could know before, and counts only with the right result:
    so nothing can be computed earlier, or later. The time to make the numbers is taken off.

    Args:
        ask: sends a request to the learner's process and waits for the answer.
        case: the one with the baseline.
        request: names the case in a request.

    Returns:
        The factor; 0 if a result is wrong.
    """
    exercise = find(request["slug"])
    spec = exercise.function(case.function)
    best = float("inf")
    for _ in range(ROUNDS):
        fresh = replace(case, seed=(*case.seed, secrets.randbits(60)))
        start = time.perf_counter()
        answer, blob = ask(request | {"fresh": list(fresh.seed)})
        took = time.perf_counter() - start
        (right,) = live_outputs(exercise, [fresh])
        if compare_outputs(spec, _value(answer, blob), right, exercise.limits(case.dtype)):
            return 0.0
        best = min(best, max(took - _making_seconds(fresh), LEAST_SHARE * took))
    key = exercise.slug, case.function, case.title
    known = _quickest.get(key, 0.0)
    if known / best >= case.speedup:
        return known / best
    # Only now, since a baseline is slow; and now, while the machine is as busy as it was.
    took = seconds(Callee(case.baseline, spec), case.inputs())
    _quickest[key] = min(known or took, took)
    return took / best


def _making_seconds(case: Case) -> float:
    start = time.perf_counter()
    case.inputs()
    return time.perf_counter() - start


def _value(answer: Message, blob: bytes) -> Any:
    try:
        return Unpacked(blob).unpack(answer.get("value"))
    except WireError:
        return None
