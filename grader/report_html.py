"""The report of a check as HTML: calm, and at home on light and on dark pages.

Text keeps the colour of the page around it; tints are mixed from that colour, so no theme has
to be known. Right and wrong are told by a mark and a word, never by colour alone. JupyterLab
strips style and drawings from a notebook it does not trust yet: what is left must still read well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from grader.heat_map import heat_map
from grader.numbers import columns
from grader.report_text import window_title
from grader.verdict import Failure, GroupResult, Verdict, Window

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def report(verdict: Verdict) -> str:
    """The whole report as one `<section>`, with its style."""
    body = "".join(_parts(verdict))
    state = "passed" if verdict.passed else "failed"
    label = escape(f"Check of {verdict.slug}")
    style = re.sub(r"\s+", " ", STYLE)
    return (
        f"<style>{style}</style>"
        f'<section class="verdict {state}" role="group" aria-label="{label}">{body}</section>'
    )


def _parts(verdict: Verdict) -> Iterator[str]:
    yield _head(verdict)
    yield f'<p class="message">{_prose(verdict.message)}</p>'
    failure = verdict.failure
    if failure is None or failure.hidden:
        return
    if failure.message not in verdict.message:
        yield f'<p class="where">{_prose(failure.message)}</p>'
    facts = _facts(failure)
    if facts:
        yield f'<p class="case">{facts}</p>'
    yield _pictures(failure)
    if failure.call:
        yield _details("Try it yourself: paste this into a cell", failure.call, is_open=True)
    if failure.printed:
        yield _details("What your function printed", failure.printed, is_open=False)
    yield f'<p class="next">Stuck? Run <code>hint("{escape(verdict.slug)}")</code></p>'


def _head(verdict: Verdict) -> str:
    mark, word = ("✓", "passed") if verdict.passed else ("✗", "not yet")
    share = 100 * verdict.points / verdict.max_points
    groups = "".join(_group(group) for group in verdict.groups)
    return (
        f'<header><span class="mark" aria-hidden="true">{mark}</span> '
        f'<span class="name"><code>{escape(verdict.slug)}</code> {word}:</span> '
        f'<span class="points"><b>{verdict.points:g}</b> of {verdict.max_points:g} points</span>'
        f'</header><div class="bar" aria-hidden="true"><i style="width:{share:.0f}%"></i></div>'
        f'<ul class="groups">{groups}</ul>'
    )


def _group(group: GroupResult) -> str:
    mark, state, word = ("✓", "good", "passed") if group.passed else ("✗", "bad", "not yet")
    bonus = " bonus" if group.bonus else ""
    return (
        f'<li class="{state}"><span aria-hidden="true">{mark}</span> '
        f'<span class="unseen">{word}: </span>{escape(group.name)}{bonus} '
        f"<small>{group.points:g}/{group.max_points:g}</small></li>"
    )


def _prose(text: str) -> str:
    """Escape a sentence and set what stands in backquotes as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _facts(failure: Failure) -> str:
    facts = [f"Case: {failure.case}." if failure.case else ""]
    if failure.right:
        names = ", ".join(f"`{name}`" for name in failure.right)
        facts.append(f"Already right: {names}.")
    if failure.place:
        facts.append(f"In the case “{failure.wrong_case}”: {failure.place}")
    return " ".join(_prose(fact) for fact in facts if fact)


def _pictures(failure: Failure) -> str:
    if failure.wrong is None or failure.window is None:
        return ""
    map_ = heat_map(failure.wrong, failure.output, failure.wrong_case)
    tables = _tables(failure, failure.window)
    return f'<div class="pictures">{map_}{tables}</div>'


def _tables(failure: Failure, window: Window) -> str:
    title = escape(window_title(failure, window)).replace(" ", "&nbsp;")
    return _table(f"yours, <code>{title}</code>", window.received, window.wrong) + _table(
        "right", window.expected, window.wrong
    )


def _table(caption: str, rows: tuple, wrong: tuple) -> str:
    cells = [
        "<tr>" + "".join(_cell(text, bad) for text, bad in zip(row, bads, strict=True)) + "</tr>"
        for row, bads in zip(columns(rows), wrong, strict=True)
    ]
    return f"<table><caption>{caption}</caption><tbody>{''.join(cells)}</tbody></table>"


def _cell(text: str, bad: bool) -> str:
    return f'<td class="{"bad" if bad else "good"}">{escape(text.strip())}</td>'


def _details(summary: str, code: str, *, is_open: bool) -> str:
    state = " open" if is_open else ""
    return (
        f"<details{state}><summary>{escape(summary)}</summary>"
        f'<pre tabindex="0"><code>{escape(code)}</code></pre></details>'
    )
