"""Run a restored notebook behind walls, judge its exercises on this side, and show the reports."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade, is_grade, is_solution, is_task

from grader.exercises import find
from grader.nbgrader.gradebook import released_for
from grader.nbgrader.marks import judge_hidden, judge_visible
from grader.nbgrader.released import Released
from grader.nbgrader.report import comment_of, error_of, explained, next_hint, show, stopped_at
from grader.nbgrader.secret import secret_of, seed_of
from grader.nbgrader.settings import open_sandbox, settings_of
from grader.nbgrader.tidy import outputs_of
from grader.sandbox import Child, Sandbox
from grader.verdict import Verdict


class RunCells(NbGraderPreprocessor):
    """Running and judging, as a step of nbgrader's autograding."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Run and judge a notebook that `RestoreCells` has put together."""
        place = resources["nbgrader"]
        secret = place.get("secret") or secret_of(Path.cwd())
        with ExitStack() as stack:
            released, sandbox = released_for(resources), place.get("sandbox")
            if sandbox is None:
                opened = open_sandbox(settings_of(self.config), [released])
                sandbox = stack.enter_context(opened)
            place["graded"] = mark(nb, released, sandbox, secret)
        return nb, resources


@dataclass(frozen=True)
class Marks:
    """What a notebook has earned.

    Args:
        scores: points by the name of each graded cell; None waits for a person.
        comments: the automatic comment on each answer; None if there is nothing to say.
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


def mark(book: NotebookNode, released: Released, sandbox: Sandbox, secret: bytes) -> Marks:
    """Run and judge a restored notebook; its cells get their outputs and reports.

    Args:
        book: as `restored` makes it.
        released: what the teacher has released.
        sandbox: where the learner's code runs.
        secret: the teacher's, for the hidden cases.

    Raises:
        GradingError: the grader or the machine is at fault; then no points mean anything.
    """
    checks = {cell.name: cell.slug for cell in released.checks}
    with sandbox.child() as child:
        verdicts = _run(book, checks, child)
        # From here on nothing is run or shown any more that could tell about hidden cases.
        for slug, verdict in verdicts.items():
            seed = seed_of(secret, slug)
            verdicts[slug] = judge_hidden(
                find(slug), verdict, partial(child.outcomes, slug, seed), seed
            )
    return _shown(book, checks, verdicts)


def _run(book: NotebookNode, checks: dict[str, str], child: Child) -> dict[str, Verdict]:
    """Run all cells in order, and the visible cases where their checks stand."""
    verdicts: dict[str, Verdict] = {}
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.execution_count = count
        slug = checks.get(name_of(cell))
        if slug is not None:
            verdicts[slug] = _judge(slug, child)
        elif cell.source.strip():
            cell.outputs = outputs_of(child.execute(cell.source), count)
    for slug in [slug for slug in verdicts if _defined_later(slug, verdicts[slug], code, checks)]:
        again = _judge(slug, child)
        if again.points >= verdicts[slug].points:
            verdicts[slug] = again
    return verdicts


def _defined_later(
    slug: str, verdict: Verdict, code: list[NotebookNode], checks: dict[str, str]
) -> bool:
    """Whether a missing answer stands below its check, perhaps in a cell of the learner's own."""
    if verdict.failure is None or verdict.failure.kind != "missing":
        return False
    if any(name_of(cell) == slug and error_of(cell) for cell in code):
        return False  # what is wrong with the answer is known, and should be said
    place = next(i for i, cell in enumerate(code) if checks.get(name_of(cell)) == slug)
    names = "|".join(re.escape(function.name) for function in find(slug).functions)
    defined = re.compile(rf"\b(?:def|class|import|as)\s+({names})\b|\b({names})\s*[=,:]")
    return any(defined.search(cell.source) for cell in code[place + 1 :])


def name_of(cell: NotebookNode) -> str:
    """The name of a teacher's cell; empty for one of the learner's own."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _judge(slug: str, child: Child) -> Verdict:
    child.keep(slug)
    return judge_visible(find(slug), child.outcomes(slug))


def _shown(book: NotebookNode, checks: dict[str, str], verdicts: dict[str, Verdict]) -> Marks:
    """Put the reports into the check cells, and list points and comments."""
    marks = Marks()
    cells = {name_of(cell): cell for cell in book.cells if name_of(cell)}
    sources = [cell.source for cell in book.cells if cell.cell_type == "code"]
    for name, cell in cells.items():
        if is_solution(cell) or is_task(cell):
            marks.comments.setdefault(name, None)
        slug = checks.get(name)
        if slug is None:
            _leave_to_teacher(marks, name, cell)
            continue
        reason = book.metadata.get("trouble", "") or stopped_at(cells.get(slug), slug)
        verdict = explained(verdicts[slug], reason)
        show(cell, verdict, "" if verdict.passed else next_hint(slug, sources))
        marks.scores[name] = min(verdict.points, float(cell.metadata.nbgrader.points))
        marks.comments[slug] = comment_of(verdict)
    book.metadata.pop("trouble", None)
    return marks


def _leave_to_teacher(marks: Marks, name: str, cell: NotebookNode) -> None:
    """What a person marks: an untouched answer gets 0, all else waits for the teacher."""
    if is_task(cell):
        marks.scores[name] = None
    elif is_grade(cell):
        marks.scores[name] = determine_grade(cell)[0] if is_solution(cell) else None
