"""The options of `python -m grader autograde`; what it needs is imported when it is run."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any


def add_command(commands: Any) -> None:
    """Add `autograde` to the commands of `python -m grader`."""
    command = commands.add_parser(
        "autograde", help="grade a class's submissions", description=_autograde.__doc__
    )
    command.add_argument("chapter", help="nbgrader's name of the assignment, 01-convolution say")
    command.add_argument("--jobs", type=_count, default=os.cpu_count(), help="worker processes")
    command.add_argument("--scheduler", metavar="ADDRESS", help="work on this dask cluster")
    command.add_argument("--resume", action="store_true", help="leave out who is stored already")
    command.add_argument("--only", nargs="+", metavar="STUDENT", help="grade these students only")
    command.add_argument("--course", type=Path, default=Path(), help="the course folder")
    command.add_argument(
        "--patience", type=float, default=60, metavar="SECONDS", help="wait for what is down"
    )
    command.set_defaults(run=_autograde)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of processes")
    return int(text)


def _autograde(options: argparse.Namespace) -> int:
    """Grade a chapter's submissions in the folder of the course.

    The exit status is 0 if all were graded, 1 if some could not be, 2 if it could not go on, and
    130 after Ctrl-C. Whatever happens, --resume goes on from there.
    """
    from grader.classroom.autograde import autograde

    return autograde(options)
