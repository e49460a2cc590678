"""Grade one submission in a worker: a value goes in, a value comes out, nothing is stored."""

from __future__ import annotations

import hashlib
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

import grader
from grader.classroom.course_folder import CourseFolder
from grader.errors import GradingError
from grader.nbgrader import settings as grading
from grader.nbgrader.grade import Graded, grade
from grader.nbgrader.handed_in import Handed
from grader.nbgrader.released import Released
from grader.nbgrader.secret import secret_of
from grader.sandbox import Sandbox


@lru_cache
def code_fingerprint() -> str:
    """Equal where the grader is the same, on whatever host."""
    total = hashlib.sha256()
    folder = Path(grader.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        total.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return total.hexdigest()[:16]


@dataclass(frozen=True)
class Settings:
    """All that decides about points, besides the submission.

    Args:
        released: the notebook as it was released.
        grading: how learner code is confined.
        secret: the teacher's, for the hidden cases; never shown.
        code: the grader that decides.
    """

    released: Released
    grading: grading.Settings
    secret: bytes = field(repr=False)
    code: str = field(default_factory=code_fingerprint)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal rules; tells nothing of the secret."""
        return _fingerprint(repr(self).encode(), self.secret)


@dataclass(frozen=True)
class Job:
    """A submission to grade.

    Args:
        student: whose it is.
        handed: what was handed in.
        received: when, as nbgrader keeps it.
    """

    student: str
    handed: Handed
    received: datetime | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal submissions."""
        rest = replace(self, handed=replace(self.handed, data=None))
        return _fingerprint(repr(rest).encode(), self.handed.data or b"")


def _fingerprint(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


@dataclass(frozen=True)
class Result:
    """A graded submission.

    Args:
        student: whose it is.
        submission: the fingerprint of what was handed in.
        received: when.
        graded: points, comments and the notebook; None if there is a fault.
        fault: what failed that is not the learner's fault.
        seconds: how long it took.
        cpu_seconds: of which the trusted process computed.
    """

    student: str
    submission: str
    received: datetime | None = None
    graded: Graded | None = None
    fault: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def settings_of(folder: CourseFolder, released: Released, *, used: bool) -> Settings:
    """The settings of a course.

    Args:
        folder: the course.
        released: the notebook that is graded.
        used: whether submissions of the course were graded before.

    Raises:
        GradingError: the secret is missing.
    """
    secret = secret_of(folder.root, lambda: used)
    return Settings(released, grading.settings_of(folder.config), secret)


def prepare(settings: Settings) -> Callable[[Job], Result]:
    """Open the sandbox of this process.

    Raises:
        GradingError: it cannot confine learner code here, or this is another grader.
    """
    if settings.code != code_fingerprint():
        raise GradingError("this host has another version of the course than the coordinator.")
    sandbox = grading.open_sandbox(settings.grading, [settings.released])

    def work(job: Job) -> Result:
        start, cpu = time.perf_counter(), _cpu_seconds()
        graded, fault = _graded(job, settings, sandbox)
        return Result(
            job.student,
            job.fingerprint,
            job.received,
            graded,
            fault,
            time.perf_counter() - start,
            _cpu_seconds() - cpu,
        )

    return work


def _graded(job: Job, settings: Settings, sandbox: Sandbox) -> tuple[Graded | None, str]:
    try:
        return grade(job.handed, settings.released, sandbox, settings.secret), ""
    except GradingError as error:
        return None, str(error)
    except Exception as error:  # a mistake of the grader's must not end the whole class
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        return None, f"the grader itself failed: {type(error).__name__}: {error} ({place})"


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
