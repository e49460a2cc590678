"""Turn whatever a learner's function returns into plain data: numbers, tuples, lists, arrays.

Everything after this step (comparing, diagnosing, reporting) meets plain data only, so that an
odd object can neither run its own code there nor pass for something it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

MOST_ITEMS = 20_000
MOST_DEPTH = 8


@dataclass(frozen=True)
class Foreign:
    """A value that is no plain data; only the name of its type is kept."""

    type_name: str


def plain(value: Any) -> Any:
    """Return the value as plain data.

    Returns:
        None, bool, int, float, complex and str as they are; NumPy's whole numbers as int, its
        other scalars as 0-d arrays; arrays as copies of exactly the type `np.ndarray`; tuples
        and lists of plain values; anything else as `Foreign`.
    """
    return _plain(value, budget=[MOST_ITEMS], depth=0)


def _plain(value: Any, budget: list[int], depth: int) -> Any:
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        return value
    if issubclass(kind, np.ndarray):
        return _array(value)
    if issubclass(kind, np.bool_):
        return bool(value)
    if issubclass(kind, np.integer):
        return int(value)
    if issubclass(kind, np.generic):
        return _array(np.asarray(value))
    if kind in (tuple, list) and depth < MOST_DEPTH:
        return _sequence(value, budget, depth)
    return Foreign(_type_name(kind))


def _array(value: np.ndarray) -> Any:
    """Copy the numbers out of an array; the copy is no view and of no subclass."""
    if value.dtype.kind not in "biufc":
        return Foreign(f"array of dtype {np.dtype(value.dtype).name}")
    if issubclass(type(value), np.ma.MaskedArray):
        return Foreign("masked array")
    return np.array(np.ndarray.view(value, np.ndarray), copy=True, subok=False)


def _sequence(value: tuple | list, budget: list[int], depth: int) -> Any:
    budget[0] -= len(value)
    if budget[0] < 0:
        return Foreign(f"{type(value).__name__} of very many items")
    items = [_plain(item, budget, depth + 1) for item in value]
    return tuple(items) if type(value) is tuple else items


def _type_name(kind: type) -> str:
    name = type.__getattribute__(kind, "__name__")
    return name[:60] if type(name) is str else "unknown"


def same(a: Any, b: Any) -> bool:
    """Whether two plain values are equal to the last bit; NaN equals NaN."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and same_bits(a, b)
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return a == b or (a != a and b != b)


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays of numbers are equal, NaN counted as equal to NaN."""
    return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")


def name_of(value: Any) -> str:
    """Say what a plain value is, in the words of a message: `None`, `a list`, `a float`."""
    if value is None:
        return "None"
    if isinstance(value, Foreign):
        article = "an" if value.type_name[:1].lower() in "aeiou" else "a"
        return f"{article} {value.type_name}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return {int: "an int", str: "a string"}.get(type(value), f"a {type(value).__name__}")
