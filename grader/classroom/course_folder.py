"""The teacher's course folder, with its settings, as nbgrader itself finds them."""

from __future__ import annotations

import difflib
import glob
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment
from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url

from grader.errors import GradingError
from grader.nbgrader.gradebook import opened, was_used
from grader.nbgrader.released import Released, read_released

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class CourseFolder:
    """Where things are.

    Args:
        root: the folder with `nbgrader_config.py`.
        config: all settings, those of the teacher's account included.
        coursedir: nbgrader's own view of the folder.
    """

    root: Path
    config: Any
    coursedir: CourseDirectory

    @property
    def db_url(self) -> str:
        """Where the gradebook is."""
        return self.coursedir.db_url

    @property
    def gradebook_name(self) -> str:
        """The gradebook's place without a password, as it may be shown."""
        url = make_url(self.db_url)
        return url.database or "" if url.drivername.startswith("sqlite") else url.render_as_string()

    def submitted(self, student: str, chapter: str) -> Path:
        """Where a student's submission lies."""
        return self._path(self.coursedir.submitted_directory, student, chapter)

    def autograded(self, student: str, chapter: str) -> Path:
        """Where the graded notebook goes."""
        return self._path(self.coursedir.autograded_directory, student, chapter)

    def _path(self, step: str, student: str, chapter: str) -> Path:
        return Path(self.coursedir.format_path(step, student, chapter))

    def students(self, chapter: str) -> list[str]:
        """All students with a folder for the chapter, in order.

        Raises:
            GradingError: there is none; the message says where submissions are looked for.
        """
        step = self.coursedir.submitted_directory
        form = self.coursedir.format_path(step, "(?P<student>[^/]+)", chapter, escape=True)
        paths = glob.glob(self.coursedir.format_path(step, "*", glob.escape(chapter)))
        found = [re.fullmatch(form, path) for path in paths if Path(path).is_dir()]
        students = sorted(match["student"] for match in found if match)
        if not students:
            raise GradingError(
                f"there are no submissions of {chapter} in {self.root}. They are looked for as "
                f"{self._path(step, 'STUDENT', chapter).relative_to(self.root)}/{chapter}.ipynb. "
                "Nothing was stored. Collect them, and run the same command again."
            )
        return students


def open_course(root: Path) -> CourseFolder:
    """Read the settings of a course folder.

    Raises:
        GradingError: there are none, or they cannot be read.
    """
    root = root.resolve()
    if not (root / CONFIG).is_file():
        raise GradingError(
            f"there is no {CONFIG} in {root}. Nothing was stored. Run the command in the folder "
            "of the course, or name that folder with --course."
        )
    app = NbGrader(log_level="CRITICAL", raise_config_file_errors=True)
    try:
        app.initialize([], root=str(root))
    except (Exception, SystemExit) as error:  # the file may contain any Python
        raise GradingError(
            f"{root / CONFIG} cannot be read: {error}. Nothing was stored."
        ) from error
    return CourseFolder(root, app.config, app.coursedir)


def read_chapter(folder: CourseFolder, chapter: str) -> tuple[Released, bool]:
    """What the gradebook knows of a chapter, and whether anything was graded before.

    Raises:
        GradingError: there is no gradebook, or it does not know the chapter; the message has the
            command that helps.
    """
    url = make_url(folder.db_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").is_file():
        raise GradingError(
            f"there is no gradebook {url.database}. Nothing was stored. "
            f"Run `nbgrader generate_assignment {chapter} --force` first; it makes one."
        )
    with opened(folder.db_url, folder.coursedir.course_id) as gradebook:
        known = [name for (name,) in gradebook.db.query(Assignment.name)]
        if chapter not in known:
            raise GradingError(_unknown(chapter, known))
        return read_released(gradebook, chapter), was_used(gradebook)


def _unknown(chapter: str, known: list[str]) -> str:
    alike = difflib.get_close_matches(chapter, known, 1, 0.3)
    advice = f"Did you mean {alike[0]}? " if alike else ""
    names = ", ".join(sorted(known)) or "none at all"
    return (
        f"the gradebook does not know a chapter {chapter}. {advice}It knows {names}. Nothing was "
        f"stored. A new chapter is made known by `nbgrader generate_assignment {chapter}`."
    )
