"""Points, comments and penalties reach the gradebook; what is by hand stays."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy.exc import OperationalError

from grader import GradingError
from grader.nbgrader.gradebook import opened, trouble, was_used
from grader.nbgrader.released import read_released
from grader.nbgrader.run_cells import Marks
from grader.nbgrader.save import notebook_of, prepare, write, write_penalty

DUE = datetime(2026, 1, 1)
MARKS = Marks({"check_add_bias": 1.5}, {"add_bias": "wrong"})


class OnePointAnHour(LateSubmissionPlugin):
    """A penalty as a teacher may configure one."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A gradebook in which a chapter was released; a new one takes long to make."""
    path = tmp_path_factory.mktemp("released") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as made:
        made.add_assignment("chapter", duedate=DUE)
        key = ("chapter", "chapter")
        made.add_notebook(*key)
        made.add_grade_cell("check_add_bias", *key, max_score=2, cell_type="code")
        made.add_solution_cell("add_bias", *key)
        for name in ("setup", "check_add_bias", "add_bias"):
            made.add_source_cell(name, *key, cell_type="code", source=name, locked=True)
    return path


@pytest.fixture
def gradebook(released, tmp_path):
    shutil.copy(released, tmp_path / "gradebook.db")
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as copied:
        yield copied


def saved(gradebook, marks=MARKS, received=None):
    submission = prepare(gradebook, "chapter", "ann", received)
    notebook = notebook_of(submission, "chapter")
    write(gradebook, notebook, marks)
    return submission, notebook


def test_points_and_comments_are_saved(gradebook):
    _, notebook = saved(gradebook)

    (grade,), (comment,) = notebook.grades, notebook.comments
    assert (grade.auto_score, grade.needs_manual_grade) == (1.5, False)
    assert comment.auto_comment == "wrong"


def test_saved_twice_is_saved_once(gradebook):
    saved(gradebook)
    _, notebook = saved(gradebook)

    assert (len(notebook.grades), len(notebook.comments)) == (1, 1)


def test_nothing_is_committed_before_the_end(gradebook):
    saved(gradebook)

    gradebook.db.rollback()

    with pytest.raises(MissingEntry):
        gradebook.find_submission("chapter", "ann")


def test_prepared_again_there_are_no_automatic_points(gradebook):
    saved(gradebook)

    (grade,) = notebook_of(prepare(gradebook, "chapter", "ann"), "chapter").grades

    assert (grade.auto_score, grade.needs_manual_grade) == (None, True)


def test_a_cell_that_is_released_later_gets_its_entry(gradebook):
    saved(gradebook)
    gradebook.add_grade_cell("check_more", "chapter", "chapter", max_score=1, cell_type="code")

    _, notebook = saved(gradebook, Marks({"check_add_bias": 1, "check_more": 1}, {}))

    assert sorted(grade.auto_score for grade in notebook.grades) == [1, 1]


@pytest.mark.parametrize(("hours", "penalty"), [(-1, None), (1, 1), (9, 1.5)])
def test_a_penalty_takes_at_most_the_points(gradebook, hours, penalty):
    submission, notebook = saved(gradebook, received=DUE + timedelta(hours=hours))

    write_penalty(gradebook, submission, notebook, OnePointAnHour())

    assert notebook.late_submission_penalty == penalty


def test_a_gradebook_knows_whether_it_was_used(gradebook):
    assert not was_used(gradebook)
    saved(gradebook)
    assert was_used(gradebook)


def test_what_was_released_comes_in_the_order_of_the_notebook(gradebook):
    released = read_released(gradebook, "chapter")

    assert [cell.name for cell in released.cells] == ["setup", "add_bias", "check_add_bias"]
    assert [cell.slug for cell in released.cells] == [None, None, "add_bias"]


def test_a_database_that_is_not_there_is_a_sentence_without_the_password():
    url = "postgresql+none://me:password@localhost:1/gradebook"

    assert "password" not in trouble(url, OSError("no route"))
    assert "localhost:1/gradebook cannot be used: no route" in trouble(url, OSError("no route"))


def test_a_file_that_is_no_gradebook_is_a_sentence(tmp_path):
    (tmp_path / "gradebook.db").write_text("this is no database, and long enough to be sure" * 9)

    with (
        pytest.raises(GradingError, match="cannot be used: file is not a database"),
        opened(f"sqlite:///{tmp_path}/gradebook.db"),
    ):
        pass


def test_a_locked_gradebook_is_a_sentence():
    error = OperationalError("UPDATE", {}, Exception("database is locked"))

    assert "is locked by another program" in trouble("sqlite:///gradebook.db", error)
