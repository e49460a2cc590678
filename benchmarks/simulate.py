"""Simulate a very large class on a cluster, from costs that are measured first on this machine.

The simulation follows each submission: sent when the coordinator has room, graded by a free worker
for as long as one of the measured submissions took, returned, and stored by the one writer. Workers
die now and then; their submission is graded again by another one.
"""

from __future__ import annotations

import argparse
import heapq
import random
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.readme import LARGE_CLASSES, put_into_readme
from grader.classroom.pool import AHEAD
from grader.classroom.progress import duration

SEND_SECONDS = 0.003
START_SECONDS = 10.0


@dataclass(frozen=True)
class Costs:
    """What was measured.

    Args:
        graded: how long each submission of the sample took.
        stored: how long the writer needs for one.
        kilobytes: what a graded submission weighs.
    """

    graded: tuple[float, ...]
    stored: float
    kilobytes: float


@dataclass(frozen=True)
class Outcome:
    """What a simulated run took.

    Args:
        seconds: from the first to the last.
        busy: the share of the time in which workers were grading.
        writer: the share of the time in which the writer was storing.
        held: the most results that waited for the writer.
        again: how many submissions were graded again.
    """

    seconds: float
    busy: float
    writer: float
    held: int
    again: int


def measure(count: int) -> Costs:
    """Grade and store the sample class in this process.

    Processor time counts: a cluster's cores have nothing else to do, this machine may have.
    """
    from benchmarks.cpu import measured
    from benchmarks.grading_speed import make_class
    from benchmarks.grading_ways import CHAPTER, SECRET, store_of
    from grader.classroom.course_folder import open_course, read_chapter
    from grader.classroom.work import Job, Settings, prepare
    from grader.nbgrader.handed_in import handed_in
    from grader.nbgrader.settings import Settings as Walls

    with tempfile.TemporaryDirectory() as scratch:
        course = open_course(make_class(Path(scratch) / "course", count))
        released, _ = read_chapter(course, CHAPTER)
        settings = Settings(released, Walls(), SECRET)
        work, store = prepare(settings), store_of(course, settings)
        graded, stored, sizes = [], [], []
        for student in course.students(CHAPTER):
            job = Job(student, handed_in(course.submitted(student, CHAPTER), CHAPTER))
            cpu_seconds, result = measured(work, job)
            graded.append(cpu_seconds)
            stored.append(measured(store.put, [result])[0])
            sizes.append(len(result.graded.notebook) / 1024)
    return Costs(tuple(graded[1:]), statistics.mean(stored[1:]), statistics.mean(sizes))


def simulate(costs: Costs, students: int, workers: int, *, hours_of_life: float) -> Outcome:
    """Follow all submissions through one run.

    Args:
        costs: how long things take.
        students: how many submissions there are.
        workers: how many processes grade at once, on whatever number of hosts.
        hours_of_life: how long a worker lives on average, until it is killed and replaced.
    """
    rng = random.Random(0)
    free = [0.0] * workers  # when each worker has nothing to do
    heapq.heapify(free)
    done: list[float] = []  # when results arrive that are not stored yet
    coordinator = busy = writing = 0.0
    held = again = given = stored = 0
    left = students
    while stored < students:
        # The coordinator is one process: it sends, receives and stores by turns.
        room = left and given - stored < AHEAD * workers
        if done and (done[0] <= coordinator or not room):
            coordinator = max(coordinator, heapq.heappop(done)) + costs.stored
            writing += costs.stored
            stored += 1
            continue
        coordinator += SEND_SECONDS
        start, seconds = max(heapq.heappop(free), coordinator), rng.choice(costs.graded)
        given, left = given + 1, left - 1
        while rng.expovariate(1 / (3600 * hours_of_life)) < seconds:
            start, again = start + seconds / 2 + START_SECONDS, again + 1
        heapq.heappush(free, start + seconds)
        heapq.heappush(done, start + seconds)
        busy += seconds
        held = max(held, sum(moment <= coordinator for moment in done))
    return Outcome(coordinator, busy / workers / coordinator, writing / coordinator, held, again)


HEAD = """| workers | time | workers busy | writer busy | results held | graded again |
|---|---|---|---|---|---|"""


def row(workers: int, found: Outcome) -> str:
    """One line of the table."""
    return (
        f"| {workers} | {duration(found.seconds)} | {100 * found.busy:.0f} % "
        f"| {100 * found.writer:.0f} % | {found.held} | {found.again} |"
    )


def told(costs: Costs, students: int, rows: list[str]) -> str:
    """What was measured, and what follows from it."""
    sentence = (
        f"Grading a submission of chapter 1 takes {1000 * statistics.mean(costs.graded):.0f} ms of "
        f"processor time here, storing it {1000 * costs.stored:.0f} ms; it then weighs "
        f"{costs.kilobytes:.0f} KiB. So {students:,} submissions take:"
    )
    return "\n".join([sentence, "", HEAD, *rows])


def main() -> int:
    """Print a table over the number of workers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulate", description=__doc__)
    parser.add_argument("--students", type=int, default=100_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 8, 16, 32, 64, 128])
    parser.add_argument("--sample", type=int, default=19, help="submissions that are measured")
    parser.add_argument("--hours-of-life", type=float, default=24, help="of a worker, on average")
    parser.add_argument("--page", action="store_true", help="put the table into the guide's page")
    options = parser.parse_args()
    costs = measure(options.sample)
    life = options.hours_of_life
    rows = [
        row(workers, simulate(costs, options.students, workers, hours_of_life=life))
        for workers in options.workers
    ]
    text = told(costs, options.students, rows)
    print(text)
    if options.page:
        put_into_readme("simulation", text, LARGE_CLASSES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
