"""The right outputs of an exercise's cases: recorded ones where they exist, else live torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.case import Case
from grader.errors import GradingError
from grader.exercise import Exercise
from grader.plain import plain

RECORDED = Path(__file__).parent / "recorded"


def expected(exercise: Exercise, cases: Sequence[Case], *, hidden: bool) -> list[Any]:
    """The right output for each case, as plain data.

    Args:
        exercise: whose cases they are.
        cases: its visible cases in order, or hidden ones.
        hidden: hidden cases are never recorded: ask torch.

    Raises:
        GradingError: they are not recorded and torch is not installed.
    """
    if not hidden:
        recorded = recorded_outputs(exercise)
        if recorded is not None:
            return list(recorded)
    return live_outputs(exercise, cases)


def live_outputs(exercise: Exercise, cases: Sequence[Case]) -> list[Any]:
    """Ask torch for the output of each case.

    Raises:
        GradingError: torch is not installed.
    """
    try:
        from grader.references import reference

        references = {f.name: reference(exercise, f.name) for f in exercise.functions}
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise GradingError(
            f"there are no recorded outputs for {exercise.slug}, and torch is not installed to "
            "make them. Run `make record`, or install torch."
        ) from error
    return [plain(case.result(references[case.function])) for case in cases]


def record(exercise: Exercise, folder: Path = RECORDED) -> Path:
    """Write torch's outputs for the visible cases of an exercise, and what they belong to."""
    cases = exercise.cases()
    arrays: dict[str, np.ndarray] = {}
    tree = [_take_arrays(output, arrays) for output in live_outputs(exercise, cases)]
    description = json.dumps({"digest": digest(cases), "outputs": tree})
    path = folder / f"{exercise.slug}.npz"
    folder.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, description=np.array(description), **arrays)
    partial.replace(path)
    recorded_outputs.cache_clear()
    return path


@lru_cache
def recorded_outputs(exercise: Exercise) -> tuple[Any, ...] | None:
    """The recorded outputs of the visible cases; None if there are none for today's cases."""
    path = RECORDED / f"{exercise.slug}.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as file:
        description = json.loads(file["description"].item())
        if description["digest"] != digest(exercise.cases()):
            return None
        return tuple(_put_arrays(output, file) for output in description["outputs"])


def digest(cases: Sequence[Case]) -> str:
    """A fingerprint of all inputs, equal on every machine that makes the same ones."""
    total = hashlib.sha256()
    for case in cases:
        total.update(f"{case.function} {case.dtype} {case.views}".encode())
        total.update(repr(case.drive).encode() if case.drive else b"")
        for name, value in case.inputs().items():
            total.update(f"{name} {_text(value)}".encode())
    return total.hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray):
        wide = "int64" if value.dtype.kind == "i" else value.dtype
        contents = hashlib.sha256(np.ascontiguousarray(value, dtype=wide).tobytes())
        return f"{value.shape} {contents.hexdigest()}"
    if isinstance(value, list) and any(isinstance(item, np.ndarray) for item in value):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_text(item)}' for name, item in value.items())}}}"
    return getattr(value, "paste", "callable") if callable(value) else repr(value)


def _take_arrays(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    """Describe a plain value in JSON, its arrays moved to `arrays` under running names."""
    if isinstance(value, np.ndarray):
        name = f"array_{len(arrays)}"
        arrays[name] = value
        return {"array": name}
    if isinstance(value, tuple):
        return {"tuple": [_take_arrays(item, arrays) for item in value]}
    if isinstance(value, list):
        return [_take_arrays(item, arrays) for item in value]
    return value


def _put_arrays(value: Any, arrays: Any) -> Any:
    """Undo `_take_arrays`."""
    if isinstance(value, dict):
        if "array" in value:
            return arrays[value["array"]]
        return tuple(_put_arrays(item, arrays) for item in value["tuple"])
    if isinstance(value, list):
        return [_put_arrays(item, arrays) for item in value]
    return value
