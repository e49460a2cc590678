"""Grading a course folder: what the teacher did by hand stays, and faults are never a 0."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.converters.autograde import Autograde
from small_notebooks import RIGHT, STUB

from course.compile import compile_chapters
from course.errors import CourseError
from course.nbgrader_folder import open_folder, step
from course.places import ROOT, notebook_of
from course.text import read_chapter
from grader.nbgrader.secret import FILE

CHAPTER = "00-introduction"
WRONG = "def add_bias(x, b):\n    return x"


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A course folder in which the chapter was released."""
    folder = tmp_path_factory.mktemp("released")
    chapter = read_chapter(ROOT / "solutions" / f"{CHAPTER}.md")
    compile_chapters([chapter], folder / "source", folder / "hints.json")
    api = open_folder(folder / "course", [notebook_of(CHAPTER, folder / "source")])
    step(api.generate_assignment, CHAPTER)
    return folder / "course"


@pytest.fixture
def course(released, tmp_path):
    """A copy of it, and nbgrader's API there."""
    folder = tmp_path / "course"
    shutil.copytree(released, folder)
    return folder, open_folder(folder)


def submit(folder: Path, student: str, answer: str) -> Path:
    book = json.loads(notebook_of(CHAPTER, folder / "exercises").read_text())
    next(cell for cell in book["cells"] if cell["id"] == "add_bias")["source"] = answer
    path = notebook_of(CHAPTER, folder / "submitted" / student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(book))
    return path


def grade_of(folder: Path, student: str = "ann"):
    """Automatic points, points by hand, and whether the teacher must look."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        (notebook,) = gradebook.find_submission(CHAPTER, student).notebooks
        (grade,) = notebook.grades
        return grade.auto_score, grade.manual_score, grade.needs_manual_grade


def test_graded_again_the_new_points_count(course):
    folder, api = course
    for answer, points in ((RIGHT, 2), (STUB, 0), (RIGHT, 2)):
        submit(folder, "ann", answer)

        step(api.autograde, CHAPTER, "ann")

        assert grade_of(folder) == (points, None, False)


def test_points_by_hand_stay_and_are_flagged(course):
    folder, api = course
    submit(folder, "ann", WRONG)
    step(api.autograde, CHAPTER, "ann")
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.find_grade("check_add_bias", CHAPTER, CHAPTER, "ann").manual_score = 1.5
        gradebook.db.commit()

    step(api.autograde, CHAPTER, "ann")

    assert grade_of(folder) == (0, 1.5, True)


def test_a_submission_that_becomes_unreadable_keeps_no_points(course):
    folder, api = course
    path = submit(folder, "ann", RIGHT)
    step(api.autograde, CHAPTER, "ann")
    path.write_text("{")

    step(api.autograde, CHAPTER, "ann")

    assert grade_of(folder) == (0, None, False)


def test_graded_twice_the_notebook_is_the_same_to_the_byte(course):
    folder, api = course
    submit(folder, "ann", WRONG)
    graded = []
    for _ in range(2):
        step(api.autograde, CHAPTER, "ann")
        graded.append(notebook_of(CHAPTER, folder / "autograded" / "ann").read_bytes())

    assert graded[0] == graded[1]


def test_a_fault_of_the_grader_is_no_0_and_the_class_goes_on(course):
    folder, api = course
    for student in ("ann", "ben"):
        submit(folder, student, RIGHT)
    step(api.autograde, CHAPTER, "*")
    shutil.rmtree(folder / "autograded")
    (folder / "autograded").mkdir()
    (folder / "autograded" / "ann").write_text("a file where the results should go")

    with pytest.raises(CourseError, match="1 of 2 submissions were not graded, by no fault of the"):
        step(api.autograde, CHAPTER, "*")

    assert grade_of(folder, "ben") == (2, None, False)
    assert grade_of(folder, "ann") == (None, None, True)


def test_nbgraders_own_converter_takes_the_same_steps(course):
    folder, api = course
    submit(folder, "ann", WRONG)
    api.coursedir.assignment_id, api.coursedir.student_id = CHAPTER, "ann"

    Autograde(coursedir=api.coursedir, parent=api).start()

    assert grade_of(folder) == (0, None, False)
    assert "The bias is missing" in notebook_of(CHAPTER, folder / "autograded" / "ann").read_text()


def test_without_submissions_the_message_says_where_it_looked(course):
    with pytest.raises(CourseError, match="there are no submissions of '00-introduction'"):
        step(course[1].autograde, CHAPTER, "*")


def test_a_chapter_that_was_not_released_is_named_with_the_command(course):
    folder, api = course
    (folder / "submitted" / "ann" / "02-other").mkdir(parents=True)

    with pytest.raises(CourseError, match="generate_assignment 02-other --force"):
        step(api.autograde, "02-other", "ann")


def test_a_lost_secret_stops_before_anything_is_graded(course):
    folder, api = course
    submit(folder, "ann", RIGHT)
    step(api.autograde, CHAPTER, "ann")
    (folder / FILE).unlink()

    with pytest.raises(CourseError, match="is missing, but submissions were graded with it"):
        step(api.autograde, CHAPTER, "ann")

    assert grade_of(folder) == (2, None, False)


def test_a_gradebook_of_another_version_is_not_written(course):
    folder, api = course
    submit(folder, "ann", RIGHT)
    with sqlite3.connect(folder / "gradebook.db") as database:
        database.execute("UPDATE alembic_version SET version_num = 'older'")

    with pytest.raises(CourseError, match="another version of nbgrader"):
        step(api.autograde, CHAPTER, "ann")


def test_an_unknown_tier_is_refused(course):
    folder, api = course
    submit(folder, "ann", RIGHT)
    api.config.Grading.tier = "paper"

    with pytest.raises(CourseError, match="there is no tier 'paper'"):
        step(api.autograde, CHAPTER, "ann")


def test_files_of_the_teacher_are_not_copied_to_learners(course):
    folder, api = course
    (folder / "solutions" / CHAPTER / "notes.txt").write_text("the answers")
    submit(folder, "ann", RIGHT)

    step(api.autograde, CHAPTER, "ann")

    assert not list((folder / "autograded").rglob("notes.txt"))
