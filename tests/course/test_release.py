"""The committed notebooks are what the texts give, and tell no secrets."""

import json

import nbformat
import pytest
from small_text import put

from course.compile import compile_chapters
from course.errors import CourseError
from course.places import EXERCISES, notebook_of, write
from course.release import check_released, release
from course.starter import BEGIN, END
from course.text import read_chapter, read_chapters

CHAPTERS = {chapter.name: chapter for chapter in read_chapters()}

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """All chapters, released anew."""
    folder = tmp_path_factory.mktemp("release")
    compile_chapters(list(CHAPTERS.values()), folder / "solutions", folder / "hints.json")
    release(list(CHAPTERS.values()), folder / "solutions", folder / "exercises")
    return folder / "exercises"


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_committed_notebook_is_up_to_date(released, name):
    made = notebook_of(name, released).read_text(encoding="utf-8")
    committed = notebook_of(name, EXERCISES)
    before = committed.read_text(encoding="utf-8") if committed.exists() else ""

    if made != before:
        write(committed, made)

    assert made == before, f"{committed} was out of date; it is written anew, so commit it"


def test_nothing_else_lies_in_the_release_folder():
    files = {path.relative_to(EXERCISES) for path in EXERCISES.rglob("*") if path.is_file()}

    own = {path for path in files if ".ipynb_checkpoints" not in path.parts}
    assert own == {notebook_of(name, EXERCISES).relative_to(EXERCISES) for name in CHAPTERS}


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_line_of_a_solution_is_published(released, name):
    source = notebook_of(name, released).read_text(encoding="utf-8")

    assert "SOLUTION" not in source
    book = nbformat.reads(source, as_version=4)
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    published = {line.strip() for line in code.splitlines()}
    for block in CHAPTERS[name].blocks:
        starter = {line.strip() for line in block.starter.splitlines()}
        secret = set(solution_lines(block.solution.source)) - starter
        assert not {line for line in secret & published if len(line) > 20}


def solution_lines(source):
    """The lines between the marks."""
    inside = False
    for line in source.splitlines():
        inside = (inside or BEGIN in line) and END not in line
        if inside and BEGIN not in line:
            yield line.strip()


@pytest.mark.parametrize("name", CHAPTERS)
def test_starters_are_what_nbgrader_releases(released, name):
    book = nbformat.read(notebook_of(name, released), as_version=4)
    cells = {cell.id: cell.source for cell in book.cells}

    for block in CHAPTERS[name].blocks:
        assert cells[block.exercise.slug] == block.starter


@pytest.mark.parametrize("name", CHAPTERS)
def test_released_notebooks_have_no_outputs_and_full_points(released, name):
    book = nbformat.read(notebook_of(name, released), as_version=4)

    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in book.cells)
    points = [c.metadata.nbgrader.get("points", 0) for c in book.cells if "nbgrader" in c.metadata]
    assert sum(points) == sum(b.exercise.max_points for b in CHAPTERS[name].blocks)


def test_a_secret_that_is_left_stops_the_release(tmp_path):
    chapter = read_chapter(put(tmp_path))

    for secret in ("### BEGIN SOLUTION", "### END HIDDEN TESTS", "It is `x + b`."):
        with pytest.raises(CourseError):
            check_released(chapter, json.dumps([secret], ensure_ascii=False), tmp_path)


def test_a_failing_release_leaves_the_old_notebook(tmp_path):
    chapter = read_chapter(put(tmp_path))
    compile_chapters([chapter], tmp_path / "solutions", tmp_path / "hints.json")
    old = notebook_of(chapter.name, tmp_path / "exercises")
    write(old, "old")
    broken = notebook_of(chapter.name, tmp_path / "solutions")
    broken.write_text(broken.read_text().replace("### END SOLUTION", "### END"))

    with pytest.raises(CourseError, match="generate_assignment 00-introduction failed"):
        release([chapter], tmp_path / "solutions", tmp_path / "exercises")

    assert old.read_text() == "old"
