"""The table at the end of a run: what the class earned by exercise, and who is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.nbgrader.released import Released

MOST_NAMES = 20


@dataclass
class Tally:
    """What is counted while a class is graded; it stays small however large the class is."""

    points: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    full: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    none: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    count: int = 0

    def add(self, scores: Mapping[str, float | None], most: Mapping[str, float]) -> None:
        """Count one student."""
        self.count += 1
        for name, score in scores.items():
            self.points[name] += score or 0.0
            self.full[name] += score == most.get(name)
            self.none[name] += not score


def table(tally: Tally, released: Released) -> str:
    """One row for each graded cell."""
    rows = [("exercise", "points", "mean", "full", "none")]
    cells = [cell for cell in released.cells if cell.points is not None]
    for cell in cells:
        mean = tally.points[cell.name] / max(tally.count, 1)
        share = (
            f"{100 * n[cell.name] / max(tally.count, 1):.0f} %" for n in (tally.full, tally.none)
        )
        rows.append((cell.slug or cell.name, f"{cell.points:g}", f"{mean:.2f}", *share))
    total = sum(tally.points.values()) / max(tally.count, 1)
    most = sum(cell.points for cell in cells)
    rows.append(("all", f"{most:g}", f"{total:.2f}", "", ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _row(row: Iterable[str], widths: list[int]) -> str:
    first, *rest = row
    columns = (f"{text:>{width}}" for text, width in zip(rest, widths[1:], strict=True))
    return "  ".join([f"{first:<{widths[0]}}", *columns]).rstrip()


def faults_text(faults: Mapping[str, str]) -> str:
    """Who was not graded, and why; the first of very many."""
    lines = [f"not graded: {name}: {fault}" for name, fault in sorted(faults.items())]
    more = len(lines) - MOST_NAMES
    return "\n".join(lines[:MOST_NAMES] + ([f"… and {more} others"] if more > 0 else []))
