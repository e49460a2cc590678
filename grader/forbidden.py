"""Notice a solution that lets torch do the work: read its code, not run it."""

from __future__ import annotations

import dis
import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any


def forbidden_call(function: Callable[..., Any], packages: tuple[str, ...]) -> str | None:
    """The forbidden package that a function, or a function it names, makes use of.

    Args:
        function: what the learner wrote.
        packages: top-level packages that are not allowed, such as `torch`.

    Returns:
        The first such package, or None.
    """
    function = _function(function)
    for package in _packages(function, getattr(function, "__globals__", {}), seen=set()):
        if package in packages:
            return package
    return None


def _function(value: Any) -> Any:
    if isinstance(value, functools.partial):
        return _function(value.func)
    if inspect.ismethod(value):
        return value.__func__
    return inspect.unwrap(value) if inspect.isfunction(value) else value


def _packages(value: Any, notebook: dict[str, Any], seen: set[int]) -> Iterator[str]:
    """The top-level packages a value comes from and, if the notebook defines it, uses."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield _home(value).partition(".")[0]
    if isinstance(value, FunctionType) and value.__globals__ is notebook:
        for code in _codes(value.__code__):
            yield from _imports(code)
            for name in code.co_names:
                yield from _packages(notebook.get(name), notebook, seen)


def _home(value: Any) -> str:
    """The module a module, function or class belongs to."""
    if isinstance(value, ModuleType):
        return value.__name__
    if isinstance(value, FunctionType | type):
        return value.__module__ or ""
    return _home_of_builtin(value) if inspect.isbuiltin(value) else ""


def _home_of_builtin(value: Any) -> str:
    """A function written in C may not know its module; torch's do not: look for it there."""
    torch = sys.modules.get("torch")
    if torch is not None and getattr(torch, value.__name__, None) is value:
        return "torch"
    return value.__module__ or ""


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _imports(code: CodeType) -> Iterator[str]:
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            yield instruction.argval.partition(".")[0]
