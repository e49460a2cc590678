"""One run over a class: jobs out, results in, the writer fed, and a count of everything."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from types import FrameType
from typing import Any, TextIO

from grader.classroom.course_folder import CourseFolder
from grader.classroom.journal import Entry, Journal
from grader.classroom.pool import Done
from grader.classroom.progress import Progress, duration
from grader.classroom.store import Store
from grader.classroom.table import Tally, faults_text, table
from grader.classroom.work import Job, Result, Settings
from grader.nbgrader.handed_in import handed_in, received


class Stop:
    """Ctrl-C as a question: what is begun is finished and stored; the second one ends at once."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        return self._asked

    def __enter__(self) -> Stop:
        self._before = {n: signal.signal(n, self._ask) for n in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True


class Run:
    """Grade students and store them.

    Args:
        folder: the course.
        settings: what decides about points.
        journal: who is stored.
        patience_seconds: how long to wait for a gradebook that is down.
        stream: where progress is shown.
    """

    def __init__(
        self,
        folder: CourseFolder,
        settings: Settings,
        journal: Journal,
        *,
        patience_seconds: float,
        stream: TextIO,
    ) -> None:
        self._folder, self._settings, self._journal = folder, settings, journal
        self._stream = stream
        self._start = time.monotonic()
        self._left_out = 0
        self._tally = Tally()
        self._most = {c.name: c.points for c in settings.released.cells if c.points is not None}
        self.faults: dict[str, str] = {}
        self._progress = Progress(settings.released.chapter, 0, stream)
        self._store = Store(
            folder,
            settings.released,
            journal,
            rules=settings.fingerprint,
            patience_seconds=patience_seconds,
            note=lambda text: self._progress.note(text),
        )

    def grade(
        self,
        students: Sequence[str],
        open_backend: Callable[[], Any],
        *,
        resume: bool,
        stop: Callable[[], bool],
    ) -> None:
        """Grade the students; a submission on which the grader failed is tried once more.

        Args:
            students: whose submissions are graded.
            open_backend: starts the workers; called only if there is something to do.
            resume: leave out who is stored already.
            stop: asked again and again; True ends the run soon.

        Raises:
            GradingError: it cannot go on; what was stored stays.
        """
        self._progress = Progress(self._settings.released.chapter, len(students), self._stream)
        jobs = self._jobs(students, resume=resume)
        first = next(jobs, None)
        if first is not None:
            with closing(self._store), closing(open_backend()) as backend:
                self._work(backend, chain([first], jobs), stop=stop, last=False)
                if self.faults and not stop():
                    again = self._jobs(sorted(self.faults), resume=False)
                    self._work(backend, again, stop=stop, last=True)
        self._progress.end()

    def _work(
        self, backend: Any, jobs: Iterable[Job], *, stop: Callable[[], bool], last: bool
    ) -> None:
        for batch in backend.results(jobs, stop):
            self._take(batch, last=last)

    def _jobs(self, students: Iterable[str], *, resume: bool) -> Iterator[Job]:
        """Read one submission after the other, and leave out those that are stored."""
        chapter = self._settings.released.chapter
        known = self._journal.entries() if resume else {}
        for student in students:
            place = self._folder.submitted(student, chapter)
            notebook = self._settings.released.notebook
            job = Job(student, handed_in(place, notebook), received(place)[0])
            if self._is_stored(job, known.get(student)):
                self._left_out += 1
                self._progress.step()
            else:
                yield job

    def _is_stored(self, job: Job, entry: Entry | None) -> bool:
        """Whether the same submission was graded by the same rules, and is still there."""
        if entry is None or entry.rules != self._settings.fingerprint:
            return False
        graded = self._folder.autograded(job.student, self._settings.released.chapter)
        return entry.submission == job.fingerprint and graded.is_dir()

    def _take(self, batch: Sequence[Done], *, last: bool) -> None:
        results = [done.value or _fault(done) for done in batch]
        for result in self._store.put(results):
            self._tally.add(result.graded.scores, self._most)
            self.faults.pop(result.student, None)
            self._progress.step()
        for result in results:
            if result.fault:
                self.faults[result.student] = result.fault
                if last:
                    self._progress.step(fault=True)

    def so_far(self) -> str:
        """What is stored, as a sentence."""
        stored = self._tally.count + self._left_out
        earlier = f", {self._left_out} of them before" if self._left_out else ""
        return f"{stored} submissions are stored{earlier}."

    def report(self) -> str:
        """The table, who is missing, and how long it took."""
        seconds = time.monotonic() - self._start
        rate = self._tally.count / seconds
        last = f"{self._tally.count} graded in {duration(seconds)} ({rate:.1f}/s)"
        last += f", {self._left_out} stored before" if self._left_out else ""
        parts = [table(self._tally, self._settings.released) if self._tally.count else ""]
        parts += [faults_text(self.faults), last]
        return "\n".join(part for part in parts if part) + "\n"


def _fault(done: Done) -> Result:
    """The result of a job that no worker lived through."""
    job = done.job
    return Result(job.student, job.fingerprint, job.received, fault=done.fault)
