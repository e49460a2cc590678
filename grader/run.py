"""Call a learner's function on the cases and note what happened; this side knows no answers."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from grader.callables import arguments
from grader.callee import Callee
from grader.case import Case, Inputs, seconds_for
from grader.errors import CheckError
from grader.exercise import Exercise, Function
from grader.forbidden import forbidden_call
from grader.limits import Limited
from grader.plain import name_of, plain, same
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


def run(
    exercise: Exercise, functions: Iterable[Any], cases: Iterable[Case], *, twice: bool = True
) -> list[Outcome]:
    """Run all cases on fresh inputs.

    Args:
        exercise: what is judged.
        functions: what the learner wrote, in the order of `exercise.functions`; a function
            that is not there counts as missing.
        cases: what to call them with.
        twice: call each a second time, which shows hidden state.

    Returns:
        One outcome for each case, in order.

    Raises:
        CheckError: a function that is run calls `check` itself, which would never end.
    """
    if _running.get():
        raise CheckError("`check` must stand below the function, not inside it")
    token = _running.set(True)
    try:
        return _run_all(exercise, list(functions), cases, twice=twice)
    finally:
        _running.reset(token)


def _run_all(
    exercise: Exercise, functions: list[Any], cases: Iterable[Case], *, twice: bool
) -> list[Outcome]:
    given = functions + [None] * len(exercise.functions)
    learner = {spec.name: Callee(given[i], spec) for i, spec in enumerate(exercise.functions)}
    refused = {name: refuse(exercise, callee) for name, callee in learner.items()}
    outcomes, cases = [], list(cases)
    seconds = seconds_for(cases, CHECK_SECONDS)
    start = time.monotonic()
    for case in cases:
        name = case.function
        if time.monotonic() - start > seconds:
            refused[name] = refused[name] or too_slow(learner[name].spec, seconds)
        outcome = refused[name] or _run_with_race(learner[name], case, twice=twice)
        if outcome.problem in ("time", "output"):
            refused[name] = outcome
        outcomes.append(outcome)
    return outcomes


def refuse(exercise: Exercise, callee: Callee) -> Outcome | None:
    """The outcome of a function that need not be called at all."""
    function, spec = callee.function, callee.spec
    if not callable(function):
        got = "not there" if function is None else f"{name_of(plain(function))}, not a function"
        detail = f"`{spec.name}` is {got}. Write it as `{spec.definition}` and run its cell first."
        return Outcome(problem="missing", detail=detail)
    package = forbidden_call(function, exercise.forbidden)
    if package:
        detail = f"`{spec.name}` uses {package}. Write it with NumPy alone: that is the exercise."
        return Outcome(problem="forbidden", detail=detail)
    return None


def too_slow(spec: Function, seconds: float) -> Outcome:
    """The outcome of the cases for which no time is left."""
    detail = f"`{spec.name}` is too slow: all cases together took over {seconds:g} seconds."
    return Outcome(problem="time", detail=detail)


def _run_with_race(callee: Callee, case: Case, *, twice: bool) -> Outcome:
    outcome = run_case(callee, case, twice=twice)
    if case.baseline is None or outcome.problem:
        return outcome
    return replace(outcome, speedup=_speedup(callee, case))


def run_case(callee: Callee, case: Case, *, twice: bool = True) -> Outcome:
    """Call the function, and again with equal inputs: the second call shows hidden state.

    What depends on earlier calls does so in any dtype, so variations of a case need no second one.
    """
    inputs = case.inputs()
    first = call(callee, case, inputs)
    if first.problem:
        return first
    fresh = case.inputs()
    changed = tuple(name for name, made in fresh.items() if _differs(inputs[name], made))
    unstable = False
    if twice and case.shows_state:
        again = call(callee, case, fresh)
        unstable = again.problem is not None or not same(first.value, again.value)
    if not (changed or unstable):
        return first
    return replace(first, changed=changed, unstable=unstable)


def _differs(now: Any, made: Any) -> bool:
    return callable(now) != callable(made) or not (callable(made) or same(now, made))


def call(callee: Callee, case: Case, inputs: Inputs) -> Outcome:
    """Call the function once, with limits; whatever it does is the outcome."""
    positional, options = callee.arguments(inputs)
    if not callee.accepts(options):
        return _wrong_signature(callee, options)
    try:
        with Limited(case.seconds or CALL_SECONDS) as printed, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with callee.around:
                if case.drive:
                    value = case.drive(callee.function, inputs)
                else:
                    value = callee.function(*positional, **options)
            value = plain(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a learner's code may raise anything, SystemExit included
        problem, detail = stopped(callee.spec.name, error, file_of(callee.function))
        return Outcome(problem=problem, detail=detail)
    return Outcome(value=value, printed=printed.start())


def _wrong_signature(callee: Callee, options: Inputs) -> Outcome:
    spec = callee.spec
    passed = ", ".join([*spec.required, *(f"{name}={value!r}" for name, value in options.items())])
    detail = (
        f"`{spec.name}` takes {arguments(callee.function)}, but is called with ({passed}). "
        f"Write it as `{spec.definition}`"
    )
    return Outcome(problem="signature", detail=detail)


def _speedup(callee: Callee, case: Case) -> float:
    """How many times faster the learner's function is than the baseline, on equal inputs."""
    inputs = case.inputs()
    own = min(_seconds(callee, case, inputs) for _ in range(3))
    return _seconds(Callee(case.baseline, callee.spec), case, inputs) / max(own, 1e-9)


def _seconds(callee: Callee, case: Case, inputs: Inputs) -> float:
    start = time.perf_counter()
    call(callee, case, inputs)
    return time.perf_counter() - start
