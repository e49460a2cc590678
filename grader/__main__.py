"""The commands `list`, `check`, `hint` and `autograde` of `python -m grader`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from grader.classroom.command import add_command
from grader.errors import CheckError, GradingError
from grader.exercise import Exercise
from grader.exercises import EXERCISES, find
from grader.from_file import functions_in
from grader.hints import hints_of, next_hint
from grader.judge import judge


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 if all is well, 1 if an answer does not pass, 2 if the command cannot be carried out.
    """
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except (CheckError, GradingError) as error:
        sys.stderr.write(f"grader: {error}\n")
        return 2


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m grader", description="Check answers of the course against PyTorch."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", help="judge the functions in a Python file", description=check_file.__doc__
    )
    check.add_argument("slug", help="the exercise: its slug, its number or one of its functions")
    check.add_argument("file", type=Path, help="a Python file that defines the functions")
    check.add_argument("--json", action="store_true", help="print the verdict as JSON")
    check.set_defaults(run=check_file)
    listing = commands.add_parser("list", help="list the exercises")
    listing.add_argument("--json", action="store_true", help="print the list as JSON")
    listing.set_defaults(run=list_exercises)
    hint = commands.add_parser("hint", help="print all hints of an exercise")
    hint.add_argument("slug", help="the exercise")
    hint.set_defaults(run=print_hints)
    add_command(commands)
    return top


def check_file(options: argparse.Namespace) -> int:
    """Judge the functions in a Python file. The exit status is 0 only if everything passes."""
    exercise = find(options.slug)
    verdict = judge(exercise.slug, *functions_in(options.file, exercise))
    sys.stdout.write((verdict.to_json() if options.json else verdict.to_text()) + "\n")
    return 0 if verdict.passed else 1


def list_exercises(options: argparse.Namespace) -> int:
    """Print one line for each exercise: number, slug, points, minutes, functions."""
    rows = [_row(exercise) for exercise in EXERCISES]
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return 0
    width = max(len(row["slug"]) for row in rows)
    for row in rows:
        bonus = f" + {row['bonus']:g} bonus" if row["bonus"] else ""
        sys.stdout.write(
            f"{row['number']:<5}{row['slug']:<{width}}  {row['points']:>2g} points{bonus:<9}  "
            f"{row['minutes']:>3} min  {'●' * row['difficulty']:<3}  {row['title']}\n"
        )
    return 0


def _row(exercise: Exercise) -> dict[str, Any]:
    bonus = sum(group.points for group in exercise.groups if group.bonus)
    return {
        "number": exercise.number,
        "slug": exercise.slug,
        "chapter": exercise.chapter,
        "title": exercise.title,
        "points": exercise.max_points - bonus,
        "bonus": bonus,
        "minutes": exercise.minutes,
        "difficulty": exercise.difficulty,
        "functions": [f"{f.name}({f.signature})" for f in exercise.functions],
    }


def print_hints(options: argparse.Namespace) -> int:
    """Print the hints of an exercise, the gentlest first."""
    for _ in hints_of(options.slug):
        sys.stdout.write(next_hint(options.slug).replace("**", "") + "\n")
    return 0


def run() -> None:
    """Run the command of this process, and end it."""
    sys.stdout = _own_stdout()
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # An answer may have left threads and exit handlers behind, which need not end.
    os._exit(status)


def _own_stdout() -> TextIO:
    """Standard output by another file descriptor; what an answer writes to 1 goes nowhere.

    Characters that the terminal does not know, ✓ perhaps, are replaced.
    """
    own = open(os.dup(1), "w", encoding=sys.stdout.encoding, errors="replace")  # noqa: SIM115
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


if __name__ == "__main__":
    run()
