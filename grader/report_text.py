"""The report of a check as plain text, for terminals and for screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from grader.numbers import columns
from grader.verdict import Failure, GroupResult, Verdict, Window


def report(verdict: Verdict) -> str:
    """Everything a learner needs, at most 100 columns wide where the numbers allow it."""
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    mark = "✓" if verdict.passed else "✗"
    yield f"{mark} {verdict.slug}: {verdict.points:g} of {verdict.max_points:g} points"
    yield "  " + "   ".join(map(_group, verdict.groups))
    yield ""
    yield from _wrapped(verdict.message)
    failure = verdict.failure
    if failure is None:
        return
    if verdict.message != failure.message and not failure.hidden:
        yield from _wrapped(failure.message)
    if failure.hidden:
        return
    yield from _where(failure)
    if failure.call:
        yield ""
        yield "  Try it yourself:"
        yield from (f"    {line}" for line in failure.call.splitlines())
    if failure.printed:
        yield ""
        yield "  Your function printed:"
        yield from (f"    {line}" for line in failure.printed.splitlines()[:10])
    yield ""
    yield f'  Stuck? hint("{verdict.slug}")'


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 98, initial_indent="  ", subsequent_indent="  ")


def _group(group: GroupResult) -> str:
    mark = "✓" if group.passed else "✗"
    bonus = " (bonus)" if group.bonus else ""
    return f"{mark} {group.name} {group.points:g}/{group.max_points:g}{bonus}"


def _where(failure: Failure) -> Iterator[str]:
    if failure.case:
        yield f"  Case: {failure.case}."
    if failure.place:
        yield from _wrapped(f"In the case “{failure.wrong_case}”: {failure.place}")
    if failure.right:
        yield f"  Already right: {', '.join(failure.right)}."
    if failure.window is not None and sum(map(len, failure.window.received)) > 1:
        yield ""
        yield from _windows(failure, failure.window)


def _windows(failure: Failure, window: Window) -> Iterator[str]:
    own, right = columns(window.received), columns(window.expected)
    width = max(len("yours"), *(len(" ".join(row)) + 2 for row in own))
    yield f"  {window_title(failure, window)}"
    yield f"    {'yours':<{width}}   right"
    for mine, wanted in zip(own, right, strict=True):
        yield f"    {_row(mine):<{width}}   {_row(wanted)}"


def _row(texts: list[str]) -> str:
    return f"[{' '.join(texts)}]"


def window_title(failure: Failure, window: Window) -> str:
    """Which part of the array a window shows, such as `y[0, 1, 2:6, 0:4]`."""
    top, left = window.corner
    bottom, right = top + len(window.received), left + len(window.received[0])
    rows = [] if len(failure.index) == 1 else [f"{top}:{bottom}"]
    place = ", ".join([*map(str, failure.index[:-2]), *rows, f"{left}:{right}"])
    return f"{failure.output}[{place}]"
