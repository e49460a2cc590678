"""Four learners of a small course: what they hand in and earn, and the command that grades."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.places import ROOT, notebook_of
from grader.__main__ import main
from grader.classroom.journal import Journal

CHAPTER = "00-introduction"
ANSWERS = {
    "ada": "def add_bias(x, b):\n    return x + b",
    "ben": "def add_bias(x, b):\n    return (x + b).astype('float64')",
    "cleo": "def add_bias(x, b)\n    return x + b",
    "dev": "def add_bias(x, b):\n    print('here')\n    return x - b",
}
POINTS = {"ada": 2.0, "ben": 1.5, "cleo": 0.0, "dev": 0.0}


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


def run(folder, *options):
    """Run the command in this process."""
    return main(["autograde", CHAPTER, "--course", str(folder), "--jobs", "1", *options])


def start(folder, *options):
    """Start the command in a process of its own."""
    command = [sys.executable, "-m", "grader", "autograde", CHAPTER, *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def noted(folder):
    """The students in the journal; the run that wrote it must be over."""
    journal = Journal(folder, CHAPTER, fresh=False)
    students = set(journal.entries())
    journal.close()
    return students


def wait_for_graded(folder, count):
    """Wait until so many notebooks are there."""
    end = time.monotonic() + 300
    while len(list(folder.glob("autograded/*/*/*.ipynb"))) < count:
        assert time.monotonic() < end
        time.sleep(0.05)
