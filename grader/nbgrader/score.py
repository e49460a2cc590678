"""Turn the verdict in a check cell's outputs into the one number that nbgrader reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from nbformat import NotebookNode, v4
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from grader.check import VERDICT_MIME
from grader.exercises import find
from grader.nbgrader.run_cells import KERNEL_DIED, KERNEL_STUCK
from grader.verdict import Failure, GroupResult, Verdict

CHECK_PREFIX = "check_"


class ScoreVerdicts(NbGraderPreprocessor):
    """Leave in each check cell the report and the points, and nothing else.

    nbgrader gives 0 for anything on stderr and full points for no output at all. With exactly one
    result that is a number, warnings cost nothing and silence earns nothing.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Score one notebook that was run."""
        answers = {c.metadata.nbgrader.grade_id: c for c in nb.cells if is_solution(c)}
        for cell in nb.cells:
            if is_grade(cell):
                slug = slug_of(cell)
                report = report_in(cell, slug) or no_verdict(slug, cell, answers.get(slug))
                points = bounded(report[VERDICT_MIME]["points"], cell.metadata.nbgrader.points)
                cell.outputs = [
                    v4.new_output("display_data", data=report),
                    v4.new_output(
                        "execute_result",
                        data={"text/plain": f"{points:g}"},
                        execution_count=cell.execution_count,
                    ),
                ]
        return nb, resources


def slug_of(cell: NotebookNode) -> str:
    """The exercise of a check cell."""
    return cell.metadata.nbgrader.grade_id.removeprefix(CHECK_PREFIX)


def report_in(cell: NotebookNode, slug: str) -> dict[str, Any] | None:
    """The last report about the exercise among a cell's outputs, in all its formats."""
    for output in reversed(cell.outputs):
        verdict = output.get("data", {}).get(VERDICT_MIME)
        if isinstance(verdict, dict) and verdict.get("slug") == slug and "points" in verdict:
            return {
                "text/plain": output.data.get("text/plain", ""),
                "text/html": output.data.get("text/html", ""),
                VERDICT_MIME: verdict,
            }
    return None


def bounded(points: Any, max_points: float) -> float:
    """The points as nbgrader can take them; what is no number earns nothing."""
    if isinstance(points, bool) or not isinstance(points, int | float) or math.isnan(points):
        return 0.0
    return min(max(float(points), 0.0), float(max_points))


def no_verdict(slug: str, check: NotebookNode, answer: NotebookNode | None) -> dict[str, Any]:
    """A report of 0 points that says why the check could not judge."""
    exercise = find(slug)
    message = reason(slug, check, answer)
    counts = Counter(case.group for case in exercise.cases())
    groups = tuple(
        GroupResult(g.name, 0.0, g.points, counts[g.name], max(counts[g.name], 1), g.bonus)
        for g in exercise.groups
    )
    failure = Failure("missing", message, function=exercise.functions[0].name)
    verdict = Verdict(exercise.slug, exercise.title, groups, failure, message=message)
    return {
        "text/plain": verdict.to_text(),
        "text/html": verdict.to_html(),
        VERDICT_MIME: verdict.as_dict(),
    }


def reason(slug: str, check: NotebookNode, answer: NotebookNode | None) -> str:
    """Say why there is no verdict: the cell that stopped, and with what."""
    stopped = error_of(check)
    name = stopped.ename if stopped else ""
    if name == KERNEL_DIED:
        return f"Python itself ended while `{slug}` was checked. Does it use too much memory?"
    if name in (KERNEL_STUCK, "KeyboardInterrupt"):
        return f"The check of `{slug}` took too long and was stopped. Is there an endless loop?"
    if answer is None:
        return f"The cell for `{slug}` is not in the notebook. Put it back and answer there."
    if broken := error_of(answer):
        return f"The cell with your answer stopped with {say(broken)}. Nothing could be checked."
    missing = re.search(r"name '(\w+)' is not defined", stopped.evalue) if stopped else None
    if missing:
        return f"The notebook defines no `{missing.group(1)}` before its check."
    if stopped:
        return f"The check stopped with {say(stopped)}."
    return f"The check of `{slug}` ended without a verdict."


def error_of(cell: NotebookNode) -> NotebookNode | None:
    """The exception a cell stopped with."""
    return next((o for o in cell.outputs if o.output_type == "error"), None)


def say(error: NotebookNode) -> str:
    """An exception in one line; the name of the temporary file with the cell is left out."""
    text = re.sub(r"\((?:<[^>]*>|[^()]*\.py), line (\d+)\)", r"(line \1)", error.evalue)
    return f"{error.ename}: {text}"[:300].rstrip(": \n") if text else error.ename
