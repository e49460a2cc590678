"""The command `autograde`: grade a chapter's submissions, and say how far that came."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from grader.classroom.course_folder import CourseFolder, open_course, read_chapter
from grader.classroom.journal import Journal
from grader.classroom.pool import Pool
from grader.classroom.run import Run, Stop
from grader.classroom.work import Settings, prepare, settings_of
from grader.errors import GradingError
from grader.nbgrader.gradebook import GradebookError

ALL_GRADED, SOME_NOT_GRADED, STOPPED = 0, 1, 130


def autograde(options: argparse.Namespace) -> int:
    """Grade a chapter's submissions.

    The exit status is 0 if all were graded, 1 if some could not be, 2 if it could not go on, 130
    after Ctrl-C. Whatever happens, --resume goes on from there.
    """
    folder = open_course(options.course)
    try:
        released, used = read_chapter(folder, options.chapter)
    except GradebookError as error:
        raise GradingError(f"{error} Nothing was stored. Run the same command again.") from error
    students = _chosen(folder, options.chapter, options.only)
    settings = settings_of(folder, released, used=used)
    fresh = not (options.resume or options.only)
    with closing(Journal(folder.root, options.chapter, fresh=fresh)) as journal, Stop() as stop:
        run = Run(folder, settings, journal, patience_seconds=options.patience, stream=sys.stderr)
        try:
            start = partial(backend_of, options, settings)
            run.grade(students, start, resume=options.resume, stop=stop)
        except GradingError as error:
            raise GradingError(f"{error} {run.so_far()} {go_on(options)}") from error
    sys.stdout.write(run.report())
    if stop():
        sys.stderr.write(f"grader: stopped. {run.so_far()} {go_on(options)}\n")
        return STOPPED
    if run.faults:
        sys.stderr.write(f"grader: {len(run.faults)} were not graded. {go_on(options)}\n")
        return SOME_NOT_GRADED
    return ALL_GRADED


def _chosen(folder: CourseFolder, chapter: str, only: Sequence[str] | None) -> list[str]:
    students = folder.students(chapter)
    missing = sorted(set(only or ()) - set(students))
    if missing:
        raise GradingError(
            f"there is no submission of {chapter} by {', '.join(missing)}. Nothing was stored. "
            f"There are {len(students)} submissions, the first by {students[0]}."
        )
    return sorted(set(only)) if only else students


def backend_of(options: argparse.Namespace, settings: Settings) -> Any:
    """Where the work is done: on a cluster, or in processes of this machine."""
    if not options.scheduler:
        return Pool(prepare, settings, options.jobs)
    from grader.classroom.cluster import Cluster  # dask takes a second to import

    return Cluster(options.scheduler, prepare, settings, patience_seconds=options.patience)


def go_on(options: argparse.Namespace) -> str:
    """The command that goes on from here."""
    parts = ["python -m grader autograde", options.chapter, "--resume"]
    if options.course != Path():
        parts.append(f"--course {options.course}")
    if options.scheduler:
        parts.append(f"--scheduler {options.scheduler}")
    return f"Go on with: {' '.join(parts)}"
