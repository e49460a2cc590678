"""Notice a solution that lets torch do the work: read its code, not run it."""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from grader.callables import innermost

IMPORT_NAME = dis.opmap["IMPORT_NAME"]


def forbidden_call(function: Callable[..., Any], packages: tuple[str, ...]) -> str | None:
    """The forbidden package that a function, or a function it names, makes use of.

    Args:
        function: what the learner wrote.
        packages: top-level packages that are not allowed, such as `torch`.

    Returns:
        The first such package, or None.
    """
    for part in _parts(innermost(function)):
        notebook = part.__globals__ if type(part) is FunctionType else {}
        for package in _packages(part, notebook, seen=set()):
            if package in packages:
                return package
    return None


def _parts(value: Any) -> list[Any]:
    """A class and the functions that it is made of, or the value alone."""
    if not issubclass(type(value), type):
        return [value]
    inside = type.__dict__["__dict__"].__get__(value).values()
    return [value, *(part for part in inside if type(part) is FunctionType)]


def _packages(value: Any, notebook: dict[str, Any], seen: set[int]) -> Iterator[str]:
    """The top-level packages a value comes from and, if the notebook defines it, uses."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield _home(value).partition(".")[0]
    if type(value) is FunctionType and value.__globals__ is notebook:
        for code in _codes(value.__code__):
            yield from _imports(code)
            for name in code.co_names:
                yield from _packages(notebook.get(name), notebook, seen)


def _home(value: Any) -> str:
    """The module a module, function or class belongs to; an odd object's code is not run."""
    kind = type(value)
    if issubclass(kind, ModuleType):
        home = ModuleType.__getattribute__(value, "__dict__").get("__name__")
    elif issubclass(kind, type):
        home = type.__dict__["__module__"].__get__(value)
    elif kind is BuiltinFunctionType:
        home = _home_of_builtin(value)
    else:
        home = value.__module__ if kind is FunctionType else ""
    return home if type(home) is str else ""


def _home_of_builtin(value: BuiltinFunctionType) -> Any:
    """A function written in C may not know its module; torch's do not: look for it there."""
    torch = sys.modules.get("torch")
    if torch is not None and getattr(torch, value.__name__, None) is value:
        return "torch"
    return value.__module__


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _imports(code: CodeType) -> Iterator[str]:
    if IMPORT_NAME not in code.co_code[::2]:  # which is far quicker than to look at each
        return
    for instruction in dis.get_instructions(code):
        if instruction.opcode == IMPORT_NAME:
            yield instruction.argval.partition(".")[0]
