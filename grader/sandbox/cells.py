"""Run the cells of one notebook, inside the walls, and note what they print, show and raise."""

from __future__ import annotations

import ast
import builtins
import io
import linecache
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from grader.plain import plain_text, type_name
from grader.sandbox import figures
from grader.sandbox.magics import python_of

MOST_RESULT = 20_000
MOST_TRACEBACK = 10_000
MOST_FRAMES = 20
STDOUT = 1


class Output(io.TextIOBase):
    """Stands in for stdout and stderr: writes to the grader's pipe at once, and not too much.

    Args:
        most: how many characters a cell may print; the rest is dropped, with a note.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def start_cell(self) -> None:
        """Let the next cell print its share."""
        self._left = self._most

    def writable(self) -> bool:
        """Say yes, as stdout does."""
        return True

    def fileno(self) -> int:
        """The pipe itself, which closes when too much is written to it."""
        return STDOUT

    def write(self, text: str) -> int:
        """Take a text as stdout does."""
        if not isinstance(text, str):
            raise TypeError("write() argument must be str")
        if self._left > 0:
            kept = text[: self._left]
            self._left -= len(kept)
            note = "" if len(kept) == len(text) else "\n[the rest of the output is cut]\n"
            _write((kept + note).encode("utf-8", "replace"))
        return len(text)


class Notebook:
    """The variables of a notebook, and its cells one after another.

    Args:
        most_output: how many characters a cell may print.
    """

    def __init__(self, most_output: int) -> None:
        self._output = sys.stdout = sys.stderr = Output(most_output)
        main = sys.modules["__main__"] = ModuleType("__main__")
        self.names = vars(main)
        self.names["__builtins__"] = builtins
        self._kept: dict[str, dict[str, Any]] = {}
        self._count = 0

    def run(self, source: str) -> tuple[dict[str, Any], list[bytes]]:
        """Run a cell.

        Returns:
            The text of its last expression and its error, each None if there is none; and the
            figures it has drawn, as PNG.
        """
        self._count += 1
        self._output.start_cell()
        name = f"<cell {self._count}>"
        error = None
        shown = None
        try:
            shown = self._execute(source, name)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # a learner's code may raise anything
            error = _described(raised)
        return {"result": shown, "error": error}, figures.taken()

    def get(self, name: str) -> Any:
        """The variable of that name, or None."""
        return self.names.get(name)

    def keep(self, name: str) -> None:
        """Remember all variables as they are now."""
        self._kept[name] = dict(self.names)

    @contextmanager
    def as_kept(self, name: str) -> Iterator[None]:
        """Have the variables as they were kept under a name; as they are, if they were not.

        Functions look their names up in the same dictionary as ever, so it is its contents
        that change.
        """
        now = dict(self.names)
        self._set(self._kept.get(name, now))
        try:
            yield
        finally:
            self._set(now)

    def _set(self, names: dict[str, Any]) -> None:
        self.names.clear()
        self.names.update(names)

    def _execute(self, source: str, name: str) -> str | None:
        python = python_of(source)
        linecache.cache[name] = (len(python), None, python.splitlines(True), name)
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            tree = ast.parse(python, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec", dont_inherit=True), self.names)
        if last is None:
            return None
        expression = compile(ast.Expression(last.value), name, "eval", dont_inherit=True)
        value = eval(expression, self.names)
        if value is None or python.rstrip().endswith(";"):
            return None
        self.names["_"] = value
        return plain_text(str.__str__(repr(value)), MOST_RESULT) or None


def _described(error: BaseException) -> dict[str, str]:
    """What an exception says of itself, with the lines of the notebook it went through."""
    try:
        text = plain_text(str(error), 2_000)
    except BaseException:  # an exception may not even print
        text = "(no text)"
    try:
        told = traceback.TracebackException.from_exception(error, limit=-MOST_FRAMES)
        own = [frame for frame in told.stack if frame.filename.startswith("<cell")]
        told.stack = traceback.StackSummary.from_list(own)
        lines = "".join(told.format(chain=False))
    except BaseException:
        lines = f"{type_name(type(error))}: {text}"
    name = type_name(type(error))
    return {"name": name, "text": text, "traceback": plain_text(lines, MOST_TRACEBACK)}


def _write(data: bytes) -> None:
    try:
        while data:
            data = data[os.write(STDOUT, data) :]
    except OSError:
        pass  # the grader has heard enough and closed the pipe
