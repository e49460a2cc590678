"""How much faster than a baseline a learner's function is, by the grader's own watch."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from grader.compare import compare_outputs
from grader.exercise import Case, Exercise
from grader.expected import live_outputs
from grader.plain import plain
from grader.run import call
from grader.sandbox.errors import WireError
from grader.sandbox.frames import Message
from grader.sandbox.values import Unpacked

ROUNDS = 5
LEAST_SHARE = 0.1


def speedup(
    ask: Callable[[Message, float], tuple[Message, bytes]],
    exercise: Exercise,
    case: Case,
    request: Message,
    seconds: float,
) -> float:
    """How many times faster than the case's baseline the function is.

    Each round has numbers that nobody could know before, and counts only with the right result:
    so nothing can be computed earlier, or later. The time to make the numbers is taken off.

    Args:
        ask: sends a request to the learner's process and waits for the answer.
        exercise: what is judged.
        case: the one with the baseline.
        request: names the case in a request.
        seconds: for one call.

    Returns:
        The factor; 0 if a result is wrong.
    """
    spec = exercise.function(case.function)
    best = float("inf")
    for _ in range(ROUNDS):
        fresh = replace(case, seed=(secrets.randbits(60), *case.seed))
        start = time.perf_counter()
        answer, blob = ask({"do": "time", "fresh": list(fresh.seed)} | request, seconds)
        took = time.perf_counter() - start
        value = _value(answer, blob)
        (right,) = live_outputs(exercise, [fresh])
        if compare_outputs(spec, value, right, exercise.limits(case.dtype)) is not None:
            return 0.0
        best = min(best, max(took - _making_seconds(fresh), LEAST_SHARE * took))
    inputs = case.inputs()
    start = time.perf_counter()
    call(case.baseline, spec, inputs)
    return (time.perf_counter() - start) / best


def _making_seconds(case: Case) -> float:
    start = time.perf_counter()
    case.inputs()
    return time.perf_counter() - start


def _value(answer: Message, blob: bytes) -> Any:
    told = answer.get("first")
    if type(told) is not dict or "value" not in told:
        return None
    try:
        return plain(Unpacked(blob).unpack(told["value"]))
    except WireError:
        return None
