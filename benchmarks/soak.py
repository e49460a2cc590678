"""Grade a large class while things break: nothing may be lost or doubled, and memory stays flat.

Workers are killed, the database is restarted, the disk runs full, the coordinator is killed. After
each stop the run is resumed, as a teacher would. At the end every student must be in the gradebook
once, with the points and the report that an undisturbed run gives.

Run as `python -m benchmarks.soak`; it needs PostgreSQL, and the right to mount a small disk.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
from nbgrader.api import Gradebook

from benchmarks.classroom import released_course
from benchmarks.postgres import PostgresServer
from benchmarks.submissions import hand_in_class
from course.places import ROOT, notebook_of
from grader.check import VERDICT_MIME

FAST_LIMITS = "c.Grading.call_seconds = 1\nc.Grading.cell_seconds = 5\nc.Grading.total_seconds = 60"
DISK_MIB = 4
SAMPLE = 20
INSIDE = "SOAK_INSIDE_OWN_MOUNTS"
MOST_GROWTH_MIB = 32


@dataclass
class Disturbed:
    """A run under disturbance.

    Args:
        course: the course folder.
        chapter: what is graded.
        server: the database.
        seconds: the mean time between two disturbances.
        done: what was done, and how often.
        memory: what the coordinator held, in MiB, over time.
    """

    course: Path
    chapter: str
    server: PostgresServer
    seconds: float
    rng: random.Random
    done: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    process: subprocess.Popen | None = None

    def run_to_the_end(self, jobs: int) -> None:
        """Start the command, and again with `--resume` until it says that all is graded."""
        options = ["--jobs", str(jobs)]
        while True:
            self.process = start(self.course, self.chapter, options)
            over = threading.Event()
            watch = threading.Thread(target=self._watch, args=(over,))
            watch.start()
            status = self.process.wait()
            over.set()
            watch.join()
            self.done[f"ended with status {status}"] += 1
            self._repair()
            if status == 0:
                return
            options = ["--jobs", str(jobs), "--resume"]

    def _watch(self, over: threading.Event) -> None:
        """Disturb, and note the memory, until the run is over."""
        due = time.monotonic() + self.rng.expovariate(1 / self.seconds)
        while not over.wait(1):
            try:
                self.memory.append(psutil.Process(self.process.pid).memory_info().rss / 2**20)
                if time.monotonic() > due:
                    self._disturb()
                    due = time.monotonic() + self.rng.expovariate(1 / self.seconds)
            except psutil.NoSuchProcess:
                pass  # it ended in between

    def _disturb(self) -> None:
        name = self.rng.choices(list(DISTURBANCES), [w for w, _ in DISTURBANCES.values()])[0]
        self.done[name] += 1
        DISTURBANCES[name][1](self)

    def kill_worker(self) -> None:
        """As if it had run out of memory."""
        children = psutil.Process(self.process.pid).children()
        if children:
            self.rng.choice(children).kill()

    def restart_database(self) -> None:
        """Without a warning, and it takes a while."""
        self.server.stop()
        time.sleep(self.rng.uniform(0, 3))
        self.server.start()

    def fill_disk(self) -> None:
        """Until the run ends; then somebody makes room."""
        try:
            with (self.course / "autograded" / "full").open("wb") as file:
                while True:
                    file.write(bytes(2**16))
        except OSError:
            pass

    def kill_coordinator(self) -> None:
        """As in a power cut."""
        self.process.kill()

    def _repair(self) -> None:
        (self.course / "autograded" / "full").unlink(missing_ok=True)


DISTURBANCES: dict[str, tuple[int, Callable[[Disturbed], None]]] = {
    "a worker killed": (6, Disturbed.kill_worker),
    "the database restarted": (3, Disturbed.restart_database),
    "the disk full": (1, Disturbed.fill_disk),
    "the coordinator killed": (1, Disturbed.kill_coordinator),
}


def start(course: Path, chapter: str, options: list[str]) -> subprocess.Popen:
    """Start the command as a teacher does."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "autograde", chapter, *options],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
    )


def complaints(course: Path, chapter: str, db_url: str, students: list[str]) -> list[str]:
    """What is lost, doubled or different from an undisturbed run."""
    with Gradebook(db_url) as gradebook:
        found = gradebook.assignment_submissions(chapter)
        count = Counter(s.student_id for s in found)
        waiting = [s.student_id for s in found if s.needs_manual_grade]
        cells = {(g.cell_id, g.notebook_id) for s in found for n in s.notebooks for g in n.grades}
        grades = sum(len(n.grades) for s in found for n in s.notebooks)
        points = {s.student_id: s.score for s in found}
    told = [
        f"{name} is in the gradebook {count[name]} times" for name in students if count[name] != 1
    ]
    told += [f"{name} has no points" for name in waiting]
    told += [f"{grades - len(cells)} grades are doubled"] if grades != len(cells) else []
    some = students[:: max(1, len(students) // SAMPLE)]
    texts = {name: reports(course, chapter, name) for name in some}
    start(course, chapter, ["--only", *texts, "--jobs", "1"]).wait()
    told += [
        f"{n} has another report"
        for n, text in texts.items()
        if reports(course, chapter, n) != text
    ]
    with Gradebook(db_url) as gradebook:
        again = {n: gradebook.find_submission(chapter, n).score for n in texts}
    return told + [f"{n} has other points" for n in texts if again[n] != points[n]]


def reports(course: Path, chapter: str, student: str) -> list[dict]:
    """All reports in a graded notebook; what a learner's own cells print may tell the time."""
    book = nbformat.read(notebook_of(chapter, course / "autograded" / student), as_version=4)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    return [output.data for output in outputs if VERDICT_MIME in output.get("data", {})]


def growth(memory: list[float]) -> float:
    """How much more the coordinator held in the last fifth than in the second fifth."""
    fifth = max(1, len(memory) // 5)
    return max(memory[-fifth:]) - max(memory[fifth : 2 * fifth] or memory)


def soak(course: Path, server: PostgresServer, options: argparse.Namespace) -> int:
    """Make a class, grade it under disturbance, and look at what is there in the end."""
    db_url = server.database("soak")
    released_course(course, options.chapter, db_url=db_url, settings=FAST_LIMITS)
    students = hand_in_class(course, options.chapter, options.students, seed=options.seed)
    (course / "autograded").mkdir()
    size = f"size={DISK_MIB + options.students // 4}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "soak", course / "autograded"], check=True)
    run = Disturbed(course, options.chapter, server, options.seconds, random.Random(options.seed))
    start_time = time.monotonic()
    try:
        run.run_to_the_end(options.jobs)
        seconds = time.monotonic() - start_time
        told = complaints(course, options.chapter, db_url, students)
    finally:
        subprocess.run(["umount", course / "autograded"], check=True)
    more = growth(run.memory)
    if more > MOST_GROWTH_MIB:
        told.append(f"the coordinator holds {more:.0f} MiB more at the end")
    print(f"{len(students)} submissions, {options.jobs} workers, {seconds:.0f} s")
    for name, count in sorted(run.done.items()):
        print(f"{count:>6} times {name}")
    print(f"coordinator: at most {max(run.memory):.0f} MiB, {more:+.1f} MiB over the run")
    print("\n".join(f"FAILED {text}" for text in told) or "nothing lost, doubled or different")
    return 1 if told else 0


def main() -> int:
    """Print what happened; 1 if anything was lost, doubled or different."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--chapter", default="01-convolution")
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=20, help="between two disturbances")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if INSIDE not in os.environ:
        return in_own_mounts()
    with tempfile.TemporaryDirectory() as scratch:
        server = PostgresServer()
        try:
            return soak(Path(scratch) / "course", server, options)
        finally:
            server.close()


def in_own_mounts() -> int:
    """Run this command again where it may mount a small disk that nobody else sees."""
    rights = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *rights, "--mount", sys.executable, "-m", "benchmarks.soak"]
    environment = os.environ | {INSIDE: "1"}
    return subprocess.run([*command, *sys.argv[1:]], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
