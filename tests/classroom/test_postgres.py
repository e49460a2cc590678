"""With a PostgreSQL gradebook nothing is lost when the server goes away in the middle."""

import threading
from pathlib import Path

import pytest
from small_course import (
    ANSWERS,
    CHAPTER,
    POINTS,
    hand_in,
    noted,
    points,
    run,
    start,
    wait_for_graded,
)

from benchmarks.classroom import released_course
from benchmarks.postgres import PostgresServer

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server():
    """A server for all tests of this file."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture
def shared(server, tmp_path) -> tuple[Path, str]:
    """A course whose gradebook is on the server, and that gradebook's address."""
    db_url = server.database(tmp_path.name.lower().replace("-", "_")[-40:])
    folder = released_course(tmp_path / "course", CHAPTER, db_url=db_url)
    for student, answer in ANSWERS.items():
        hand_in(folder, student, answer)
    return folder, db_url


def test_points_go_to_the_server(shared):
    folder, db_url = shared

    assert run(folder) == 0
    assert points(folder, db_url) == POINTS
    assert not (folder / "gradebook.db").exists()


def test_a_server_that_is_restarted_in_the_middle_costs_nothing(shared, server):
    folder, db_url = shared
    for number in range(8):
        hand_in(folder, f"more-{number:02}", ANSWERS["ada"])
    process = start(folder, "--jobs", "1")
    wait_for_graded(folder, 3)
    server.stop()
    timer = threading.Timer(3, server.start)
    timer.start()
    _, told = process.communicate(timeout=300)
    timer.join()

    assert process.returncode == 0, told
    assert points(folder, db_url) == POINTS | {f"more-{n:02}": 2.0 for n in range(8)}


def test_a_server_that_stays_away_ends_the_run_and_resume_goes_on(shared, server):
    folder, db_url = shared
    for number in range(8):
        hand_in(folder, f"more-{number:02}", ANSWERS["ada"])
    process = start(folder, "--jobs", "1", "--patience", "1")
    wait_for_graded(folder, 3)
    server.stop()
    _, told = process.communicate(timeout=300)
    server.start()

    assert process.returncode == 2
    last = told.strip().splitlines()[-1]
    assert last.startswith("grader: the gradebook 127.0.0.1:")
    assert f"python -m grader autograde {CHAPTER} --resume" in last
    stored = points(folder, db_url)
    assert f"{len(noted(folder))} submissions are stored." in last
    assert noted(folder) == set(stored)

    assert run(folder, "--resume") == 0
    assert points(folder, db_url) == POINTS | {f"more-{n:02}": 2.0 for n in range(8)}
