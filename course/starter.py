"""A solution cell as the learner gets it, with a stub where the solution was."""

from __future__ import annotations

BEGIN = "BEGIN SOLUTION"
END = "END SOLUTION"
STUB = "raise NotImplementedError  # replace this line by your code"


def starter(source: str) -> str:
    """Put the stub in the place of each marked solution, as nbgrader does on release."""
    lines: list[str] = []
    inside = False
    for line in source.splitlines():
        if BEGIN in line:
            lines.append(line[: len(line) - len(line.lstrip())] + STUB)
            inside = True
        elif END in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def answer(source: str) -> str:
    """The cell with its solution, without the lines that mark it."""
    lines = source.splitlines()
    return "\n".join(line for line in lines if BEGIN not in line and END not in line)
