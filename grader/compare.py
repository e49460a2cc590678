"""Compare a result with the right one: type, shape, dtype, finite, values, in this order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from grader.case import Case
from grader.exact import compare_exact
from grader.exercise import Exercise, Function
from grader.mismatch import mismatch
from grader.plain import name_of
from grader.run import Outcome
from grader.training import compare_training
from grader.verdict import Failure

UNSTABLE = (
    "`{}` gives another result when called again with equal inputs. "
    "It must not keep anything from one call to the next, nor draw random numbers."
)
OUTSIDE = (
    "`{}` goes another way when the same run begins anew. Whatever it remembers belongs in "
    "`state`, which is empty before the first step, and nothing in globals or default arguments."
)


def compare(exercise: Exercise, case: Case, outcome: Outcome, right: Any) -> Failure | None:
    """The first thing that is wrong in the outcome of a case, or None.

    Args:
        exercise: knows the tolerances.
        case: what was called.
        outcome: what the learner's function did.
        right: the expected output, as plain data.
    """
    spec = exercise.function(case.function)
    if outcome.problem:
        failure = Failure(outcome.problem, outcome.detail)
    elif spec.kind == "exact":
        failure = compare_exact(f"{spec.name}(…)", outcome.value, right)
    elif spec.kind == "training":
        failure = compare_training(case, outcome.value, right, repeatable=not outcome.unstable)
    else:
        failure = compare_outputs(spec, outcome.value, right, exercise.limits(case.dtype))
    if failure is None and outcome.speedup is not None:
        failure = compare_speed(spec, case, outcome.speedup)
    if failure is None:
        return None
    if outcome.unstable and failure.kind in ("shape", "finite", "values"):
        failure = Failure("unstable", f"{failure.message} {not_repeated(case)}")
    return replace(
        failure,
        function=case.function,
        case=case.title,
        group=case.group,
        printed=outcome.printed,
    )


def not_repeated(case: Case) -> str:
    """What to say of a result that another call with equal inputs does not give."""
    return (OUTSIDE if "state" in case.inputs() else UNSTABLE).format(case.function)


def compare_speed(spec: Function, case: Case, speedup: float) -> Failure | None:
    """Whether the function is as many times faster than the baseline as the case asks."""
    if speedup >= case.speedup:
        return None
    message = (
        f"`{spec.name}` is right, and {speedup:.0f} times as fast as loops over every pixel. "
        f"The bonus asks for {case.speedup:.0f} times."
    )
    return Failure("slow", message, received=speedup, expected=case.speedup)


def compare_outputs(
    spec: Function, value: Any, right: Any, limits: tuple[float, float]
) -> Failure | None:
    """Compare one or several arrays or numbers within rtol and atol."""
    names = spec.outputs
    if len(names) == 1:
        return _compare_one(spec, names[0], value, right, limits)
    if not isinstance(value, tuple | list) or len(value) != len(names):
        things = "results" if spec.numbers else "arrays"
        wanted = f"{len(names)} {things} ({', '.join(names)})"
        return Failure(
            "type", f"`{spec.name}` must return {wanted}, but returned {name_of(value)}."
        )
    found = [_compare_one(spec, name, value[i], right[i], limits) for i, name in enumerate(names)]
    failure = next((f for f in sorted_by_stage(found) if f), None)
    passing = tuple(name for name, f in zip(names, found, strict=True) if f is None)
    return failure and replace(failure, right=passing)


STAGES = ("type", "shape", "dtype", "finite", "values")


def sorted_by_stage(found: list[Failure | None]) -> list[Failure]:
    """The failures of several outputs, those of an earlier stage first."""
    return sorted((f for f in found if f), key=lambda failure: STAGES.index(failure.kind))


def _compare_one(
    spec: Function, name: str, value: Any, right: Any, limits: tuple[float, float]
) -> Failure | None:
    if name in spec.lists:
        return _compare_list(spec, name, value, right, limits)
    if spec.is_number(name):
        value, right = _as_number(value), np.asarray(right, dtype=np.float64)
    if not isinstance(value, np.ndarray):
        failure = Failure("type", _type_message(spec, name, value))
    elif value.shape != right.shape:
        text = f"`{name}` has shape {value.shape}; it must be {right.shape}."
        failure = Failure("shape", text, received=value.shape, expected=right.shape)
    elif not spec.is_number(name) and value.dtype != right.dtype:
        failure = _dtype_failure(name, value, right)
    else:
        failure = _compare_values(name, value, right, limits)
    return failure and replace(failure, output=name)


def _compare_list(
    spec: Function, name: str, value: Any, right: Any, limits: tuple[float, float]
) -> Failure | None:
    """Compare a list of arrays; the first wrong one is told, at the earliest stage."""
    if not isinstance(value, tuple | list):
        text = f"`{name}` must be a list of {len(right)} arrays, but is {name_of(value)}."
        return Failure("type", text, output=name)
    if len(value) != len(right):
        arrays = "array" if len(right) == 1 else "arrays"
        text = f"`{name}` must be a list of {len(right)} {arrays}, but has {len(value)}."
        return Failure("type", text, output=name)
    pairs = enumerate(zip(value, right, strict=True))
    found = [_compare_one(spec, f"{name}[{i}]", *pair, limits) for i, pair in pairs]
    return next((f for f in sorted_by_stage(found) if f), None)


def _as_number(value: Any) -> Any:
    """A real number as a 0-d array, any other single value as Python's own."""
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "bc":
        return value.item()
    real = isinstance(value, int | float) and not isinstance(value, bool)
    return np.asarray(value, dtype=np.float64) if real else value


def _type_message(spec: Function, name: str, value: Any) -> str:
    if value is None and len(spec.outputs) == 1:
        return f"`{spec.name}` returned None where `{name}` should be: is a `return` missing?"
    wanted = "one number" if spec.is_number(name) else "a NumPy array"
    return f"`{name}` must be {wanted}, but is {name_of(value)}."


def _dtype_failure(name: str, value: np.ndarray, right: np.ndarray) -> Failure:
    text = f"`{name}` has dtype {value.dtype}; it must be {right.dtype}, as the inputs are."
    if value.dtype == np.float64:
        text += (
            " New arrays are float64 unless you say otherwise: `np.zeros(shape, dtype=x.dtype)`."
        )
    if value.dtype.kind in "iub":
        text += " Whole numbers cut off every fraction: make arrays with `dtype=x.dtype`."
    return Failure("dtype", text, received=str(value.dtype), expected=str(right.dtype))


def _compare_values(
    name: str, value: np.ndarray, right: np.ndarray, limits: tuple[float, float]
) -> Failure | None:
    rtol, atol = limits
    value = value.astype(np.complex128 if value.dtype.kind == "c" else np.float64)
    right = right.astype(np.float64)
    with np.errstate(all="ignore"):
        # The usual case, found out sooner; infinity is less than nothing, so it goes on below.
        if (np.abs(value - right) < atol + rtol * np.abs(right)).all():
            return None
        finite = np.isfinite(value) | ~np.isfinite(right)
        error = np.where(value == right, 0.0, np.abs(value - right))
        error = np.where(np.isnan(error), np.inf, error) / (atol + rtol * np.abs(right))
        wrong = ~(error <= 1)
    if not wrong.any():
        return None
    kind = "values" if finite.all() else "finite"
    worst = np.argmax(error if kind == "values" else ~finite)
    index = tuple(int(i) for i in np.unravel_index(worst, value.shape))
    return mismatch(kind, name, index, (value, right, wrong))
