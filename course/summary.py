"""Say what was built, where it lies, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from course.places import (
    BOOK,
    CLASS,
    EXERCISES,
    HINTS,
    SITE,
    SOLUTIONS,
    notebook_of,
    shown,
    texts,
)


def summary() -> str:
    """A table of the products that are there, with their sizes, and the next commands."""
    products = list(_products())
    wide = max(len(shown(path)) for _, path in products)
    lines = ["", "Built:"]
    for name, path in products:
        size = _size(path)
        told = f"{size / 1e3:9,.0f} kB" if size else "not built"
        lines.append(f"  {name:<20} {shown(path):<{wide}} {told:>12}")
    return "\n".join([*lines, "", *NEXT])


NEXT = (
    "Go on with:",
    "  make serve                      read the course in a browser",
    "  .venv/bin/jupyter lab exercises solve the exercises",
    f"  open {shown(CLASS)}/feedback      see what a class gets back",
)


def _products():
    for path in texts():
        yield "solutions", notebook_of(path.stem, SOLUTIONS)
        yield "exercises", notebook_of(path.stem, EXERCISES)
    yield "recorded outputs", HINTS.parent
    yield "figures", BOOK / "figures" / "drawn"
    yield "site", SITE / "index.html"
    yield "class: gradebook", CLASS / "gradebook.db"
    yield "class: feedback", CLASS / "feedback"
    yield "class: points", CLASS / "grades.csv"


def _size(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; for a page, of its whole site."""
    if path.name == "index.html":
        path = path.parent
    if not path.exists():
        return 0
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files)
