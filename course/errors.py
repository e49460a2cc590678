"""What went wrong while the course was built, and where in which text."""

from __future__ import annotations

from pathlib import Path

from course.places import ROOT


class CourseError(Exception):
    """Something the author of a text can put right.

    Args:
        message: what is wrong, and what to do about it.
        path: the file it is about.
        line: the line in it, counted from 1.
    """

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        super().__init__(f"{where(path, line)}{message}")


def where(path: Path | None, line: int | None) -> str:
    """Say a place as editors understand it: `solutions/01-convolution.md:12: `."""
    if path is None:
        return ""
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}: " if line is None else f"{shown}:{line}: "
