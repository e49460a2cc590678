"""Take a learner's functions out of a plain Python file."""

from __future__ import annotations

import contextlib
import io
import linecache
from pathlib import Path
from typing import Any

from grader.errors import CheckError
from grader.exercise import Exercise


def functions_in(path: Path, exercise: Exercise) -> list[Any]:
    """Run a file and return the exercise's functions; None for each that it does not define.

    Raises:
        CheckError: the file is not there, or does not run; the message says in which line.
    """
    names = run_file(path)
    return [names.get(function.name) for function in exercise.functions]


def run_file(path: Path) -> dict[str, Any]:
    """Run a Python file by itself and return its names.

    Raises:
        CheckError: as for `functions_in`.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f"{path} cannot be read: {error}") from error
    names: dict[str, Any] = {"__name__": "__answer__", "__file__": str(path)}
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        text = getattr(error, "msg", str(error))
        raise CheckError(f"{path}:{line}: this is not Python: {text}") from error
    linecache.checkcache(str(path))
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, names)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # the file may raise anything, SystemExit included
        raise CheckError(f"{path} stopped with {type(error).__name__}: {error}") from error
    return names
