"""Write a case down as code that can be pasted into a cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function

MOST_NUMBERS = 80
# The learner's notebook may have set others.
PRINTING: dict[str, Any] = {
    "precision": 8,
    "floatmode": "maxprec",
    "suppress": False,
    "linewidth": 75,
    "sign": "-",
    "nanstr": "np.nan",
    "infstr": "np.inf",
    "formatter": None,
    "legacy": False,
}


def size(exercise: Exercise, case: Case) -> int:
    """A measure of how hard a case is to follow: its numbers, and ten for each option."""
    inputs = case.inputs()
    options = len(inputs) - len(exercise.function(case.function).required)
    return sum(map(_count, inputs.values())) + 10 * options


def _count(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return sum(map(_count, value))
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return abs(value) if isinstance(value, int) else 1


def paste(exercise: Exercise, case: Case) -> str:
    """Code that makes the inputs of a visible case and calls the function.

    Small inputs are written out; large ones are fetched by `grader.case`.
    """
    spec = exercise.function(case.function)
    inputs = case.inputs()
    if sum(map(_numbers, inputs.values())) > MOST_NUMBERS:
        index = exercise.cases().index(case) if case in exercise.cases() else 0
        fetch = f'from grader import case\ninputs = case("{exercise.slug}", {index})'
        return f"{fetch}\n{_call_fetched(spec)}"
    lines = [_assign(name, value) for name, value in inputs.items() if _is_long(value)]
    given = {name: name if _is_long(v) else repr(v) for name, v in inputs.items()}
    given |= case.drive.texts(inputs) if case.drive else {}
    positional = [given[name] for name in spec.required]
    options = [f"{name}={text}" for name, text in given.items() if name not in spec.required]
    options = [] if spec.method else options
    call = f"{spec.name}({', '.join(positional + options)})"
    return "\n".join([*lines, case.drive.paste(call) if case.drive else call])


def _call_fetched(spec: Function) -> str:
    if not spec.method:
        return f"{spec.name}(**inputs)"
    made, taken = ([f'inputs["{name}"]' for name in names] for names in (spec.required, spec.taken))
    return f"{spec.name}({', '.join(made)}).{spec.method}({', '.join(taken)})"


def _numbers(value: Any) -> int:
    """How many numbers stand in arrays."""
    if isinstance(value, list | dict):
        return sum(map(_numbers, value.values() if isinstance(value, dict) else value))
    return value.size if isinstance(value, np.ndarray) else 0


def _is_long(value: Any) -> bool:
    return callable(value) or isinstance(value, np.ndarray | list) or _holds_arrays(value)


def _holds_arrays(value: Any) -> bool:
    """Whether a value is a dict of arrays, such as all parameters of a network."""
    return isinstance(value, dict) and any(isinstance(v, np.ndarray) for v in value.values())


def _assign(name: str, value: Any) -> str:
    if callable(value):
        return f"{name} = {getattr(value, 'paste', value.__name__)}"
    if isinstance(value, list) and any(isinstance(item, np.ndarray) for item in value):
        parts = [_assign(f"{name}_{i}", item) for i, item in enumerate(value)]
        names = ", ".join(f"{name}_{i}" for i in range(len(value)))
        return "\n".join([*parts, f"{name} = [{names}]"])
    if _holds_arrays(value):
        parts = [_assign(f'{name}["{key}"]', item) for key, item in value.items()]
        return "\n".join([f"{name} = {{}}", *parts])
    if not isinstance(value, np.ndarray):
        return f"{name} = {value!r}"
    spread = not value.flags.c_contiguous
    start = f"{name} = np.repeat(np.array(" if spread else f"{name} = np.array("
    with np.printoptions(**PRINTING):
        numbers = np.array2string(
            np.ascontiguousarray(value), separator=", ", threshold=value.size + 1, prefix=start
        )
    rows = "\n".join(line for line in numbers.splitlines() if line.strip())
    dtype = "" if value.dtype in (np.float64, np.int64) else f", dtype=np.{value.dtype}"
    return start + rows + dtype + ("), 2, axis=-1)[..., ::2]" if spread else ")")
