"""Look at a callable without calling it: what it takes, and which function is inside."""

from __future__ import annotations

import functools
import inspect
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from grader.plain import plain_text

MOST_LAYERS = 20
MOST_CHARACTERS = 200


def innermost(value: Any) -> Any:
    """The Python function inside a partial, a method, a decorated function or a callable object.

    Returns:
        That function, or the value at which the search ends; a class is left as it is.
    """
    for _ in range(MOST_LAYERS):
        inner = _inside(value)
        if inner is None:
            break
        value = inner
    return value


def _inside(value: Any) -> Any:
    kind = type(value)
    if issubclass(kind, type):
        return None
    if issubclass(kind, functools.partial):
        return value.func
    if issubclass(kind, MethodType):
        return value.__func__
    if issubclass(kind, np.vectorize):
        return inspect.getattr_static(value, "pyfunc", None)
    # `getattr` would run the code of an odd object.
    wrapped = inspect.getattr_static(value, "__wrapped__", None)
    if callable(wrapped):
        return wrapped
    if issubclass(kind, FunctionType):
        return None
    call = inspect.getattr_static(kind, "__call__", None)
    return call if type(call) is FunctionType else None


def accepts(function: Any, positional: list[Any], options: dict[str, Any]) -> bool:
    """Whether a callable takes these arguments; True if it does not tell."""
    try:
        signature = inspect.signature(function)
    except Exception:  # some callables do not tell, odd ones raise anything
        return True
    try:
        signature.bind(*positional, **options)
    except TypeError:
        return False
    return True


def arguments(function: Any) -> str:
    """The arguments of a callable as in its `def` line, such as `(x, b=0)`."""
    try:
        text = str(inspect.signature(function))
    except Exception:  # a default may be an odd object that cannot be printed
        return "other arguments"
    short = text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
    return plain_text(" ".join(short.split()), MOST_CHARACTERS + 1)
