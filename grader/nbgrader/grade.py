"""Grade what a learner handed in: bytes in, points and the graded notebook out."""

from __future__ import annotations

from dataclasses import dataclass

from grader.nbgrader import nodes
from grader.nbgrader.cells import HandedNotebook, read_cells
from grader.nbgrader.handed_in import Handed
from grader.nbgrader.released import Released
from grader.nbgrader.restore import restored
from grader.nbgrader.run_cells import Marks, mark
from grader.sandbox import Sandbox


@dataclass(frozen=True)
class Graded(Marks):
    """What grading gives: a pure value without clocks or chance, the same on every machine.

    Args:
        notebook: the graded notebook, as the text of its file.
    """

    notebook: str = ""


def grade(handed: Handed, released: Released, sandbox: Sandbox, secret: bytes) -> Graded:
    """Grade a submission.

    Raises:
        GradingError: the grader or the machine is at fault; never because of the learner.
    """
    book = restored(notebook_in(handed), released)
    marks = mark(book, released, sandbox, secret)
    return Graded(marks.scores, marks.comments, nodes.text_of(book))


def notebook_in(handed: Handed) -> HandedNotebook:
    """The notebook of a submission; one without cells if there is none."""
    if handed.data is None:
        return HandedNotebook(trouble=handed.trouble)
    return read_cells(handed.data)
