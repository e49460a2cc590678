"""A graded class for all tests of this folder, and a small notebook to grade by hand."""

import os
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from course.compile import compile_chapters
from course.places import notebook_of
from course.sample_class import Row, grade_class
from course.text import read_chapters

CHAPTER = "01-convolution"


@pytest.fixture(autouse=True)
def _quiet_libraries():
    """nbgrader, SQLAlchemy and the kernel clients warn about themselves, not about us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture(scope="session", autouse=True)
def _programs_of_this_python():
    """A new gradebook needs `alembic`, which nbgrader calls by its bare name."""
    before = os.environ["PATH"]
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    yield
    os.environ["PATH"] = before


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> tuple[Path, list[Row]]:
    """The folder of the graded sample class, and its points."""
    folder = tmp_path_factory.mktemp("class")
    source = tmp_path_factory.mktemp("solutions")
    compile_chapters(read_chapters(), source, source / "hints.json")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = list(grade_class(notebook_of(CHAPTER, source), folder / "course"))
    return folder / "course", rows


def cell(source: str, **metadata) -> nbformat.NotebookNode:
    """A code cell; its metadata may name nbgrader's."""
    return v4.new_code_cell(source, metadata=metadata)


def check_cell(slug: str = "add_bias", points: float = 2.0) -> nbformat.NotebookNode:
    """The check cell of an exercise, as released."""
    metadata = {"grade_id": f"check_{slug}", "grade": True, "solution": False, "points": points}
    return cell(
        f'check("{slug}", {slug})', nbgrader={"schema_version": 3, "locked": True} | metadata
    )


def answer_cell(source: str, slug: str = "add_bias") -> nbformat.NotebookNode:
    """The cell of the learner's answer."""
    metadata = {"grade_id": slug, "grade": False, "solution": True, "locked": False}
    return cell(source, nbgrader={"schema_version": 3} | metadata)
