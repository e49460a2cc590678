"""nbgrader's `autograde`, without the ways in which it trusts what was handed in.

The steps are those that `nbgrader_config.py` lists. What differs is around them: the learner's
folder is looked at, not copied; a submission that cannot be read is graded too; and there is one
connection to the gradebook and one sandbox for the whole class.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from fnmatch import fnmatch
from glob import glob
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import SQLAlchemyError
from traitlets.utils.importstring import import_item

from grader.errors import GradingError
from grader.nbgrader import nodes
from grader.nbgrader.grade import notebook_in
from grader.nbgrader.gradebook import GradebookError, opened, was_used
from grader.nbgrader.handed_in import TIMESTAMP, Handed, handed_in, received
from grader.nbgrader.released import Released, read_released
from grader.nbgrader.save import prepare
from grader.nbgrader.secret import secret_of
from grader.nbgrader.settings import open_sandbox, settings_of

LATER = "What was graded before is stored. Run the same command again when that is put right."


class SafeAutograde(Autograde):
    """Grade submissions behind walls; `nbgrader_config.py` puts it in the place of nbgrader's."""

    def start(self) -> None:
        """Grade all submissions that were asked for.

        Raises:
            NbGraderException: some were not graded, or none; the log says which and why.
        """
        before = os.getcwd()
        os.chdir(self.coursedir.root)
        try:
            self._find_submissions()
            self._grade_all()
        except GradingError as error:
            told = f"{error} {LATER}" if isinstance(error, GradebookError) else str(error)
            self.log.error("%s", told)
            raise NbGraderException(told) from error
        finally:
            os.chdir(before)

    def _find_submissions(self) -> None:
        chapter = self.coursedir.assignment_id
        pattern = self._folder(self.coursedir.student_id, chapter)
        folders = [Path(folder) for folder in glob(pattern) if Path(folder).is_dir()]
        self._submissions = {self._student_of(folder): folder for folder in sorted(folders)}
        for excluded in self.coursedir.student_id_exclude.split(","):
            self._submissions.pop(excluded, None)
        if not self._submissions:
            raise GradingError(
                f"there are no submissions of {chapter!r}: nothing matches {pattern}. Nothing was "
                "graded. Is the chapter's name right, and were the submissions collected?"
            )

    def _folder(self, student: str, chapter: str) -> str:
        return self.coursedir.format_path(self.coursedir.submitted_directory, student, chapter)

    def _student_of(self, folder: Path) -> str:
        """The learner whose folder it is, whatever the teacher's `directory_structure`."""
        marked = Path(self._folder("\0", self.coursedir.assignment_id))
        pairs = zip(marked.parts, folder.parts, strict=True)
        return next(own for part, own in pairs if "\0" in part)

    def _grade_all(self) -> None:
        """Grade one submission after the other; a fault in one does not stop the others."""
        chapter = self.coursedir.assignment_id
        failed = []
        with ExitStack() as stack:
            self._gradebook = stack.enter_context(
                opened(self.coursedir.db_url, self.coursedir.course_id)
            )
            self._notebooks = self._released(chapter)
            self._secret = secret_of(
                Path(self.coursedir.root), used=lambda: was_used(self._gradebook)
            )
            self._sandbox = stack.enter_context(
                open_sandbox(settings_of(self.config), self._notebooks)
            )
            self._steps = [*self._made(self.sanitize_preprocessors)]
            self._steps += self._made(self.autograde_preprocessors)
            for student in self._submissions:
                if not self._grade_or_clean_up(chapter, student):
                    failed.append(student)
        if failed:
            told = (
                f"{len(failed)} of {len(self._submissions)} submissions were not graded, by no "
                f"fault of the learners: {', '.join(failed)}. The log above says why. All others "
                "are stored; grade these again with `--student`."
            )
            raise GradingError(told)

    def _made(self, steps: list[Any]) -> Iterator[Any]:
        for step in steps:
            yield (import_item(step) if isinstance(step, str) else step)(parent=self)

    def _released(self, chapter: str) -> list[Released]:
        try:
            names = [n.name for n in self._gradebook.find_assignment(chapter).notebooks]
        except MissingEntry:
            names = []
        names = [name for name in names if fnmatch(name, self.coursedir.notebook_id)]
        return [read_released(self._gradebook, chapter, name) for name in names or [chapter]]

    def _grade_or_clean_up(self, chapter: str, student: str) -> bool:
        """Whether a submission has its points now, or had them already."""
        self.notebooks = [f"{released.notebook}.ipynb" for released in self._notebooks]
        done = False
        try:
            if self.init_destination(chapter, student):
                self.run_pre_convert_hook()
                self._grade(chapter, student)
                self.set_permissions(chapter, student)
                self.run_post_convert_hook()
            done = True
        except SQLAlchemyError:
            raise  # without a gradebook, there is no point in going on
        except GradingError as error:
            self.log.error("%s was not graded: %s", student, error)
        except OSError as error:  # such as a full disk
            self.log.error("%s was not graded, by no fault of theirs: %s", student, error)
        except Exception:
            self.log.exception("%s was not graded: this is a fault of the grader", student)
        finally:
            if not done:
                self._clean_up(chapter, student)
        return done

    def _clean_up(self, chapter: str, student: str) -> None:
        """Leave no points and no notebook of an earlier submission behind."""
        self._gradebook.db.rollback()
        prepare(self._gradebook, chapter, student, received(self._submissions[student])[0])
        self._gradebook.db.commit()
        target = Path(self._format_dest(chapter, student))
        if target.is_dir():
            rmtree(target)

    def _grade(self, chapter: str, student: str) -> None:
        folder, target = self._submissions[student], Path(self._format_dest(chapter, student))
        when, notes = received(folder)
        prepare(self._gradebook, chapter, student, when)
        self._gradebook.db.commit()
        for released in self._notebooks:
            handed = handed_in(folder, released.notebook)
            for note in (*handed.notes, *notes):
                self.log.warning("%s: %s", student, note)
            book = self._graded(student, handed, released)
            _write(target / f"{released.notebook}.ipynb", nodes.text_of(book))
        if when is not None:
            _write(target / TIMESTAMP, f"{when} UTC\n")

    def _graded(self, student: str, handed: Handed, released: Released) -> NotebookNode:
        """Take a notebook through all steps."""
        place = {
            "student": student,
            "assignment": released.chapter,
            "notebook": released.notebook,
            "db_url": self.coursedir.db_url,
            "handed": notebook_in(handed),
            "released": released,
            "gradebook": self._gradebook,
            "sandbox": self._sandbox,
            "secret": self._secret,
        }
        book, resources = nodes.book(), {"nbgrader": place, "unique_key": released.notebook}
        for step in self._steps:
            book, resources = step(book, resources)
        return book


def _write(path: Path, text: str) -> None:
    """Write a whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
