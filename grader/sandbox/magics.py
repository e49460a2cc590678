"""Notebook commands that are no Python (`%matplotlib inline`, `!pip …`, `x?`), made harmless."""

from __future__ import annotations

import ast
import re

# Of these, the rest of the line, or of the cell, is Python that the notebook goes on with.
TIMERS = re.compile(r"^(\s*)%(?:time|timeit|prun)\b((?:\s+-\w+(?:\s*\d+)?)*)\s*(.*)$")
CELL_TIMERS = ("time", "timeit", "capture", "prun", "python", "python3")
ASSIGNED = re.compile(r"^(\s*[\w\s,.\[\]]+=\s*)[%!].*$")
COMMAND = re.compile(r"^(\s*)(?:[%!?].*|.*[\w\])]\?{1,2}\s*)$")


def python_of(source: str) -> str:
    """The Python of a cell, line by line at the same places.

    A cell that is Python already stays as it is, so that `%` at the start of a line can still
    be the remainder of a division.
    """
    if _is_python(source):
        return source
    lines = source.splitlines()
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines and lines[first].startswith("%%"):
        kind = lines[first][2:].split(" ")[0].strip()
        lines[first] = ""
        if kind not in CELL_TIMERS:
            return ""
        source = "\n".join(lines)
        if _is_python(source):
            return source
    return "\n".join(map(_python_line, lines))


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _python_line(line: str) -> str:
    if timed := TIMERS.match(line):
        return timed[1] + (timed[3] or "pass")
    if assigned := ASSIGNED.match(line):
        return f"{assigned[1]}None"
    if command := COMMAND.match(line):
        return f"{command[1]}pass"
    return line
