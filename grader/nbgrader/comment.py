"""Write the reason for lost points as the comment of the answer's cell."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from grader.check import VERDICT_MIME
from grader.nbgrader.score import report_in, slug_of


class CommentVerdicts(NbGraderPreprocessor):
    """Put the one-line message of each verdict where nbgrader shows comments.

    It comes after SaveAutoGrades, which sets or clears the automatic comments. A comment of the
    teacher's own is another field and stays.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Comment on one scored notebook."""
        place = resources["nbgrader"]
        key = place["notebook"], place["assignment"], place["student"]
        answers = {c.metadata.nbgrader.grade_id for c in nb.cells if is_solution(c)}
        with Gradebook(place["db_url"]) as gradebook:
            for cell in filter(is_grade, nb.cells):
                slug = slug_of(cell)
                message = _message(cell, slug)
                if slug in answers and message:
                    gradebook.find_comment(slug, *key).auto_comment = message
            gradebook.db.commit()
        return nb, resources


def _message(cell: NotebookNode, slug: str) -> str:
    """What to say; nothing where all points were earned."""
    report = report_in(cell, slug)
    verdict = report[VERDICT_MIME] if report else {}
    if verdict.get("points") == verdict.get("max_points"):
        return ""
    return str(verdict.get("message", "")).replace("<", "&lt;")
