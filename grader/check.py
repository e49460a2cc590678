"""What a notebook calls: `check` an answer and see the report, ask for a `hint`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.errors import CheckError
from grader.exercises import find
from grader.hints import next_hint
from grader.judge import judge
from grader.verdict import Verdict

VERDICT_MIME = "application/vnd.convnet.verdict+json"


class CheckFailed(AssertionError):
    """No group of the exercise passed; `verdict` says why.

    A notebook shows it as one line, since the report stands above it.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"{verdict.slug}: 0 of {verdict.max_points:g} points. {verdict.message}")
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        return [f"CheckFailed: {self}"]


def check(slug: str, *functions: Any) -> Verdict:
    """Judge an answer and show the report.

    Args:
        slug: the exercise, such as `"conv2d_forward"`.
        functions: your functions, in the order of the exercise.

    Returns:
        The verdict. It prints as its points: the report stands above already.

    Raises:
        CheckFailed: nothing was right yet.
        CheckError: there is no such exercise, or it or the functions are left out.
    """
    _require(slug, functions)
    verdict = judge(slug, *functions)
    show(verdict)
    verdict = replace(verdict, shown=True)
    if not any(group.passed for group in verdict.groups):
        raise CheckFailed(verdict)
    return verdict


def _require(slug: Any, functions: tuple[Any, ...]) -> None:
    """Refuse a call that leaves the exercise or the functions out."""
    if isinstance(slug, str) and functions:
        return
    exercise = find(slug if isinstance(slug, str) else "add_bias")
    names = ", ".join(function.name for function in exercise.functions)
    call = f'check("{exercise.slug}", {names})'
    raise CheckError(f"name the exercise, then your functions, as in `{call}`")


def show(verdict: Verdict) -> None:
    """Show a report: rich in a notebook, as text in a terminal."""
    bundle = {
        "text/plain": verdict.to_text(),
        "text/html": verdict.to_html(),
        VERDICT_MIME: verdict.as_dict(),
    }
    if not _display(bundle):
        _print(verdict.to_text())


def hint(slug: str) -> None:
    """Show the next hint of an exercise.

    Raises:
        CheckError: there is no such exercise, or the hints are not built.
    """
    text = next_hint(slug)
    if not _display({"text/plain": text.replace("**", ""), "text/markdown": text}):
        _print(text.replace("**", ""))


def case(slug: str, number: int) -> dict[str, Any]:
    """The inputs of a visible case, by argument name, to look at or to call your function with.

    Raises:
        CheckError: there is no such exercise or case.
    """
    cases = find(slug).cases()
    if not 0 <= number < len(cases):
        raise CheckError(f"{slug} has cases 0 to {len(cases) - 1}, not {number}")
    return cases[number].inputs()


def _display(bundle: dict[str, Any]) -> bool:
    """Show in a notebook; False where there is none."""
    import sys

    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None or not hasattr(get_ipython(), "kernel"):
        return False
    display(bundle, raw=True)
    return True


def _print(text: str) -> None:
    import sys

    sys.stdout.write(text + "\n")
