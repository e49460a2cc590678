"""One command grades a class, and goes on where it was stopped."""

import signal

import pytest
from dask_processes import DaskCluster
from small_course import (
    ANSWERS,
    CHAPTER,
    POINTS,
    graded_text,
    hand_in,
    noted,
    points,
    run,
    start,
    wait_for_graded,
)


def test_a_class_is_graded_and_told_in_a_table(course, capsys):
    status = run(course)

    told = capsys.readouterr()
    assert status == 0
    assert points(course) == POINTS
    assert noted(course) == set(POINTS)
    assert "add_bias       2  0.88  25 %  50 %" in told.out
    assert "4 graded in" in told.out
    assert "4/4" in told.err
    for student in ANSWERS:
        assert f"{POINTS[student]:g} of 2 points" in graded_text(course, student)


def test_resume_grades_only_what_is_new_or_changed(course, capsys):
    run(course)
    hand_in(course, "ben", ANSWERS["ada"])
    hand_in(course, "eli", ANSWERS["dev"])
    capsys.readouterr()

    status = run(course, "--resume")

    assert status == 0
    assert "2 graded in" in (told := capsys.readouterr().out)
    assert "3 stored before" in told
    assert points(course) == POINTS | {"ben": 2.0, "eli": 0.0}

    # Where nothing is new, no worker is started, so no scheduler is looked for.
    assert run(course, "--resume", "--scheduler", "tcp://127.0.0.1:1") == 0
    assert "5 stored before" in capsys.readouterr().out


def test_only_the_named_are_graded(course):
    assert run(course, "--only", "ben", "ada") == 0
    assert points(course) == {"ada": 2.0, "ben": 1.5}


def test_where_and_how_often_a_submission_is_graded_makes_no_difference(course, tmp_path):
    def all_texts():
        return {student: graded_text(course, student) for student in ANSWERS}

    run(course)
    texts, given = all_texts(), points(course)
    run(course, "--jobs", "2")
    assert (all_texts(), points(course)) == (texts, given)

    dask = DaskCluster(tmp_path, workers=2)
    run(course, "--scheduler", dask.address)
    dask.close()
    assert (all_texts(), points(course)) == (texts, given)


def test_after_ctrl_c_everything_that_was_begun_is_stored_and_resume_does_the_rest(course, capsys):
    for number in range(16):
        hand_in(course, f"more-{number:02}", ANSWERS["ada"])
    process = start(course, "--jobs", "1")
    wait_for_graded(course, 3)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=300)

    stored = points(course)
    assert process.returncode == 130, told
    assert 3 <= len(stored) < 20
    assert noted(course) == set(stored)
    assert f"{len(stored)} graded in" in out
    assert f"python -m grader autograde {CHAPTER} --resume" in told

    assert run(course, "--resume") == 0
    assert len(points(course)) == 20
    assert f"{20 - len(stored)} graded in" in capsys.readouterr().out


def test_after_a_power_cut_resume_does_the_rest(course):
    for number in range(8):
        hand_in(course, f"more-{number:02}", ANSWERS["ada"])
    process = start(course, "--jobs", "1")
    wait_for_graded(course, 3)
    process.kill()
    process.communicate()

    assert noted(course) <= set(points(course))
    assert run(course, "--resume") == 0
    assert points(course) == POINTS | {f"more-{n:02}": 2.0 for n in range(8)}


def test_points_given_by_hand_stay(course):
    from nbgrader.api import Gradebook

    run(course, "--only", "dev")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("check_add_bias", CHAPTER, CHAPTER, "dev")
        grade.manual_score = 1.25
        gradebook.db.commit()
    run(course, "--only", "dev")

    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("check_add_bias", CHAPTER, CHAPTER, "dev")
        assert (grade.manual_score, grade.auto_score, grade.score) == (1.25, 0.0, 1.25)


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_processes_that_is_none_is_refused(course, jobs, capsys):
    with pytest.raises(SystemExit):
        run(course, "--jobs", jobs)
    assert "is no number of processes" in capsys.readouterr().err
