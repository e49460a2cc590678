"""What the gradebook knows of a released notebook: the teacher's cells and their points."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.errors import CheckError, GradingError
from grader.exercises import EXERCISES, find

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, SourceCell

SCHEMA_VERSION = 3
CHECK_PREFIX = "check_"
# What is in the sandbox anyhow, or never.
OWN_PLACE = {"grader", "torch", *sys.stdlib_module_names}


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that nbgrader follows.

    Args:
        name: its `grade_id`.
        source, cell_type, checksum: as released.
        points: what it earns; None if it is not graded.
        solution: the learner writes here.
        task: the learner writes below.
        locked: the text is the teacher's.
    """

    name: str
    source: str
    cell_type: str
    checksum: str
    points: float | None = None
    solution: bool = False
    task: bool = False
    locked: bool = False

    @property
    def slug(self) -> str | None:
        """The exercise that the cell checks; None if it checks none."""
        graded = self.points is not None and not self.solution and self.cell_type == "code"
        if not graded or not self.name.startswith(CHECK_PREFIX):
            return None
        try:
            return find(self.name.removeprefix(CHECK_PREFIX)).slug
        except CheckError:
            return None

    @property
    def metadata(self) -> dict[str, Any]:
        """What nbgrader wants to find in the cell."""
        graded = self.points is not None and not self.task
        metadata = {
            "schema_version": SCHEMA_VERSION,
            "grade_id": self.name,
            "grade": graded,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
        }
        return metadata | ({"points": self.points} if graded or self.task else {})


@dataclass(frozen=True)
class Released:
    """A released notebook.

    Args:
        chapter: nbgrader's name of the assignment.
        notebook: the notebook's name, without `.ipynb`.
        cells: the teacher's cells, in the order of the exercises.
        kernelspec: the notebook's own.
    """

    chapter: str
    notebook: str
    cells: tuple[ReleasedCell, ...]
    kernelspec: dict[str, str] = field(default_factory=dict)

    @property
    def checks(self) -> tuple[ReleasedCell, ...]:
        """The cells that check an exercise."""
        return tuple(cell for cell in self.cells if cell.slug)

    @property
    def packages(self) -> tuple[str, ...]:
        """What the teacher's own code imports, besides Python's library and the grader."""
        found: dict[str, None] = {}
        for cell in self.cells:
            if cell.cell_type == "code":
                found.update(dict.fromkeys(_imported(cell.source)))
        return tuple(name for name in found if name not in OWN_PLACE)


def _imported(source: str) -> Iterator[str]:
    """The top-level names that code imports; none if it is no Python alone."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def read_released(gradebook: Gradebook, chapter: str, notebook: str | None = None) -> Released:
    """Read a chapter's notebook out of the gradebook.

    Raises:
        GradingError: the gradebook does not know it; the message has the command that helps.
    """
    from nbgrader.api import MissingEntry

    name = notebook or chapter
    try:
        known = gradebook.find_notebook(name, chapter)
    except MissingEntry as error:
        raise GradingError(
            f"the gradebook does not know the notebook {name!r} of {chapter!r}. Is the name right? "
            f"If so, run `nbgrader generate_assignment {chapter} --force` first."
        ) from error
    graded = {cell.name: cell.max_score for cell in (*known.grade_cells, *known.task_cells)}
    solutions = {cell.name for cell in known.solution_cells}
    tasks = {cell.name for cell in known.task_cells}
    cells = [_cell(cell, graded, solutions, tasks) for cell in known.source_cells]
    kernelspec = json.loads(known.kernelspec or "null") or {}
    return Released(chapter, name, tuple(sorted(cells, key=_place)), kernelspec)


def _cell(cell: SourceCell, graded: dict, solutions: set[str], tasks: set[str]) -> ReleasedCell:
    return ReleasedCell(
        name=cell.name,
        source=cell.source or "",
        cell_type=str(cell.cell_type),
        checksum=cell.checksum or "",
        points=graded.get(cell.name),
        solution=cell.name in solutions,
        task=cell.name in tasks,
        locked=bool(cell.locked),
    )


def _place(cell: ReleasedCell) -> tuple[int, int, str]:
    """Where a cell stands: the set-up, then exercise by exercise; a database keeps no order."""
    slugs = [exercise.slug for exercise in EXERCISES]
    name = cell.name.removeprefix(CHECK_PREFIX).removeprefix("statement_")
    if name in slugs:
        return slugs.index(name) + 1, 0 if cell.cell_type != "code" else 1 + bool(cell.slug), name
    return (0 if cell.points is None and not cell.task else len(slugs) + 1), 0, name
