"""Put a submission together anew: the teacher's cells as released, and the learner's texts.

Nothing but texts is taken over from what was handed in. So metadata that would skip a cell, forged
outputs, other points or copied cells are not repaired one by one: they are not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.nbgrader import nodes
from grader.nbgrader.cells import HandedCell, HandedNotebook, cells_of
from grader.nbgrader.gradebook import released_for
from grader.nbgrader.released import Released, ReleasedCell
from grader.nbgrader.tidy import tidy_markdown

CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
MOST_TEXT = 100_000
LOST = "# This cell was not in the notebook."


class RestoreCells(NbGraderPreprocessor):
    """The restored notebook as a step of nbgrader's sanitizing."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Restore one notebook."""
        handed = resources["nbgrader"].get("handed") or cells_of(nb)
        return restored(handed, released_for(resources)), resources


def restored(handed: HandedNotebook, released: Released) -> NotebookNode:
    """A notebook with all of the teacher's cells, in the learner's order.

    A copied cell counts once, the last time it is there. What a learner wrote into a cell of the
    teacher's stays, as a cell of the learner's own. Lost set-up comes back at the start, lost
    answers and checks at the end, where everything is defined.
    """
    owners = _owners(handed.cells, released)
    cells = [cell for cell in released.cells if cell.name not in owners.values()]
    first = [cell for cell in cells if cell.locked and cell.points is None and not cell.task]
    last = [cell for cell in cells if cell not in first]
    book = nodes.book(kernelspec=released.kernelspec or PYTHON, language_info=LANGUAGE)
    if handed.trouble:
        book.cells.append(nodes.markdown(f"**{tidy_markdown(handed.trouble)}**"))
    if not handed.cells:
        book.metadata["trouble"] = handed.trouble
    book.cells += [_teachers(cell) for cell in first if cell.cell_type == "code"]
    handed_cells = _shortened(handed.cells, owners)
    by_name = {cell.name: cell for cell in released.cells}
    for place, cell in enumerate(handed_cells):
        book.cells += _placed(cell, by_name.get(owners.get(place, "")))
    book.cells += [_teachers(cell, cell.source if cell.locked else LOST) for cell in last]
    for number, cell in enumerate(book.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cell["id"] = name if CELL_ID.fullmatch(name) else f"cell-{number}"
    return book


def _owners(cells: tuple[HandedCell, ...], released: Released) -> dict[int, str]:
    """Which cell of the teacher's stands at which place.

    nbgrader's metadata says it best. Where a program has dropped it, the cell's id or an unchanged
    text of the teacher's does.
    """
    names = {cell.name for cell in released.cells}
    texts = {c.source.strip(): c.name for c in released.cells if c.locked and c.source.strip()}
    found: dict[str, int] = {}
    for claims in (
        [cell.claimed for cell in cells],
        [cell.id for cell in cells],
        [texts.get(cell.source.strip(), "") for cell in cells],
    ):
        taken = set(found.values())
        last = {claim: place for place, claim in enumerate(claims) if place not in taken}
        found = {name: place for name, place in last.items() if name in names} | found
    return {place: name for name, place in found.items()}


def _shortened(cells: tuple[HandedCell, ...], owners: dict[int, str]) -> list[HandedCell]:
    """Without the learner's own text beyond what a page can show in a moment."""
    room = MOST_TEXT
    kept = []
    for place, cell in enumerate(cells):
        if cell.kind != "code" and place not in owners:
            room -= len(cell.source)
            cell = cell if room > 0 else replace(cell, source="… this text is cut")
        kept.append(cell)
    return kept


def _placed(cell: HandedCell, owner: ReleasedCell | None) -> Iterator[NotebookNode]:
    """What stands where the learner had a cell."""
    if owner is None:
        yield _learners(cell)
    elif not owner.locked:
        yield _teachers(owner, cell.source)
    elif owner.cell_type != "code" or cell.source.strip() == owner.source.strip():
        yield _teachers(owner)
    elif owner.points is None:
        yield from (_teachers(owner), _learners(cell))
    else:
        yield from (_learners(cell), _teachers(owner))


def _learners(cell: HandedCell) -> NotebookNode:
    if cell.kind == "code":
        return nodes.code(cell.source)
    return nodes.markdown(tidy_markdown(cell.source))


def _teachers(cell: ReleasedCell, source: str | None = None) -> NotebookNode:
    if cell.cell_type == "code":
        return nodes.code(cell.source if source is None else source, nbgrader=cell.metadata)
    text = cell.source if source is None else tidy_markdown(source)
    return nodes.markdown(text, nbgrader=cell.metadata)
