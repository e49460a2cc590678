"""Where things lie, so that each path is written once."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS = ROOT / "solutions"
EXERCISES = ROOT / "exercises"
HINTS = ROOT / "grader" / "recorded" / "hints.json"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
CACHE = ROOT / ".cache"
SITE = BUILD / "html"
LIVE = BUILD / "live"
SCRIPTS = BOOK / "_ext" / "live" / "js"
PAGE_PYTHON = BOOK / "_ext" / "live" / "page_python.py"
CLASS = BUILD / "class"
SUBMISSIONS = ROOT / "tests" / "submissions"
STYLES = ROOT / "tests" / "styles"


def texts(folder: Path = SOLUTIONS) -> list[Path]:
    """The authored text of each chapter, in order."""
    return sorted(folder.glob("[0-9][0-9]-*.md"))


def notebook_of(chapter: str, folder: Path) -> Path:
    """Where nbgrader looks for a chapter's notebook below one of its folders."""
    return folder / chapter / f"{chapter}.ipynb"


def write(path: Path, text: str) -> None:
    """Write a whole file or nothing: a reader never sees a half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def shown(path: Path) -> str:
    """A path as it is printed: seen from the course's folder, where it lies in it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
