"""Call a learner's function on the cases and note what happened; this side knows no answers."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from grader.callables import accepts, arguments
from grader.errors import CheckError
from grader.exercise import Case, Exercise, Function, Inputs
from grader.forbidden import forbidden_call
from grader.limits import limited
from grader.plain import name_of, plain, same
from grader.restored import Restored
from grader.stopped import file_of, stopped

CALL_SECONDS = 10.0
CHECK_SECONDS = 60.0

_running: ContextVar[bool] = ContextVar("_running", default=False)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one call did.

    Args:
        value: what it returned, as plain data; None if `problem` is set.
        problem: the kind of failure before any value: `missing`, `signature`, `crash`, `time`,
            `output`, `forbidden`.
        detail: the sentence that explains the problem.
        changed: the names of the inputs it changed.
        unstable: a second call with equal inputs gave something else.
        printed: the start of what it printed.
        speedup: how many times faster than the case's baseline, if it has one.
    """

    value: Any = None
    problem: str | None = None
    detail: str = ""
    changed: tuple[str, ...] = ()
    unstable: bool = False
    printed: str = ""
    speedup: float | None = None


def run(exercise: Exercise, functions: Iterable[Any], cases: Iterable[Case]) -> list[Outcome]:
    """Run all cases, each twice, on fresh inputs.

    Args:
        exercise: what is judged.
        functions: what the learner wrote, in the order of `exercise.functions`; a function
            that is not there counts as missing.
        cases: what to call them with.

    Returns:
        One outcome for each case, in order.

    Raises:
        CheckError: a function that is run calls `check` itself, which would never end.
    """
    if _running.get():
        raise CheckError("`check` must stand below the function, not inside it")
    token = _running.set(True)
    try:
        return _run_all(exercise, list(functions), cases)
    finally:
        _running.reset(token)


def _run_all(exercise: Exercise, functions: list[Any], cases: Iterable[Case]) -> list[Outcome]:
    given = functions + [None] * len(exercise.functions)
    learner = {spec.name: given[i] for i, spec in enumerate(exercise.functions)}
    refused = {
        spec.name: _refuse(exercise, spec, learner[spec.name]) for spec in exercise.functions
    }
    outcomes = []
    start = time.monotonic()
    for case in cases:
        spec = exercise.function(case.function)
        if time.monotonic() - start > CHECK_SECONDS:
            refused[spec.name] = refused[spec.name] or _too_slow(spec)
        outcome = refused[spec.name] or run_case(learner[spec.name], spec, case)
        if outcome.problem in ("time", "output"):
            refused[spec.name] = outcome
        outcomes.append(outcome)
    return outcomes


def _refuse(exercise: Exercise, spec: Function, function: Any) -> Outcome | None:
    """The outcome of a function that need not be called at all."""
    if not callable(function):
        got = "not there" if function is None else f"{name_of(plain(function))}, not a function"
        detail = f"`{spec.name}` is {got}. Write it as `{spec.definition}` and run its cell first."
        return Outcome(problem="missing", detail=detail)
    package = forbidden_call(function, exercise.forbidden)
    if package:
        detail = f"`{spec.name}` uses {package}. Write it with NumPy alone: that is the exercise."
        return Outcome(problem="forbidden", detail=detail)
    return None


def _too_slow(spec: Function) -> Outcome:
    """The outcome of the cases for which no time is left."""
    detail = f"`{spec.name}` is too slow: all cases together took over {CHECK_SECONDS:g} seconds."
    return Outcome(problem="time", detail=detail)


def run_case(function: Callable[..., Any], spec: Function, case: Case) -> Outcome:
    """Call the function twice with equal inputs; the second call shows hidden state."""
    inputs = case.inputs()
    first = _call(function, spec, case, inputs)
    if first.problem:
        return first
    changed = tuple(name for name, made in case.inputs().items() if _differs(inputs[name], made))
    outcome = replace(first, changed=changed)
    if not case.once:
        again = _call(function, spec, case, case.inputs())
        unstable = again.problem is not None or not same(first.value, again.value)
        outcome = replace(outcome, unstable=unstable)
    if case.baseline is not None:
        outcome = replace(outcome, speedup=_speedup(function, spec, case))
    return outcome


def _differs(now: Any, made: Any) -> bool:
    return callable(now) != callable(made) or not (callable(made) or same(now, made))


def _call(function: Callable[..., Any], spec: Function, case: Case, inputs: Inputs) -> Outcome:
    positional = [inputs[name] for name in spec.required]
    options = {name: value for name, value in inputs.items() if name not in spec.required}
    if not accepts(function, positional, {} if spec.method else options):
        return _wrong_signature(function, spec, options)
    try:
        with limited(case.seconds or CALL_SECONDS) as printed, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Restored():
                if case.drive:
                    value = case.drive(function, inputs)
                else:
                    value = function(*positional, **options)
            value = plain(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a learner's code may raise anything, SystemExit included
        problem, detail = stopped(spec.name, error, file_of(function))
        return Outcome(problem=problem, detail=detail)
    return Outcome(value=value, printed=printed.start())


def _wrong_signature(function: Callable[..., Any], spec: Function, options: Inputs) -> Outcome:
    call = ", ".join([*spec.required, *(f"{name}={value!r}" for name, value in options.items())])
    detail = (
        f"`{spec.name}` takes {arguments(function)}, but is called with ({call}). "
        f"Write it as `{spec.definition}`"
    )
    return Outcome(problem="signature", detail=detail)


def _speedup(function: Callable[..., Any], spec: Function, case: Case) -> float:
    """How many times faster the learner's function is than the baseline, on equal inputs."""
    inputs = case.inputs()
    own = min(_seconds(function, spec, case, inputs) for _ in range(3))
    return _seconds(case.baseline, spec, case, inputs) / max(own, 1e-9)


def _seconds(function: Callable[..., Any], spec: Function, case: Case, inputs: Inputs) -> float:
    start = time.perf_counter()
    _call(function, spec, case, inputs)
    return time.perf_counter() - start
