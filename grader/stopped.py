"""Say in one sentence what stopped a learner's code: time, too much output or an exception."""

from __future__ import annotations

import linecache
from types import FunctionType
from typing import Any

from grader.callables import innermost
from grader.limits import Limited, TooLong, TooMuch
from grader.plain import plain_text, type_name

MOST_CHARACTERS = 300
TEXT_SECONDS = 1.0


def stopped(name: str, error: BaseException, filename: str | None) -> tuple[str, str]:
    """The kind of failure and the sentence for what code has raised.

    Args:
        name: what was run, a function or a file.
        error: what it raised.
        filename: where its code is; names the line, if the error passed through that file.

    Returns:
        `time`, `output`, `missing` (not written yet) or `crash`, and the sentence.
    """
    kind = type(error)
    if issubclass(kind, TooLong):
        text = f"`{name}` ran for {error} and was stopped. Is there a loop that never ends?"
        return "time", text
    if issubclass(kind, TooMuch):
        return "output", f"`{name}` printed without end: {error}."
    line = _line(error, filename)
    if issubclass(kind, NotImplementedError):
        text = f"`{name}` is not written yet: it raised NotImplementedError{line}."
        return "missing", f"{text} Put your code there."
    return "crash", f"`{name}` stopped with {said(error)}{line}"


def file_of(function: Any) -> str | None:
    """The name of the file or notebook cell that a callable's code is in; None if unknown.

    A class's code is that of its methods.
    """
    inner = innermost(function)
    if issubclass(type(inner), type):
        parts = type.__dict__["__dict__"].__get__(inner).values()
        inner = next((part for part in parts if type(part) is FunctionType), None)
    return inner.__code__.co_filename if type(inner) is FunctionType else None


def said(error: BaseException) -> str:
    """Name the error by its public class, and give the start of its text on one line."""
    names = [type_name(kind) for kind in type(error).__mro__]
    name = next(name for name in names if not name.startswith("_"))
    try:
        with Limited(TEXT_SECONDS):
            text = plain_text(str(error), MOST_CHARACTERS)
    except KeyboardInterrupt:
        raise
    except BaseException:  # a learner's exception may not even print, nor end
        text = "(no text)"
    text = " ".join(text.split())
    return f"{name}: {text}" if text else name


def _line(error: BaseException, filename: str | None) -> str:
    """The last line of that file which the error passed through, as ` (line 3: …)`."""
    trace, last = BaseException.__traceback__.__get__(error), None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            last = trace
        trace = trace.tb_next
    if last is None:
        return ""
    source = plain_text(linecache.getline(filename, last.tb_lineno).strip(), 120)
    source = f": `{source}`" if source else ""
    return f" (line {last.tb_lineno}{source})"
