"""All jobs are done once on a dask cluster, whatever happens to its processes."""

import gc
import warnings

import pytest
from dask_processes import DaskCluster
from small_jobs import Plan, prepare

from grader.classroom.cluster import Cluster
from grader.errors import GradingError


@pytest.fixture(autouse=True)
def _quiet_sockets():
    """Clients that have lost their scheduler leave sockets to be collected, with a warning."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def dask(tmp_path):
    """A cluster of processes."""
    cluster = DaskCluster(tmp_path)
    yield cluster
    cluster.close()


def connected(dask, folder, *, broken=False, patience_seconds=60):
    """The coordinator's end."""
    plan = Plan(str(folder), broken)
    return Cluster(dask.address, prepare, plan, patience_seconds=patience_seconds)


def done(dask, folder, jobs, at=None):
    """All results; `at` maps a number of results to what then happens."""
    results = []
    cluster = connected(dask, folder)
    for batch in cluster.results(jobs):
        results += batch
        for count in [count for count in at or {} if count <= len(results)]:
            at.pop(count)()
    cluster.close()
    return results


def test_every_job_is_done_once(dask, tmp_path):
    results = done(dask, tmp_path, range(50))

    assert sorted((r.job, r.value) for r in results) == [(n, n * n) for n in range(50)]


def test_killed_workers_lose_nothing(dask, tmp_path):
    def replace():
        dask.kill("worker-0")
        dask.start_worker("worker-2")

    results = done(dask, tmp_path, range(200), at={20: replace})

    assert sorted(r.job for r in results) == list(range(200))
    assert all(r.value == r.job**2 for r in results)


def test_a_restarted_scheduler_loses_and_doubles_nothing(dask, tmp_path):
    def restart():
        dask.kill("scheduler")
        dask.start_scheduler()
        for number in (3, 4):
            dask.start_worker(f"worker-{number}")

    results = done(dask, tmp_path, range(200), at={20: restart})

    assert sorted(r.job for r in results) == list(range(200))
    assert all(r.value == r.job**2 for r in results)


def test_a_job_that_kills_its_process_is_a_fault_and_the_others_go_on(dask, tmp_path):
    results = {r.job: r for r in done(dask, tmp_path, [1, "die", 2, "die once"])}

    assert results["die"].fault == "3 workers failed: ConnectionError"
    assert results["die once"].value == "lived"
    assert (results[1].value, results[2].value) == (1, 4)


def test_a_host_that_cannot_grade_is_told(dask, tmp_path):
    cluster = connected(dask, tmp_path, broken=True)
    with pytest.raises(GradingError, match="cannot grade: a worker could not start: there is no"):
        list(cluster.results(range(3)))
    cluster.close()


def test_a_cluster_without_workers_is_told(tmp_path):
    dask = DaskCluster(tmp_path, workers=0)
    cluster = connected(dask, tmp_path, patience_seconds=1)
    with pytest.raises(GradingError, match="has no workers"):
        list(cluster.results(range(3)))
    cluster.close()
    dask.close()


def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    with pytest.raises(GradingError, match="tcp://127.0.0.1:1 cannot be reached"):
        Cluster("tcp://127.0.0.1:1", prepare, Plan(str(tmp_path)), patience_seconds=1)


def test_a_scheduler_that_stays_away_ends_the_run(dask, tmp_path):
    assert len(done(dask, tmp_path, range(2))) == 2
    cluster = connected(dask, tmp_path, patience_seconds=2)
    batches = cluster.results(range(10_000))
    next(batches)

    dask.kill("scheduler")
    with pytest.raises(GradingError, match="cannot be reached"):
        list(batches)
    cluster.close()
