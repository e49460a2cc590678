"""Give a submission back what is the teacher's: its cells' metadata, and the cells it lost."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook, SourceCell
from nbgrader.preprocessors import NbGraderPreprocessor

SCHEMA_VERSION = 3


class RestoreCells(NbGraderPreprocessor):
    """Set nbgrader's metadata as the gradebook has it, whatever happened to the notebook.

    A copied cell counts once, the last time it is there. Tags go: some of them keep a cell from
    being run.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Restore one notebook."""
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            known = gradebook.find_notebook(place["notebook"], place["assignment"])
            owned = {cell.name: cell for cell in known.source_cells}
            points = {cell.name: cell.max_score for cell in known.grade_cells}
            answers = {cell.name for cell in known.solution_cells}
            rights = {
                name: metadata_of(cell, points, solution=name in answers)
                for name, cell in owned.items()
            }
            self._set_metadata(nb, rights)
            self._put_back(nb, owned, rights)
        return nb, resources

    def _put_back(self, nb: NotebookNode, owned: dict, rights: dict[str, dict]) -> None:
        """Put lost checks at the end, where all answers are known; lost set-up at the start."""
        present = {_grade_id(cell) for cell in nb.cells}
        for name in sorted(set(rights) - present):
            if owned[name].cell_type != "code" or rights[name]["solution"]:
                continue
            self.log.warning("the cell %s was deleted and is put back", name)
            place = len(nb.cells) if rights[name]["grade"] else 0
            nb.cells.insert(place, _cell(owned[name], rights[name]))

    def _set_metadata(self, nb: NotebookNode, rights: dict[str, dict]) -> None:
        seen: set[str] = set()
        for cell in reversed(nb.cells):
            name = _grade_id(cell)
            cell.metadata.pop("tags", None)
            cell.metadata.pop("nbgrader", None)
            if name in rights and name not in seen:
                seen.add(name)
                cell.metadata["nbgrader"] = NotebookNode(rights[name])


def metadata_of(cell: SourceCell, points: dict[str, float], *, solution: bool) -> dict[str, Any]:
    """nbgrader's metadata of a cell, from what the gradebook knows."""
    graded = cell.name in points
    metadata = {
        "schema_version": SCHEMA_VERSION,
        "grade_id": cell.name,
        "grade": graded,
        "solution": solution,
        "locked": cell.locked,
        "task": False,
        "cell_type": cell.cell_type,
        "checksum": cell.checksum,
    }
    return metadata | ({"points": points[cell.name]} if graded else {})


def _grade_id(cell: NotebookNode) -> str:
    """The id a cell claims to have; a learner may have written anything there."""
    claimed = cell.metadata.get("nbgrader")
    name = claimed.get("grade_id") if isinstance(claimed, dict) else None
    return name if isinstance(name, str) else ""


def _cell(source: SourceCell, metadata: dict) -> NotebookNode:
    metadata = {"nbgrader": metadata, "deletable": False, "editable": False}
    cell = v4.new_code_cell(source.source, metadata=metadata)
    cell.pop("id", None)  # older notebooks have no ids, and may not mix
    return cell
