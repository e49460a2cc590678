"""Read a MyST notebook text into cells that remember where they stand."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import yaml
from jupytext import myst
from nbformat import NotebookNode

from course.errors import CourseError
from course.fences import check_fences, plain

ROLES = ("exercise", "solution", "check", "hints")
OTHER_OPTIONS = ("tags",)
HEADER = """---
title: The title of the chapter
kernelspec:
  name: python3
  display_name: Python 3
---"""


@dataclass(frozen=True)
class Cell:
    """One cell of a text.

    Args:
        kind: `markdown` or `code`.
        source: its text without its options.
        line: where the first line of `source` stands, counted from 1.
        role: `exercise`, `solution`, `check`, `hints`; empty for an ordinary cell.
        slug: the exercise it belongs to; empty for an ordinary cell.
    """

    kind: str
    source: str
    line: int
    role: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Text:
    """A text, cut into cells.

    Args:
        path: the file.
        title: the chapter's title.
        cells: its cells in order.
    """

    path: Path
    title: str
    cells: tuple[Cell, ...]


def read_text(path: Path) -> Text:
    """Read a file and cut it into cells.

    Raises:
        CourseError: it cannot be read; the message names the line.
    """
    content = _content(path)
    check_fences(content, path)
    title = _header(content, path)["title"]
    notebook = _notebook(content, path)
    lines = content.splitlines()
    pairs = zip(notebook.cells, notebook.metadata["source_map"], strict=True)
    return Text(path, title, tuple(_cell(cell, start, lines, path) for cell, start in pairs))


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError("is not UTF-8 text; save it as UTF-8", path, line) from error


def _header(content: str, path: Path) -> dict:
    """The YAML between the first two lines `---`."""
    token = next(iter(myst.get_parser().parse(content)), None)
    if token is None or token.type != "front_matter":
        raise CourseError(f"the text must begin with its header:\n{HEADER}", path, 1)
    try:
        header = yaml.safe_load(token.content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise CourseError(f"the header is not YAML: {plain(error)}", path, line) from None
    kernel = header.get("kernelspec") if isinstance(header, dict) else None
    if not isinstance(kernel, dict) or set(kernel) < {"name", "display_name"}:
        raise CourseError(f"the header lacks the kernelspec; it must be:\n{HEADER}", path, 1)
    if not isinstance(header.get("title"), str):
        raise CourseError(f"the header lacks the title; it must be:\n{HEADER}", path, 1)
    return header


def _notebook(content: str, path: Path) -> NotebookNode:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return myst.myst_to_notebook(content, add_source_map=True)
        except myst.MystMetadataParsingError as error:
            line = re.search(r"at line (\d+) ", str(error))
            raise CourseError(plain(error), path, int(line.group(1)) if line else 1) from None


def _cell(cell: NotebookNode, start: int, lines: list[str], path: Path) -> Cell:
    line = _first_line(cell, start, lines)
    roles = [key for key in cell.metadata if key not in OTHER_OPTIONS]
    if not roles:
        return Cell(cell.cell_type, cell.source, line)
    role = roles[0]
    if len(roles) > 1 or role not in ROLES:
        names = ", ".join(f"`{name}`" for name in roles)
        message = f"the cell has the options {names}; it may have one of: {', '.join(ROLES)}"
        raise CourseError(message, path, start + 1)
    wanted = "markdown" if role in ("exercise", "hints") else "code"
    if cell.cell_type != wanted:
        message = f"a cell with `{role}` must be a {wanted} cell"
        raise CourseError(message, path, start + 1)
    return Cell(cell.cell_type, cell.source, line, role, str(cell.metadata[role]))


def _first_line(cell: NotebookNode, start: int, lines: list[str]) -> int:
    """Where the source begins: jupytext's map points at the options above it."""
    source = cell.source.splitlines() or [""]
    for index in range(start, len(lines)):
        if lines[index : index + len(source)] == source:
            return index + 1
    return start + 1
