"""Whatever happened to a notebook, its checks are there and are the teacher's."""

import pytest
from conftest import answer_cell, cell, check_cell
from nbformat import v4
from nbgrader.api import Gradebook

from grader.nbgrader.restore import RestoreCells


@pytest.fixture(scope="module")
def resources(tmp_path_factory):
    """A gradebook that knows one exercise."""
    url = f"sqlite:///{tmp_path_factory.mktemp('gradebook')}/gradebook.db"
    key = ("notes", "chapter")
    with Gradebook(url) as gradebook:
        gradebook.add_assignment("chapter")
        gradebook.add_notebook(*key)
        gradebook.add_grade_cell("check_add_bias", *key, max_score=2, cell_type="code")
        gradebook.add_solution_cell("add_bias", *key)
        for name, source in SOURCES.items():
            locked = name != "add_bias"
            gradebook.add_source_cell(name, *key, cell_type="code", source=source, locked=locked)
    return {"nbgrader": {"notebook": "notes", "assignment": "chapter", "db_url": url}}


SOURCES = {
    "setup": "from grader import check",
    "add_bias": "def add_bias(x, b):\n    raise NotImplementedError",
    "check_add_bias": 'check("add_bias", add_bias)',
}


def restored(resources, *cells):
    book = v4.new_notebook(cells=list(cells))
    return RestoreCells().preprocess(book, resources)[0].cells


def names(cells):
    return [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]


def setup():
    return cell(SOURCES["setup"], nbgrader={"grade_id": "setup"})


def test_a_whole_notebook_keeps_its_cells(resources):
    cells = restored(resources, setup(), answer_cell("pass"), check_cell())

    assert names(cells) == ["setup", "add_bias", "check_add_bias"]
    assert cells[2].metadata.nbgrader.points == 2


def test_a_deleted_check_comes_back_at_the_end(resources):
    cells = restored(resources, setup(), answer_cell("pass"), cell("print(1)"))

    assert names(cells) == ["setup", "add_bias", None, "check_add_bias"]
    assert cells[-1].source == SOURCES["check_add_bias"]


def test_a_deleted_set_up_comes_back_at_the_start(resources):
    assert names(restored(resources, answer_cell("pass"), check_cell()))[0] == "setup"


def test_an_empty_notebook_gets_its_checks(resources):
    assert names(restored(resources)) == ["setup", "check_add_bias"]


def test_of_a_copied_cell_the_last_one_counts(resources):
    cells = restored(
        resources, setup(), check_cell(), answer_cell("a"), answer_cell("b"), check_cell()
    )

    assert names(cells) == ["setup", None, None, "add_bias", "check_add_bias"]


def test_tags_that_keep_a_cell_from_running_are_gone(resources):
    check = check_cell()
    check.metadata["tags"] = ["skip-execution"]

    assert "tags" not in restored(resources, setup(), answer_cell("a"), check)[-1].metadata


def test_changed_metadata_becomes_the_teachers_again(resources):
    check = check_cell(points=99)
    check.metadata.nbgrader["grade"] = False

    metadata = restored(resources, setup(), answer_cell("a"), check)[-1].metadata.nbgrader

    assert (metadata.grade, metadata.points, metadata.locked) == (True, 2, True)


@pytest.mark.parametrize("claim", [{}, "no", {"grade_id": 3}, {"grade_id": "other", "grade": True}])
def test_metadata_that_means_nothing_is_dropped(resources, claim):
    cells = restored(resources, setup(), cell("1", nbgrader=claim), answer_cell("a"), check_cell())

    assert "nbgrader" not in cells[1].metadata
