"""What a graded check cell shows: the report, the next hint, and the one number nbgrader reads.

nbgrader gives 0 for anything on stderr and full points for no output at all. With exactly one
result that is a number, warnings cost nothing and silence earns nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from nbformat import NotebookNode

from grader.check import VERDICT_MIME
from grader.errors import CheckError
from grader.hints import hints_of
from grader.nbgrader import nodes
from grader.nbgrader.tidy import tidy_markdown
from grader.verdict import Verdict


def show(cell: NotebookNode, verdict: Verdict, hint: str = "") -> None:
    """Leave in a check cell the report and the points, and nothing else."""
    text = verdict.to_text() + (f"\n  {_bare(hint)}" if hint else "")
    page = verdict.to_html() + (f"<p>{_prose(hint)}</p>" if hint else "")
    report = {"text/plain": text, "text/html": page, VERDICT_MIME: verdict.as_dict()}
    cell.outputs = [
        nodes.shown(**report),
        nodes.result(f"{verdict.points:g}", cell.execution_count),
    ]


def explained(verdict: Verdict, reason: str) -> Verdict:
    """The verdict with a better reason why a function is missing."""
    if not reason or verdict.failure is None or verdict.failure.kind != "missing":
        return verdict
    return replace(verdict, failure=replace(verdict.failure, message=reason), message=reason)


def comment_of(verdict: Verdict) -> str | None:
    """The one-line message for the answer's cell; none where all points were earned."""
    if verdict.points == verdict.max_points:
        return None
    return tidy_markdown(verdict.message)


def next_hint(slug: str, sources: list[str]) -> str:
    """The first hint that a notebook does not ask for yet; none where the hints are not built."""
    try:
        hints = hints_of(slug)
    except CheckError:
        return ""
    if not hints:
        return ""
    asked = re.compile(rf"\bhint\(\s*['\"]{re.escape(slug)}['\"]\s*\)")
    shown = sum(len(asked.findall(source)) for source in sources)
    number = min(shown, len(hints) - 1)
    return f"Next hint ({number + 1} of {len(hints)}): {hints[number]}"


def stopped_at(cell: NotebookNode | None, slug: str) -> str:
    """Why the answer's cell left no function behind; empty if it ran to its end."""
    if cell is None:
        return ""
    error = error_of(cell)
    if error is not None:
        return f"The cell with your answer stopped with {say(error)}. Nothing could be checked."
    if cell.source.startswith("# This cell was not in the notebook"):
        return f"The cell for `{slug}` is not in the notebook. Put it back and answer there."
    return ""


def error_of(cell: NotebookNode) -> NotebookNode | None:
    """The exception that a cell ended with."""
    return next((output for output in cell.outputs if output.output_type == "error"), None)


def say(error: NotebookNode) -> str:
    """An exception in one line; the name of the file that a cell becomes is left out."""
    text = re.sub(r"\((?:<[^>]*>|[^()]*\.py), line (\d+)\)", r"(line \1)", error.evalue)
    text = " ".join(text.split())
    return f"{error.ename}: {text}"[:300].rstrip(": .") if text else error.ename


def _bare(text: str) -> str:
    return text.replace("**", "")


def _prose(text: str) -> str:
    """A hint as HTML: paragraphs run together, code in backquotes."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(_bare(text)))
