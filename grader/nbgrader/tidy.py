"""Make what a learner wrote and printed short and harmless, since pages show it.

nbconvert puts Markdown, HTML and SVG into a page as they are, scripts included. So of outputs only
plain text and pictures made of pixels are kept, and Markdown loses its tags.
"""

from __future__ import annotations

import re
from base64 import b64encode

from nbformat import NotebookNode

from grader.nbgrader import nodes
from grader.plain import plain_text
from grader.sandbox import CellRun

MOST_CHARACTERS = 20_000
MOST_LINES = 500
MOST_PICTURES = 10
MOST_PICTURE_BYTES = 1_000_000
TAG = re.compile(r"<(?=[A-Za-z/!?])")
PICTURE = re.compile(r"!(?=\[)")
# Characters of a terminal's colours, which a page would turn into styles.
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# Where an object lies in memory, as in `<function f at 0x7f1c2a9d4e50>`.
ADDRESS = re.compile(r"(?<= at 0x)[0-9a-fA-F]{6,}")


def tidy_markdown(text: str) -> str:
    """A learner's Markdown without HTML and pictures.

    What would open a tag is shown as it is written, and a picture becomes a link: one that is
    missing would stop nbgrader's feedback, and one from elsewhere would tell who looks at it.
    """
    return PICTURE.sub("&#33;", TAG.sub("&lt;", cut(text)))


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """The start of a text, and a note if that is not all."""
    start = text[:most]
    lines = start.split("\n")
    if len(lines) > MOST_LINES:
        start = "\n".join(lines[:MOST_LINES])
    note = "" if len(start) == len(text) else "\n… the rest is cut here"
    return plain_text(without_addresses(ESCAPE.sub("", start)), most) + note


def without_addresses(text: str) -> str:
    """A text that is the same in every run, as far as objects' places in memory go."""
    return ADDRESS.sub("…", text)


def outputs_of(done: CellRun, count: int) -> list[NotebookNode]:
    """What a cell did, as the outputs of a notebook.

    Args:
        done: the run of the cell.
        count: its number in the order of running.
    """
    outputs = [nodes.printed(cut(done.output))] if done.output else []
    for figure in done.figures[:MOST_PICTURES]:
        if len(figure) <= MOST_PICTURE_BYTES:
            data = {"image/png": b64encode(figure).decode(), "text/plain": "a figure"}
            outputs.append(nodes.shown(**data))
    if done.result:
        outputs.append(nodes.result(cut(done.result), count))
    if done.error:
        outputs.append(_error(done.error.name, done.error.text, done.error.traceback))
    if done.ended:
        outputs.append(_error("Stopped", done.detail, done.detail))
    return outputs


def _error(name: str, text: str, trace: str) -> NotebookNode:
    lines = cut(trace).splitlines() or [f"{name}: {cut(text)}"]
    return nodes.error(cut(name, 100), cut(text, 2_000), lines)
