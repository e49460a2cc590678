"""A graded class for the tests of this folder, a sandbox, and a chapter of one exercise."""

import os
import sys
import warnings
from pathlib import Path

import pytest
from small_notebooks import CHECK, SETUP, STUB

from course.compile import compile_chapters
from course.places import notebook_of
from course.sample_class import Row, grade_class
from course.text import read_chapters
from grader.nbgrader.released import Released, ReleasedCell
from grader.sandbox import Limits, Sandbox

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


@pytest.fixture(scope="session")
def sandbox():
    """A sandbox in which endless cells end soon."""
    with Sandbox("full", limits=Limits(cell_seconds=2, call_seconds=2, total_seconds=60)) as made:
        yield made


@pytest.fixture
def released() -> Released:
    """A chapter with one exercise, `add_bias`."""
    locked = {"cell_type": "code", "checksum": "0" * 32, "locked": True}
    cells = (
        ReleasedCell("setup", SETUP, **locked),
        ReleasedCell("add_bias", STUB, "code", "1" * 32, solution=True),
        ReleasedCell("check_add_bias", CHECK, points=2.0, **locked),
    )
    return Released("chapter", "chapter", cells)
