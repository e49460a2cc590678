"""With a PostgreSQL gradebook nothing is lost when the server goes away in the middle."""

import threading

import pytest
from conftest import ANSWERS, CHAPTER, POINTS, hand_in, points
from test_autograde import noted, run, start, wait_for_graded

from benchmarks.postgres import PostgresServer
from course.nbgrader_folder import open_folder, step

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for all tests of this file."""
    server = PostgresServer(tmp_path_factory.mktemp("postgres"))
    yield server
    server.close()


@pytest.fixture
def shared(course, server):
    """A course whose gradebook is on the server."""
    text = (course / "nbgrader_config.py").read_text(encoding="utf-8")
    extra = f"c = get_config()\nc.CourseDirectory.db_url = {server.url!r}\n"
    (course / "nbgrader_config.py").write_text(text + extra, encoding="utf-8")
    api = open_folder(course)
    (course / "nbgrader_config.py").write_text(text + extra, encoding="utf-8")
    api.coursedir.db_url = server.url
    with api.gradebook as gradebook:
        for submission in gradebook.assignment_submissions(CHAPTER) if known(gradebook) else []:
            gradebook.remove_submission(CHAPTER, submission.student_id)
    step(api.generate_assignment, CHAPTER)
    return course


def known(gradebook):
    """Whether the server has seen the chapter in a test before."""
    return CHAPTER in [assignment.name for assignment in gradebook.assignments]


def test_points_go_to_the_server(shared, server):
    assert run(shared) == 0
    assert points(shared, server.url) == POINTS
    assert not points(shared)


def test_a_server_that_is_restarted_in_the_middle_costs_nothing(shared, server):
    for number in range(16):
        hand_in(shared, f"more-{number:02}", ANSWERS["ada"])
    process = start(shared, "--jobs", "1")
    wait_for_graded(shared, 3)
    server.stop()
    timer = threading.Timer(3, server.start)
    timer.start()
    _, told = process.communicate(timeout=120)
    timer.join()

    assert process.returncode == 0, told
    assert points(shared, server.url) == POINTS | {f"more-{n:02}": 2.0 for n in range(16)}


def test_a_server_that_stays_away_ends_the_run_and_resume_goes_on(shared, server):
    for number in range(16):
        hand_in(shared, f"more-{number:02}", ANSWERS["ada"])
    process = start(shared, "--jobs", "1", "--patience", "1")
    wait_for_graded(shared, 3)
    server.stop()
    _, told = process.communicate(timeout=120)
    server.start()

    assert process.returncode == 2
    last = told.strip().splitlines()[-1]
    assert last.startswith("grader: the gradebook 127.0.0.1:")
    assert f"python -m grader autograde {CHAPTER} --resume" in last
    stored = points(shared, server.url)
    assert f"{len(noted(shared))} submissions are stored." in last
    assert noted(shared) == set(stored)

    assert run(shared, "--resume") == 0
    assert points(shared, server.url) == POINTS | {f"more-{n:02}": 2.0 for n in range(16)}
