"""A small course with four submissions, ready to be graded."""

import os
import shutil
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.compile import compile_chapters
from course.nbgrader_folder import open_folder, step
from course.places import ROOT, notebook_of
from course.text import read_chapter

CHAPTER = "00-introduction"
ANSWERS = {
    "ada": "def add_bias(x, b):\n    return x + b",
    "ben": "def add_bias(x, b):\n    return (x + b).astype('float64')",
    "cleo": "def add_bias(x, b)\n    return x + b",
    "dev": "def add_bias(x, b):\n    print('here')\n    return x - b",
}
POINTS = {"ada": 2.0, "ben": 1.5, "cleo": 0.0, "dev": 0.0}


@pytest.fixture(autouse=True)
def _quiet_libraries():
    """nbgrader and SQLAlchemy warn about themselves, not about us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Path:
    """A course folder with a released chapter; to be copied."""
    folder = tmp_path_factory.mktemp("released")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    chapter = read_chapter(ROOT / "solutions" / f"{CHAPTER}.md")
    compile_chapters([chapter], folder / "made", folder / "hints.json")
    api = open_folder(folder / "course", [notebook_of(CHAPTER, folder / "made")])
    step(api.generate_assignment, CHAPTER)
    return folder / "course"


@pytest.fixture
def course(released, tmp_path) -> Path:
    """A course of its own for each test."""
    folder = tmp_path / "course"
    shutil.copytree(released, folder)
    for student, answer in ANSWERS.items():
        hand_in(folder, student, answer)
    return folder


def hand_in(folder: Path, student: str, answer: str) -> None:
    """Put an answer into the released notebook."""
    book = nbformat.read(notebook_of(CHAPTER, folder / "exercises"), as_version=4)
    next(cell for cell in book.cells if cell.id == "add_bias").source = answer
    target = notebook_of(CHAPTER, folder / "submitted" / student)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, target)


def points(folder: Path, db_url: str = "") -> dict[str, float]:
    """The points in the gradebook of those who have any."""
    with Gradebook(db_url or f"sqlite:///{folder}/gradebook.db") as gradebook:
        found = gradebook.assignment_submissions(CHAPTER)
        return {s.student_id: s.score for s in found if not s.needs_manual_grade}


def graded_text(folder: Path, student: str) -> str:
    """The graded notebook as its file has it."""
    return notebook_of(CHAPTER, folder / "autograded" / student).read_text(encoding="utf-8")
