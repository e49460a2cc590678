"""Take a learner's functions out of a plain Python file."""

from __future__ import annotations

import linecache
import sys
import warnings
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.errors import CheckError
from grader.exercise import Exercise
from grader.limits import Limited
from grader.restored import Restored
from grader.stopped import stopped

FILE_SECONDS = 20.0
MODULE = "__answer__"


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
    code = _compiled(path)
    # Dataclasses and pickle look a class's module up there.
    module = sys.modules[MODULE] = ModuleType(MODULE)
    module.__file__ = str(path)
    linecache.checkcache(str(path))
    try:
        with Limited(FILE_SECONDS), warnings.catch_warnings(), Restored():
            warnings.simplefilter("ignore")
            exec(code, vars(module))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # the file may raise anything, SystemExit included
        raise CheckError(stopped(str(path), error, str(path))[1]) from error
    return vars(module)


def _compiled(path: Path) -> CodeType:
    """Read and compile a file; as bytes, so that Python itself finds out its encoding."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise CheckError(f"{path} cannot be read: {error.strerror}") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        text = getattr(error, "msg", str(error))
        raise CheckError(f"{path}:{line}: this is not Python: {text}") from error
