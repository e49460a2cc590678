"""Compile a chapter's text into the solution notebook that nbgrader takes as its source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from course.cells import Cell
from course.places import HINTS, SOLUTIONS, notebook_of, write
from course.text import Block, Chapter

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def compile_chapters(
    chapters: Sequence[Chapter], folder: Path = SOLUTIONS, hints: Path = HINTS
) -> list[Path]:
    """Write the notebook of each chapter, and all hints into one file.

    Args:
        chapters: the texts.
        folder: nbgrader's source folder.
        hints: where `grader.hint` looks.

    Returns:
        The notebooks' paths.
    """
    paths = [notebook_of(chapter.name, folder) for chapter in chapters]
    for chapter, path in zip(chapters, paths, strict=True):
        write(path, nbformat.writes(notebook(chapter)) + "\n")
    found = {b.exercise.slug: b.hints for chapter in chapters for b in chapter.blocks}
    write(hints, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return paths


def notebook(chapter: Chapter) -> NotebookNode:
    """A chapter as a notebook with nbgrader's metadata and no outputs.

    The ids of the cells come from the exercises, so equal texts give equal files.
    """
    made = v4.new_notebook(metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}})
    blocks = {block.exercise.slug: block for block in chapter.blocks}
    number: Counter[str] = Counter()
    place = "start"
    for cell in chapter.cells:
        place = cell.slug or place
        number[place] += not cell.role
        identity = _identity(cell) or f"{place}-{number[place]}"
        metadata = {"nbgrader": nbgrader_metadata(cell, blocks)} if _is_graders(cell) else {}
        new = v4.new_code_cell if cell.kind == "code" else v4.new_markdown_cell
        made.cells.append(new(cell.source, id=identity[:64], metadata=metadata))
    nbformat.validate(made)
    return made


def _identity(cell: Cell) -> str:
    """The id of a cell, also its grade id: the slug itself is the learner's answer."""
    if _is_setup(cell):
        return "setup"
    names = {"exercise": f"statement_{cell.slug}", "check": f"check_{cell.slug}"}
    return names.get(cell.role, cell.slug)


def _is_graders(cell: Cell) -> bool:
    return bool(cell.role) or _is_setup(cell)


def _is_setup(cell: Cell) -> bool:
    """The cell that brings `check` into the notebook."""
    return cell.kind == "code" and not cell.role and "from grader import" in cell.source


def nbgrader_metadata(cell: Cell, blocks: dict[str, Block]) -> dict:
    """What nbgrader is told about a cell: who may change it and what it is worth."""
    graded = cell.role == "check"
    metadata = {
        "schema_version": 3,
        "grade_id": _identity(cell),
        "grade": graded,
        "solution": cell.role == "solution",
        "locked": cell.role != "solution",
        "task": False,
    }
    if graded:
        metadata["points"] = blocks[cell.slug].exercise.max_points
    return metadata
