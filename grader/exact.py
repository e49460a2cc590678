"""Compare whole numbers, words or truth values, alone or nested: nothing but equal is right."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.numbers import show
from grader.plain import name_of
from grader.verdict import Failure

LONGEST_WORD = 40


def compare_exact(name: str, value: Any, right: Any) -> Failure | None:
    """The first wrong whole number or word, alone or nested in tuples and lists; or None.

    Args:
        name: what the result is called.
        value: what the learner's function returned, as plain data.
        right: the expected result.
    """
    if isinstance(value, np.ndarray) and value.ndim > 0 and _holds_whole_numbers(value):
        value = tuple(value.tolist())
    if isinstance(right, tuple | list):
        return _compare_sequence(name, value, right)
    if isinstance(right, str):
        return _compare_word(name, value, right)
    if isinstance(right, bool):
        return _compare_truth(name, value, right)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if not isinstance(value, int | float) or isinstance(value, bool):
        return Failure("type", f"`{name}` must be a whole number, but is {name_of(value)}.")
    if value != right:
        text = f"`{name}` is {show(value)}; it must be {right}."
        return Failure("values", text, output=name, received=value, expected=right)
    if isinstance(value, float):
        text = f"`{name}` is the float {value}; it must be the whole number {right}, an int."
        return Failure("type", text, output=name, received=value, expected=right)
    return None


def _holds_whole_numbers(value: np.ndarray) -> bool:
    """Whether an array may stand for a list; one without elements is float64 by itself."""
    return value.dtype.kind in "iu" or value.size == 0


def _compare_word(name: str, value: Any, right: str) -> Failure | None:
    if not isinstance(value, str):
        return Failure("type", f"`{name}` must be a word, but is {name_of(value)}.")
    if value == right:
        return None
    shown = value if len(value) <= LONGEST_WORD else f"{value[:LONGEST_WORD]}…"
    text = f"`{name}` is {shown!r}; it must be {right!r}."
    return Failure("values", text, output=name, received=shown, expected=right)


def _compare_truth(name: str, value: Any, right: bool) -> Failure | None:
    if value is right or (type(value) is int and value == right):
        return None
    if not isinstance(value, bool):
        return Failure("type", f"`{name}` must be True or False, but is {name_of(value)}.")
    text = f"`{name}` is {value}; it must be {right}."
    return Failure("values", text, output=name, received=value, expected=right)


def _compare_sequence(name: str, value: Any, right: tuple | list) -> Failure | None:
    if not isinstance(value, tuple | list):
        wanted = f"a {type(right).__name__} of {len(right)}"
        return Failure("type", f"`{name}` must be {wanted}, but is {name_of(value)}.")
    if len(value) != len(right):
        items = "item" if len(value) == 1 else "items"
        text = f"`{name}` has {len(value)} {items}; it must have {len(right)}."
        return Failure("shape", text, output=name, received=len(value), expected=len(right))
    for i, (own, wanted) in enumerate(zip(value, right, strict=True)):
        failure = compare_exact(f"{name}[{i}]", own, wanted)
        if failure:
            return failure
    return None
