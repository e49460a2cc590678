"""A small course with four submissions, ready to be graded."""

import os
import shutil
import sys
import warnings
from pathlib import Path

import pytest
from small_course import ANSWERS, CHAPTER, hand_in

from course.compile import compile_chapters
from course.nbgrader_folder import open_folder, step
from course.places import ROOT, notebook_of
from course.text import read_chapter


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
