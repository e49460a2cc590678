"""What one cell of a submission did, as the grader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.plain import plain_text
from grader.sandbox.frames import Message

MOST_NAME, MOST_TEXT, MOST_TRACEBACK, MOST_RESULT = 60, 2_000, 10_000, 20_000
MOST_FIGURES = 10
PNG = b"\x89PNG\r\n\x1a\n"


class Stopped(Exception):
    """A request that came to no answer; `ended` and `detail` are as in `CellRun`."""

    def __init__(self, ended: str, detail: str) -> None:
        super().__init__(detail)
        self.ended, self.detail = ended, detail


@dataclass(frozen=True)
class CellError:
    """An exception that ended a cell: its class's name, its text, and the lines it went through."""

    name: str
    text: str
    traceback: str


@dataclass(frozen=True)
class CellRun:
    """What one cell did.

    Args:
        output: what it printed, on stdout and stderr, cut to the limit.
        result: the text of its last expression.
        error: the exception that ended it.
        figures: what it drew, as PNG.
        ended: None if it came to its end, with an error or not. Otherwise `time`: stopped, and
            what was there before is kept; `killed`: could not be stopped; `memory` or `died`:
            the process has ended by itself.
        detail: the sentence that explains `ended`.
        seconds: how long it took.
    """

    output: str = ""
    result: str | None = None
    error: CellError | None = None
    figures: tuple[bytes, ...] = ()
    ended: str | None = None
    detail: str = ""
    seconds: float = 0.0


def told(answer: Message, blob: bytes) -> dict[str, Any]:
    """The parts of a `CellRun` that a process has told; whatever has no meaning is left out."""
    parts: dict[str, Any] = {"figures": _figures(answer.get("figures"), blob)}
    if type(answer.get("result")) is str:
        parts["result"] = plain_text(answer["result"], MOST_RESULT)
    error = answer.get("error")
    if type(error) is dict:
        name, text, lines = (error.get(key) for key in ("name", "text", "traceback"))
        parts["error"] = CellError(
            _text(name, MOST_NAME) or "Error", _text(text, MOST_TEXT), _text(lines, MOST_TRACEBACK)
        )
    return parts


def _text(value: Any, most: int) -> str:
    return plain_text(value, most) if type(value) is str else ""


def _figures(lengths: Any, blob: bytes) -> tuple[bytes, ...]:
    """The pictures in a blob; what is no PNG is no picture."""
    found, place = [], 0
    for length in lengths[:MOST_FIGURES] if type(lengths) is list else ():
        if type(length) is not int or not 0 < length <= len(blob) - place:
            break
        found.append(blob[place : place + length])
        place += length
    return tuple(data for data in found if data.startswith(PNG))
