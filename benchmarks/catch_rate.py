"""Measure the grader: does it catch and name every known mistake, and accept every right style?

Prints a table for each chapter and ends with status 1 if a known mistake passes or is named as
another, or if a right answer is rejected.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.readme import put_into_readme
from grader.alike import alike
from grader.diagnose import attempt
from grader.exercise import Exercise, Mistake
from grader.exercises import EXERCISES, find
from grader.expected import recorded_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.verdict import Verdict

STYLES = Path(__file__).parent.parent / "tests" / "styles"


@dataclass
class Row:
    """What was measured for one exercise."""

    exercise: Exercise
    cold: bool = False
    mistakes: int = 0
    codings: int = 0
    caught: int = 0
    named: int = 0
    twins: int = 0
    styles: int = 0
    accepted: int = 0
    seconds: list[float] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def measure(exercise: Exercise, *, cold: bool = False) -> Row:
    """Judge all known mistakes and all right styles of an exercise.

    Args:
        exercise: which one.
        cold: let no check profit from an earlier one, as a learner's first check cannot.
    """
    row = Row(exercise, cold)
    styles = dict(right_styles(exercise))
    for name, functions in styles.items():
        verdict = timed(row, exercise, functions)
        row.styles += 1
        row.accepted += verdict.passed
        if not verdict.passed:
            row.complaints.append(f"{exercise.slug}: the right style {name} is rejected")
    right = next(iter(styles.values()), [])
    for mistake in mistakes_of(exercise):
        row.mistakes += 1
        for variant in mistake.variants:
            try_mistake(row, mistake, variant, right)
    return row


def try_mistake(row: Row, mistake: Mistake, variant: Callable, right: list[Any]) -> None:
    """Judge one coding of a known mistake; the other functions of the exercise are right."""
    names = [function.name for function in row.exercise.functions]
    functions = [variant if n == mistake.function else f for n, f in zip(names, right, strict=True)]
    verdict = timed(row, row.exercise, functions)
    row.codings += 1
    row.caught += not verdict.passed
    row.named += verdict.mistake == mistake.slug
    if verdict.passed:
        row.complaints.append(f"{row.exercise.slug}: {mistake.slug} passes")
    elif verdict.mistake != mistake.slug and same_results(row.exercise, mistake, verdict.mistake):
        row.twins += 1
    elif verdict.mistake != mistake.slug:
        row.complaints.append(f"{row.exercise.slug}: {mistake.slug} is named {verdict.mistake}")


def same_results(exercise: Exercise, mistake: Mistake, other: str | None) -> bool:
    """Whether two mistakes cannot be told apart: equal results on every case."""
    twins = [m for m in mistakes_of(exercise) if m.slug == other]
    cases = [case for case in exercise.cases() if case.function == mistake.function]
    return any(
        all(
            agree(attempt(one, case), attempt(two, case), exercise.limits(case.dtype))
            for case in cases
        )
        for twin in twins
        for one in mistake.variants
        for two in twin.variants
    )


def agree(one: tuple[Any, str], two: tuple[Any, str], limits: tuple[float, float]) -> bool:
    """Whether two attempts gave the same value, or raised the same."""
    (value, raised), (other, other_raised) = one, two
    if raised or other_raised:
        return raised == other_raised
    return alike(value, other, rtol=limits[0], atol=limits[1])


def timed(row: Row, exercise: Exercise, functions: list[Any]) -> Verdict:
    """Judge, and note how long it took."""
    if row.cold:
        attempt.cache_clear()
    start = time.perf_counter()
    verdict = judge(exercise.slug, *functions)
    row.seconds.append(time.perf_counter() - start)
    return verdict


def right_styles(exercise: Exercise) -> Iterator[tuple[str, list[Any]]]:
    """All right answers to an exercise: each style file that has all of its functions."""
    for path in sorted(STYLES.glob("*/*.py")):
        names = run_file(path)
        functions = [names.get(function.name) for function in exercise.functions]
        if all(functions):
            yield f"{path.parent.name}/{path.stem}", functions


HEAD = (
    f"{'exercise':<20}{'mistakes':>9}{'codings':>9}{'caught':>8}{'named':>8}{'twins':>7}"
    f"{'styles':>8}{'accepted':>10}{'ms median':>11}{'ms worst':>10}"
)


def line(row: Row) -> str:
    """One row of the table."""
    milliseconds = sorted(1000 * second for second in row.seconds)
    return (
        f"{row.exercise.number + ' ' + row.exercise.slug:<20.20}{row.mistakes:>9}{row.codings:>9}"
        f"{share(row.caught, row.codings):>8}{share(row.named + row.twins, row.codings):>8}"
        f"{row.twins:>7}{row.styles:>8}{share(row.accepted, row.styles):>10}"
        f"{statistics.median(milliseconds):>11.0f}{milliseconds[-1]:>10.0f}"
    )


def readme_line(row: Row) -> str:
    """One row of the README's table; the time comes last."""
    milliseconds = 1000 * statistics.median(row.seconds)
    return (
        f"| {row.exercise.number} `{row.exercise.slug}` | {row.mistakes} | {row.codings} "
        f"| {share(row.caught, row.codings)} | {share(row.named + row.twins, row.codings)} "
        f"| {row.styles} | {share(row.accepted, row.styles)} | {milliseconds:.0f} ms |"
    )


README_HEAD = (
    "| exercise | known mistakes | codings | caught | named | right styles | accepted | a check |\n"
    "|---|---|---|---|---|---|---|---|"
)


def readme_table(rows: list[Row]) -> str:
    """The table for the README."""
    return "\n".join([README_HEAD, *map(readme_line, rows)])


def sample_report() -> str:
    """What a learner reads who has flipped the kernel, for the README."""
    exercise = find("cross_correlate2d")
    [right, *_] = (functions[0] for _, functions in right_styles(exercise))
    verdict = judge(exercise.slug, lambda x, w: right(x, w[::-1, ::-1]))
    return f"```\n{verdict.to_text()}\n```"


def share(part: int, whole: int) -> str:
    """A percentage."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def main() -> int:
    """Print the table; 1 if the grader misses, misnames or rejects anything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catch_rate", description=__doc__)
    parser.add_argument(
        "slugs", nargs="*", help="slugs or numbers to measure; all if none is named"
    )
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    wanted = [find(name).slug for name in options.slugs]
    if wanted and options.readme:
        parser.error("--readme needs all exercises: leave the names out")
    print(HEAD)
    rows: list[Row] = []
    complaints: list[str] = []
    for exercise in EXERCISES:
        if wanted and exercise.slug not in wanted:
            continue
        if recorded_outputs(exercise) is None:
            complaints.append(f"{exercise.slug}: nothing recorded: run `make record` first")
        row = measure(exercise, cold=True)
        print(line(row), flush=True)
        rows.append(row)
        complaints += row.complaints
    print(
        "\nA coding is one way to make the mistake; named: recognised as itself, or as a twin "
        "that no case can tell apart."
    )
    for complaint in complaints:
        print(f"FAILED {complaint}")
    if options.readme:
        put_into_readme("catch-rate", readme_table(rows))
        put_into_readme("report", sample_report())
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
