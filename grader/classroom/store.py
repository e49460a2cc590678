"""The one writer: points into the gradebook, the graded notebook beside it, a line in the journal.

A batch of students is one transaction, so the gradebook holds a student's points all or not at
all. The journal comes last: whoever is not in it is graded again by the next run, which changes
nothing where the points were stored already.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import IntegrityError

from grader.classroom.course_folder import CourseFolder
from grader.classroom.journal import Entry, Journal
from grader.classroom.work import Result
from grader.errors import GradingError
from grader.nbgrader.gradebook import opened
from grader.nbgrader.released import Released
from grader.nbgrader.save import notebook_of, prepare, write, write_penalty

PAUSE_SECONDS = 1.0
READ_ONLY = 0o444
SHARED = 0o664


class Store:
    """Stores results, and waits a while for a gradebook that does not answer.

    Args:
        folder: the course.
        released: the notebook that is graded.
        journal: where stored students are noted.
        rules: the fingerprint of what they are graded by.
        patience_seconds: how long to wait for the gradebook.
        note: told, in a sentence, when there is something to wait for.
    """

    def __init__(
        self,
        folder: CourseFolder,
        released: Released,
        journal: Journal,
        *,
        rules: str,
        patience_seconds: float,
        note: Callable[[str], None],
    ) -> None:
        self._folder, self._released, self._journal = folder, released, journal
        self._rules, self._patience, self._note = rules, patience_seconds, note
        self._penalties = AssignLatePenalties(config=folder.config)
        self._penalties.init_plugin()
        self._gradebook: Any = None
        self._context: Any = None
        self._stored: set[str] = set()

    def put(self, results: Sequence[Result]) -> list[Result]:
        """Store a batch; a student who is stored already is left alone.

        Returns:
            The results that have points and were not stored before.

        Raises:
            GradingError: the gradebook or the disk cannot take it; what was stored before stays.
        """
        found = {result.student: result for result in results if result.student not in self._stored}
        if not found:
            return []
        self._save_patiently(list(found.values()))
        graded = [result for result in found.values() if result.graded is not None]
        for result in graded:
            self._write_notebook(result)
        try:
            self._journal.add(map(self._entry, graded))
        except OSError as error:
            raise GradingError(_disk(self._journal.path, error)) from error
        self._stored |= {result.student for result in graded}
        return graded

    def _entry(self, result: Result) -> Entry:
        points = sum(score or 0.0 for score in result.graded.scores.values())
        most = sum(cell.points or 0.0 for cell in self._released.cells)
        return Entry(result.student, result.submission, self._rules, points, most)

    def _save_patiently(self, results: Sequence[Result]) -> None:
        """Commit one transaction, again and again until it works or patience ends."""
        end = time.monotonic() + self._patience
        told = False
        while True:
            try:
                self._save(results)
                return
            except GradingError as error:
                self.close()
                if time.monotonic() > end or isinstance(error.__cause__, IntegrityError):
                    raise
                if not told:
                    self._note(f"{error} Trying again for {self._patience:g} s.")
                    told = True
            time.sleep(PAUSE_SECONDS)

    def _save(self, results: Sequence[Result]) -> None:
        if self._context is None:
            self._context = opened(self._folder.db_url, self._folder.coursedir.course_id)
            self._gradebook = self._context.__enter__()
        try:
            for result in results:
                self._save_one(result)
            self._gradebook.db.commit()
        except BaseException as error:
            # The context turns what the database says into a sentence, and closes it.
            context, self._context, self._gradebook = self._context, None, None
            context.__exit__(type(error), error, error.__traceback__)
            raise

    def _save_one(self, result: Result) -> None:
        """Within a transaction: former points go, and the new ones come if there are some."""
        gradebook, released = self._gradebook, self._released
        submission = prepare(gradebook, released.chapter, result.student, result.received)
        if result.graded is not None:
            notebook = notebook_of(submission, released.notebook)
            write(gradebook, notebook, result.graded)
            write_penalty(gradebook, submission, notebook, self._penalties.plugin_inst)

    def _write_notebook(self, result: Result) -> None:
        """Put the graded notebook in place of the former one, whole."""
        target = self._folder.autograded(result.student, self._released.chapter)
        partial = target.with_name(f".{target.name}.partial")
        former = target.with_name(f".{target.name}.former")
        try:
            _remove(partial, former)
            partial.mkdir(parents=True)
            _write(partial / f"{self._released.notebook}.ipynb", result.graded.notebook)
            if result.received is not None:
                _write(partial / "timestamp.txt", f"{result.received} UTC\n")
            self._give_rights(partial)
            if target.exists():
                target.rename(former)
            partial.rename(target)
            _remove(former)
        except OSError as error:
            raise GradingError(_disk(target, error)) from error

    def _give_rights(self, folder: Path) -> None:
        """The rights that nbgrader gives: for reading, or for a group of teachers."""
        shared = self._folder.coursedir.groupshared
        for path in folder.iterdir():
            path.chmod(SHARED if shared else READ_ONLY)
        if shared:
            folder.chmod(folder.stat().st_mode | 0o2770)

    def close(self) -> None:
        """Close the gradebook."""
        context, self._context, self._gradebook = self._context, None, None
        if context is not None:
            context.__exit__(None, None, None)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _disk(path: Path, error: OSError) -> str:
    reason = "the disk is full" if error.errno == errno.ENOSPC else os.strerror(error.errno or 0)
    return f"{path} cannot be written: {reason}."
