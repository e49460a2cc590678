"""Turn whatever a learner's function returns into plain data: numbers, tuples, lists, arrays.

Everything after this step (comparing, diagnosing, reporting) meets plain data only, so that an
odd object can neither run its own code there nor pass for something it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST_ITEMS = 20_000
MOST_DEPTH = 8
MOST_ELEMENTS = 4_000_000
INT64 = np.iinfo(np.int64)
# Control characters but for tabs and line ends, and halves of surrogate pairs.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Foreign:
    """A value that is no plain data; only the name of its type is kept."""

    type_name: str


def plain(value: Any) -> Any:
    """Return the value as plain data.

    Returns:
        None, bool, int, float, complex and str as they are; NumPy's whole numbers as int, its
        words as str, its other scalars as 0-d arrays; arrays of numbers as copies of exactly the
        type `np.ndarray`, in the byte order of this machine; rows of words as lists; tuples (named
        ones too) and lists of plain values; anything else, numbers and arrays that are far too
        large too, as `Foreign`.
    """
    return _plain(value, budget=[MOST_ITEMS], depth=0)


def _plain(value: Any, budget: list[int], depth: int) -> Any:
    kind = type(value)
    if kind is Foreign and type(value.type_name) is str:
        return Foreign(plain_text(value.type_name, 60))
    if value is None or kind in (bool, float, complex, str):
        return value
    if kind is np.str_:
        return str.__str__(value)
    if kind is int or issubclass(kind, np.integer):
        return _whole(int(value))
    if issubclass(kind, np.ndarray):
        return _array(value)
    if issubclass(kind, np.bool_):
        return bool(value)
    if issubclass(kind, np.generic):
        return _array(np.asarray(value))
    for sequence in (tuple, list):
        if issubclass(kind, sequence) and depth < MOST_DEPTH:
            return _sequence(sequence, value, budget, depth)
    return Foreign(type_name(kind))


def _whole(value: int) -> Any:
    """A whole number, if NumPy can hold it; Python refuses to print very long ones."""
    if INT64.min <= value <= INT64.max:
        return value
    return Foreign(f"int of {value.bit_length()} bits")


def _array(value: np.ndarray) -> Any:
    """Copy the numbers out of an array; the copy is no view and of no subclass."""
    if issubclass(type(value), np.ma.MaskedArray):
        return Foreign("masked array")
    base = np.ndarray.view(value, np.ndarray)
    if base.dtype.kind == "U" and base.ndim <= 1 and base.size <= MOST_ITEMS:
        return base.tolist()
    if base.dtype.kind not in "biufc":
        return Foreign(f"array of dtype {base.dtype.name}")
    if base.size > MOST_ELEMENTS:
        return Foreign(f"array of shape {base.shape}, far too large")
    return np.array(base, dtype=base.dtype.newbyteorder("="), copy=True)


def _sequence(kind: type, value: tuple | list, budget: list[int], depth: int) -> Any:
    """A tuple or list; that of a subclass is read without the subclass's own code."""
    budget[0] -= kind.__len__(value)
    if budget[0] < 0:
        return Foreign(f"{kind.__name__} of very many items")
    return kind(_plain(item, budget, depth + 1) for item in kind.__iter__(value))


def type_name(kind: type) -> str:
    """The start of a class's name; its metaclass is not asked."""
    return plain_text(type.__dict__["__name__"].__get__(kind), 60)


def plain_text(text: str, most: int) -> str:
    """The first characters of a text, as an exact `str` that can be shown and saved anywhere.

    Control characters and halves of surrogate pairs become `�`; line ends and tabs stay.
    """
    return UNSHOWABLE.sub("�", str.__getitem__(text, slice(most)))


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
    # Nearly always they are the same bytes, which is found out sooner.
    return a.tobytes() == b.tobytes() or np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")


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
