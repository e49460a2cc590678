"""nbgrader's own commands work in the course's folder, as a teacher types them."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.compile import compile_chapters
from course.places import ROOT, notebook_of
from course.text import read_chapter

CHAPTER = "00-introduction"
ANSWERS = {
    "right": "def add_bias(x, b):\n    return x + b",
    "partial": "def add_bias(x, b):\n    return (x + b).astype('float64')",
}


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run a command and return what it prints."""
    command = [str(Path(sys.executable).parent / "nbgrader"), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course folder like this repository's, with a released notebook and two submissions."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    chapter = read_chapter(ROOT / "solutions" / f"{CHAPTER}.md")
    compile_chapters([chapter], folder / "solutions", folder / "hints.json")
    nbgrader(folder, "generate_assignment", CHAPTER)
    for name, answer in ANSWERS.items():
        fill(folder, answer, notebook_of(CHAPTER, folder / "submitted" / name))
    nbgrader(folder, "autograde", CHAPTER)
    return folder


def fill(folder: Path, answer: str, target: Path) -> None:
    """Put an answer into the released notebook."""
    book = nbformat.read(notebook_of(CHAPTER, folder / "exercises"), as_version=4)
    next(cell for cell in book.cells if cell.id == "add_bias").source = answer
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, target)


def test_the_committed_notebook_is_what_generate_assignment_makes(course):
    made = notebook_of(CHAPTER, course / "exercises").read_text(encoding="utf-8")

    committed = notebook_of(CHAPTER, ROOT / "exercises").read_text(encoding="utf-8")
    assert made.rstrip("\n") == committed.rstrip("\n")


def test_autograde_puts_partial_credit_into_the_gradebook(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        points = {name: gradebook.find_submission(CHAPTER, name).score for name in ANSWERS}

    assert points == {"right": 2.0, "partial": 1.5}


def test_generate_feedback_writes_a_page_with_points_and_reason(course):
    nbgrader(course, "generate_feedback", CHAPTER)

    page = (course / "feedback" / "partial" / CHAPTER / f"{CHAPTER}.html").read_text("utf-8")
    assert "1.5 / 2.0" in page
    assert "float32" in page


def test_export_writes_the_points(course):
    nbgrader(course, "export", "--to", "points.csv")

    with (course / "points.csv").open(encoding="utf-8") as file:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert points == {"right": 2.0, "partial": 1.5}


def test_validate_tells_a_learner_with_stock_nbgrader_what_fails(course, tmp_path):
    fill(course, ANSWERS["right"], tmp_path / "right.ipynb")
    untouched = str(notebook_of(CHAPTER, course / "exercises"))
    told = nbgrader(course, "validate", untouched, str(tmp_path / "right.ipynb"))

    assert told.count("VALIDATION FAILED ON 1 CELL") == 1
    assert "CheckFailed: add_bias: 0 of 2 points. `add_bias` is not written yet" in told
    assert told.count("Success! Your notebook passes all the tests.") == 1
