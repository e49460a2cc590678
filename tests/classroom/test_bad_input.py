"""Whatever is wrong is said in a sentence, with what is stored and the command that goes on."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from small_course import CHAPTER, POINTS, hand_in, noted, points, run

from grader.__main__ import main

ROOT = Path(__file__).parents[2]


def told(capsys):
    """The one sentence on stderr, without the lines of progress."""
    lines = capsys.readouterr().err.strip().splitlines()
    assert lines[-1].startswith("grader: ")
    assert "Traceback" not in "".join(lines)
    return lines[-1]


def test_a_wrong_chapter_is_named_with_the_right_one(course, capsys):
    assert main(["autograde", "00-introdution", "--course", str(course)]) == 2

    text = told(capsys)
    assert "does not know a chapter 00-introdution. Did you mean 00-introduction?" in text
    assert "Nothing was stored." in text


def test_a_folder_that_is_no_course_is_told(tmp_path, capsys):
    assert run(tmp_path) == 2
    assert "there is no nbgrader_config.py in" in told(capsys)


def test_settings_that_cannot_be_read_are_told(course, capsys):
    (course / "nbgrader_config.py").write_text("c = get_config(\n", encoding="utf-8")

    assert run(course) == 2
    assert "nbgrader_config.py cannot be read: '(' was never closed" in told(capsys)


def test_a_missing_gradebook_is_told_and_not_made(course, capsys):
    (course / "gradebook.db").unlink()

    assert run(course) == 2
    assert f"Run `nbgrader generate_assignment {CHAPTER} --force` first" in told(capsys)
    assert not (course / "gradebook.db").exists()


def test_no_submissions_are_told_with_the_place_where_they_belong(course, capsys):
    shutil.rmtree(course / "submitted")

    assert run(course) == 2
    assert f"submitted/STUDENT/{CHAPTER}/{CHAPTER}.ipynb" in told(capsys)


def test_a_student_without_submission_is_told(course, capsys):
    assert run(course, "--only", "ada", "zoe") == 2
    assert "no submission of 00-introduction by zoe" in told(capsys)


def test_a_gradebook_of_another_version_is_told_and_left_alone(course, capsys):
    before = change(course, "UPDATE alembic_version SET version_num = '0123456789ab'")

    assert run(course) == 2
    assert "run `nbgrader db upgrade`" in told(capsys)
    assert (course / "gradebook.db").read_bytes() == before


def change(course, statement):
    """Change the gradebook, and return it as it is then."""
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute(statement)
    database.close()
    return (course / "gradebook.db").read_bytes()


def test_a_locked_gradebook_is_told_and_resume_goes_on(course, capsys):
    run(course, "--only", "ada")
    capsys.readouterr()
    database = sqlite3.connect(course / "gradebook.db")
    database.execute("BEGIN IMMEDIATE")

    assert run(course, "--resume", "--patience", "1") == 2
    text = told(capsys)
    assert "locked" in text
    assert "1 submissions are stored" in text
    assert text.endswith(f"python -m grader autograde {CHAPTER} --resume --course {course}")

    database.rollback()
    database.close()
    assert run(course, "--resume") == 0
    assert points(course) == POINTS


def test_a_scheduler_that_cannot_be_reached_is_told(course, capsys):
    assert run(course, "--scheduler", "tcp://127.0.0.1:1") == 2

    text = told(capsys)
    assert "the dask scheduler tcp://127.0.0.1:1 cannot be reached" in text
    assert "0 submissions are stored." in text


def test_an_address_that_is_none_is_told(course, capsys):
    assert run(course, "--scheduler", "nonsense://here") == 2
    assert "the dask scheduler nonsense://here cannot be reached" in told(capsys)


def test_a_lost_secret_is_told(course, capsys):
    run(course)
    capsys.readouterr()
    (course / ".grading-secret").unlink()

    assert run(course) == 2
    assert ".grading-secret is missing" in told(capsys)
    assert points(course) == POINTS


def test_a_sandbox_that_cannot_be_is_told(course, capsys):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("\nget_config().Grading.tier = 'none'\n")

    assert run(course) == 2
    assert "the tier `none` has no walls" in told(capsys)
    assert points(course) == {}


def test_a_second_run_at_the_same_time_is_refused(course, capsys):
    from grader.classroom.journal import Journal

    first = Journal(course, CHAPTER, fresh=False)
    assert run(course) == 2
    assert "another autograde is at work" in told(capsys)
    first.close()


def test_a_full_disk_is_told_and_resume_goes_on(course):
    for number in range(12):
        hand_in(course, f"more-{number:02}", "def add_bias(x, b):\n    return x + b")
    (course / "autograded").mkdir()
    # A small file system of its own, which any user may mount in a namespace of its own.
    script = (
        'mount -t tmpfs -o size=96k small autograded && "$@"; status=$?; '
        "cp -r autograded/. kept; exit $status"
    )
    (course / "kept").mkdir()
    command = [sys.executable, "-m", "grader", "autograde", CHAPTER, "--jobs", "1"]
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", *command],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 2, done.stderr
    assert "cannot be written: the disk is full." in last
    assert f"{len(noted(course))} submissions are stored." in last
    assert len(noted(course)) >= 2

    shutil.rmtree(course / "autograded")
    (course / "kept").rename(course / "autograded")
    assert run(course, "--resume") == 0
    assert len(points(course)) == 16
