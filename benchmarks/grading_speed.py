"""What grading costs: ours beside stock nbgrader, otter-grader and the least that is possible.

Processor time per submission, warm, medians over the sample class, all in one run; then what a
second worker and a dask cluster bring.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import otter
from benchmarks.classroom import released_course
from benchmarks.grading_ways import CHAPTER, SECRET
from benchmarks.readme import put_into_readme
from course.places import ROOT, notebook_of
from course.sample_class import read_learners, submit
from grader.classroom.cluster import Cluster
from grader.classroom.course_folder import open_course, read_chapter
from grader.classroom.pool import Pool
from grader.classroom.work import Job, Settings, prepare
from grader.nbgrader.handed_in import handed_in
from grader.nbgrader.settings import Settings as Walls

NAMES = {
    "stock-torch": "stock nbgrader, torch in the notebook",
    "stock-numpy": "stock nbgrader, NumPy only",
    "otter": f"otter-grader {otter.VERSION}, NumPy only",
    "full": "ours, full isolation",
    "none": "ours, without isolation",
    "floor": "the floor: the same cells and checks in one warm process",
}


def make_class(folder: Path, count: int) -> Path:
    """A course with the learners of the sample class, over and over."""
    released_course(folder, CHAPTER)
    learners = read_learners()
    for number in range(count):
        target = notebook_of(CHAPTER, folder / "submitted" / f"student-{number:03}")
        submit(learners[number % len(learners)], notebook_of(CHAPTER, folder / "exercises"), target)
    return folder


def cpu_seconds(way: str, count: int) -> float:
    """The median over a class, in a fresh process."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = make_class(Path(scratch) / "course", count)
        if way == "otter":
            return statistics.median(otter.grade(folder, CHAPTER))
        command = [sys.executable, "-m", "benchmarks.grading_ways", way, str(folder)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, check=True, cwd=scratch
        )
        return statistics.median(json.loads(done.stdout))


def rates(count: int) -> dict[str, float]:
    """Submissions a second with one worker, with two, and with two of dask's; the best of three."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = make_class(Path(scratch) / "course", count)
        course = open_course(folder)
        released, _ = read_chapter(course, CHAPTER)
        settings = Settings(released, Walls(), SECRET)
        students = course.students(CHAPTER)
        jobs = [Job(s, handed_in(course.submitted(s, CHAPTER), CHAPTER)) for s in students]
        found: dict[str, list[float]] = {}
        for _ in range(3):
            for workers in (1, 2):
                with Pool(prepare, settings, workers) as pool:
                    found.setdefault(f"{workers} local", []).append(rate(pool, jobs))
            with DaskWorkers(Path(scratch), 2) as address:
                cluster = Cluster(address, prepare, settings, patience_seconds=60)
                with closing(cluster):
                    found.setdefault("2 dask", []).append(rate(cluster, jobs))
        return {name: max(values) for name, values in found.items()}


def rate(backend: Any, jobs: Iterable[Job]) -> float:
    """Results a second, counted from the first few on, when all workers are warm."""
    times = [time.monotonic() for batch in backend.results(jobs) for _ in batch]
    warm = len(times) // 5
    return (len(times) - 1 - warm) / (times[-1] - times[warm])


class DaskWorkers:
    """A scheduler and workers on this machine, each a process."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder, self._count = folder, count

    def __enter__(self) -> str:
        dask = str(Path(sys.executable).parent / "dask")
        file = self._folder / "scheduler.json"
        file.unlink(missing_ok=True)
        start = {"env": os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}}
        start |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        place = ["--scheduler-file", str(file), "--no-dashboard"]
        scheduler = [dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *place]
        worker = [dask, "worker", "--nthreads", "1", "--no-nanny", *place]
        self._processes = [subprocess.Popen(scheduler, **start)]
        while not file.exists():
            time.sleep(0.1)
        self._processes += [subprocess.Popen(worker, **start) for _ in range(self._count)]
        return json.loads(file.read_text(encoding="utf-8"))["address"]

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()


def table(seconds: dict[str, float]) -> str:
    """The rows for the README."""
    lines = ["| way | CPU per submission | against ours |", "|---|---|---|"]
    for way, name in NAMES.items():
        if way in seconds:
            ratio = seconds[way] / seconds["full"]
            lines.append(f"| {name} | {1000 * seconds[way]:,.0f} ms | {ratio:.2g} × |")
    return "\n".join(lines)


def sentence(found: dict[str, float]) -> str:
    """What more workers bring."""
    one, two, dask = (found[name] for name in ("1 local", "2 local", "2 dask"))
    return (
        f"Two workers grade {two / one:.2f} times as much as one; two workers of a dask cluster "
        f"{dask / two:.2f} times as much as two local ones."
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading_speed", description=__doc__)
    parser.add_argument("--students", type=int, default=19, help="how many submissions each way")
    parser.add_argument("--ways", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--no-rates", action="store_true", help="leave out what workers bring")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    seconds = {}
    for way in options.ways:
        seconds[way] = cpu_seconds(way, options.students)
        print(f"{NAMES[way]:<58}{1000 * seconds[way]:>8.0f} ms", flush=True)
    text = table(seconds) if "full" in seconds else ""
    if not options.no_rates:
        text += f"\n\n{sentence(rates(2 * options.students))}"
    print(text)
    if options.readme:
        put_into_readme("grading-speed", text.strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
