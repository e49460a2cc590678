"""A solution cell as the learner gets it: a stub, or faulty code, where the solution was."""

from __future__ import annotations

from textwrap import dedent

BEGIN = "BEGIN SOLUTION"
INSTEAD = "INSTEAD OF A STUB"
END = "END SOLUTION"
STUB = "raise NotImplementedError  # replace this line by your code"


def starter(source: str) -> str:
    """Put the stub in the place of each marked solution, as nbgrader does on release.

    A solution may end with comments below a line `### INSTEAD OF A STUB`: what is in them, code
    to be repaired, takes its place then.
    """
    lines: list[str] = []
    region: list[str] | None = None
    for line in source.splitlines():
        if BEGIN in line:
            region = [line]
        elif END in line:
            lines += _given(region)
            region = None
        elif region is None:
            lines.append(line)
        else:
            region.append(line)
    return "\n".join(lines)


def _given(region: list[str]) -> list[str]:
    """What the learner gets for the lines of one solution, the marker at its head."""
    indent = region[0][: len(region[0]) - len(region[0].lstrip())]
    marks = [i for i, line in enumerate(region) if INSTEAD in line]
    if not marks:
        return [indent + STUB]
    comments = dedent("\n".join(region[marks[0] + 1 :])).splitlines()
    return [(indent + line.removeprefix("#").removeprefix(" ")).rstrip() for line in comments]


def answer(source: str) -> str:
    """The cell with its solution, without the lines that mark it and those for the starter."""
    lines: list[str] = []
    given = False
    for line in source.splitlines():
        given = INSTEAD in line or (given and END not in line)
        if not given and BEGIN not in line and END not in line:
            lines.append(line)
    return "\n".join(lines)
