"""nbgrader's step that takes the solutions out, for solutions that leave faulty code behind."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from course.starter import INSTEAD, starter


class PutStarters(ClearSolutions):
    """Put the starter in the place of each solution."""

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        if INSTEAD not in cell.source:
            return super()._replace_solution_region(cell, language)
        cell.source = starter(cell.source)
        return True
