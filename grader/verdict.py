"""A verdict says what a check found: points, the first thing that is wrong, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class GroupResult:
    """The points of one group.

    Args:
        name, points, max_points, bonus: as in the exercise; `points` is what was earned.
        cases, failed: how many cases there are, and how many of them fail.
    """

    name: str
    points: float
    max_points: float
    cases: int
    failed: int
    bonus: bool = False

    @property
    def passed(self) -> bool:
        """Whether all of its cases pass."""
        return self.failed == 0


@dataclass(frozen=True, eq=False)
class Failure:
    """The first thing that is wrong, and where.

    Args:
        kind: `missing`, `signature`, `forbidden`, `crash`, `time`, `output`, `type`, `shape`,
            `dtype`, `finite`, `values`, `learning`, `changed`, `unstable` or `slow`.
        message: one sentence that says what is wrong.
        function, case, group: which call of which function.
        output: the name of the wrong output, such as `dx`.
        index: where the worst element is; empty if there is no such element.
        received, expected: the two numbers (or whole values) that differ.
        window: the rows and columns around the worst element, as `Window`.
        wrong: for each element of an array, whether it is wrong. Taken from the group's largest
            case that fails like this, since a pattern shows there; `wrong_case` is its title.
        place: where the wrong elements lie there, if that can be said in words.
        right: the names of the outputs that are right.
        call: code that makes the call again, to be pasted into a cell.
        printed: what the function printed.
        hidden: the case is the teacher's; nothing about its values may be shown.
        symptom: the slug of what this failure is the sign of, if it is known without a match.
    """

    kind: str
    message: str
    function: str = ""
    case: str = ""
    group: str = ""
    output: str = ""
    index: tuple[int, ...] = ()
    received: Any = None
    expected: Any = None
    window: Window | None = None
    wrong: np.ndarray | None = None
    wrong_case: str = ""
    place: str = ""
    right: tuple[str, ...] = ()
    call: str = ""
    printed: str = ""
    hidden: bool = False
    symptom: str | None = None


@dataclass(frozen=True)
class Window:
    """At most 4 × 4 elements around the worst one, from both sides.

    Args:
        corner: row and column of the first element within the last two axes.
        received, expected: the numbers, as nested tuples of rows.
        wrong: which of them are wrong.
    """

    corner: tuple[int, int]
    received: tuple[tuple[float, ...], ...]
    expected: tuple[tuple[float, ...], ...]
    wrong: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What a check found.

    Args:
        slug, title: the exercise.
        groups: the points, group by group.
        failure: the first thing that is wrong; None if nothing is.
        mistake: the slug of the known mistake that gives exactly the learner's results.
        message: one or two sentences: the reason if it was recognised, else what is wrong.
        shown: the report stands above already, so the verdict prints as its points alone. A
            bare number is also what nbgrader reads as partial credit.
    """

    slug: str
    title: str
    groups: tuple[GroupResult, ...]
    failure: Failure | None = None
    mistake: str | None = None
    message: str = ""
    shown: bool = field(default=False)

    @property
    def points(self) -> float:
        """The points earned."""
        return _number(sum(group.points for group in self.groups))

    @property
    def max_points(self) -> float:
        """The points there are, the bonus included."""
        return _number(sum(group.max_points for group in self.groups))

    @property
    def passed(self) -> bool:
        """Whether everything passes that is not a bonus."""
        return all(group.passed for group in self.groups if not group.bonus)

    def to_text(self) -> str:
        """The report as plain text."""
        from grader.report_text import report

        return report(self)

    def to_html(self) -> str:
        """The report as a piece of HTML, which brings its own style."""
        from grader.report_html import report

        return report(self)

    def to_json(self) -> str:
        """Everything as JSON text; arrays are left out, their windows are in."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data that JSON can hold."""
        return {
            "slug": self.slug,
            "title": self.title,
            "passed": self.passed,
            "points": self.points,
            "max_points": self.max_points,
            "message": self.message,
            "mistake": self.mistake,
            "groups": [vars(group) | {"passed": group.passed} for group in self.groups],
            "failure": _failure_dict(self.failure) if self.failure else None,
        }

    def __repr__(self) -> str:
        return f"{self.points:g}" if self.shown else self.to_text()

    def _repr_html_(self) -> str | None:
        return None if self.shown else self.to_html()


def _failure_dict(failure: Failure) -> dict[str, Any]:
    """A failure without its map of wrong elements; of a hidden case only what may be told."""
    told = ("kind", "message", "function", "case", "group", "hidden")
    names = told if failure.hidden else [name for name in vars(failure) if name != "wrong"]
    return {name: _jsonable(getattr(failure, name)) for name in names}


def _jsonable(value: Any) -> Any:
    if isinstance(value, Window):
        return {name: _jsonable(part) for name, part in vars(value).items()}
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value[:50]]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str | type(None)) else str(value)


def _number(total: float) -> float:
    """Add up to what a person would write: no 6.999999."""
    return round(float(total), 6)
