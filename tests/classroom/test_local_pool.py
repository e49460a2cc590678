"""All jobs are done once, whatever happens to the workers."""

import os
import signal
import subprocess
import sys
import time

import pytest
from small_jobs import Plan, prepare

from grader.classroom.pool import Pool
from grader.errors import GradingError


def done(workers, jobs, **options):
    """All results, flat."""
    return [result for batch in workers.results(jobs, **options) for result in batch]


def test_every_job_is_done_once(tmp_path):
    with Pool(prepare, Plan(str(tmp_path)), 2) as workers:
        results = done(workers, range(50))

    assert sorted((r.job, r.value) for r in results) == [(n, n * n) for n in range(50)]


def test_a_job_that_kills_its_worker_once_is_done_by_the_next(tmp_path):
    with Pool(prepare, Plan(str(tmp_path)), 2) as workers:
        results = {r.job: r for r in done(workers, [*range(5), "die once", *range(5, 10)])}

    assert len(results) == 11
    assert results["die once"].value == "lived"
    assert not any(r.fault for r in results.values())


def test_a_job_that_kills_every_worker_is_a_fault_and_the_others_go_on(tmp_path):
    with Pool(prepare, Plan(str(tmp_path)), 1) as workers:
        results = {r.job: r for r in done(workers, [1, "die", 2])}

    assert results["die"].fault == "3 workers, one after the other, died of it"
    assert (results[1].value, results[2].value) == (1, 4)


def test_workers_killed_from_outside_lose_nothing(tmp_path):
    seen = []
    with Pool(prepare, Plan(str(tmp_path)), 2) as workers:
        for batch in workers.results(range(60)):
            seen += [r.value for r in batch]
            if len(seen) in (10, 30):
                os.kill(workers.processes[len(seen) % 2], signal.SIGKILL)

    assert sorted(seen) == [n * n for n in range(60)]


def test_a_worker_that_is_stuck_is_replaced(tmp_path):
    start = time.monotonic()
    with Pool(prepare, Plan(str(tmp_path)), 1, job_seconds=0.5) as workers:
        [result] = done(workers, ["sleep once"])

    assert result.value == "awake"
    assert time.monotonic() - start < 30


def test_jobs_are_taken_only_when_they_are_needed(tmp_path):
    taken = []

    def jobs():
        for number in range(1000):
            taken.append(number)
            yield number

    with Pool(prepare, Plan(str(tmp_path)), 2) as workers:
        for batch in workers.results(jobs()):
            if batch:
                break

    assert len(taken) <= 6


def test_stopping_finishes_what_was_begun(tmp_path):
    asked = []
    with Pool(prepare, Plan(str(tmp_path)), 2) as workers:
        results = done(workers, iter(range(1000)), stop=lambda: len(asked) > 5 or asked.append(1))

    assert 0 < len(results) < 50
    assert all(r.value == r.job**2 for r in results)


def test_workers_that_cannot_start_say_why(tmp_path):
    with pytest.raises(GradingError, match=r"could not start: there is no sandbox here\."):
        Pool(prepare, Plan(str(tmp_path), broken=True), 2)


def test_a_worker_that_dies_while_it_starts_is_replaced(tmp_path):
    with Pool(prepare, Plan(str(tmp_path), dies=2), 1) as workers:
        [result] = done(workers, [7])

    assert result.value == 49


def test_workers_that_never_come_to_life_end_the_run(tmp_path):
    with pytest.raises(GradingError, match=r"could not start: it ended with status -9\."):
        Pool(prepare, Plan(str(tmp_path), dies=9), 1)


def test_workers_end_when_the_coordinator_is_killed(tmp_path):
    code = (
        "from small_jobs import *\nfrom grader.classroom.pool import Pool\nimport time\n"
        f"p = Pool(prepare, Plan({str(tmp_path)!r}), 2)\nprint(*p.processes, flush=True)\n"
        "time.sleep(60)"
    )
    path = os.pathsep.join(filter(None, sys.path))
    coordinator = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
    )
    with coordinator:
        pids = [int(word) for word in coordinator.stdout.readline().split()]
        coordinator.kill()

    assert len(pids) == 2
    wait_until(lambda: not any(alive(pid) for pid in pids))


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(true, seconds=10.0):
    """Wait for something that must become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
