"""Whatever happened to a notebook, its checks are there and are the teacher's."""

import nbformat
import pytest
from small_notebooks import CHECK, SETUP, STUB, cell, rebuilt, whole

from grader.nbgrader.cells import HandedNotebook
from grader.nbgrader.restore import restored
from grader.nbgrader.run_cells import name_of


def names(book):
    return [name_of(cell) for cell in book.cells]


def test_a_whole_notebook_keeps_its_cells_and_is_valid(released):
    book = rebuilt(released, *whole())

    nbformat.validate(book)
    assert names(book) == ["setup", "add_bias", "check_add_bias"]
    assert book.cells[2].metadata.nbgrader.points == 2


def test_a_deleted_check_comes_back_at_the_end(released):
    book = rebuilt(released, *whole()[:2], cell("print(1)"))

    assert names(book) == ["setup", "add_bias", "", "check_add_bias"]
    assert book.cells[-1].source == CHECK


def test_a_deleted_set_up_comes_back_at_the_start(released):
    assert names(rebuilt(released, *whole()[1:]))[0] == "setup"


def test_an_empty_notebook_gets_all_cells(released):
    assert names(rebuilt(released)) == ["setup", "add_bias", "check_add_bias"]


def test_a_deleted_answer_is_not_replaced_by_the_stub(released):
    setup, _, check = whole()

    book = rebuilt(released, setup, check)

    assert STUB not in [cell.source for cell in book.cells]


def test_of_a_copied_cell_the_last_one_counts(released):
    setup, _, check = whole()

    book = rebuilt(released, setup, check, cell("a", "add_bias"), cell("b", "add_bias"), check)

    assert names(book) == ["setup", "", "", "add_bias", "check_add_bias"]


def test_lost_metadata_is_found_again_by_id_and_by_text(released):
    book = rebuilt(released, cell(SETUP), cell("a = 1", id="add_bias"), cell(CHECK))

    assert names(book) == ["setup", "add_bias", "check_add_bias"]


METADATA = {
    "tags that skip a cell": {"tags": ["skip-execution"]},
    "other points": {"nbgrader": {"grade_id": "check_add_bias", "grade": True, "points": 99}},
    "no grade": {"nbgrader": {"grade_id": "check_add_bias", "grade": False, "locked": False}},
    "another schema": {"nbgrader": {"grade_id": "check_add_bias", "schema_version": 99}},
}


@pytest.mark.parametrize("metadata", METADATA.values(), ids=METADATA)
def test_metadata_becomes_the_teachers_again(released, metadata):
    setup, answer, check = whole()

    made = rebuilt(released, setup, answer, check | {"metadata": metadata}).cells[-1].metadata

    assert list(made) == ["nbgrader"]
    assert (made.nbgrader.grade, made.nbgrader.points, made.nbgrader.locked) == (True, 2, True)


@pytest.mark.parametrize("claim", [{}, "no", {"grade_id": 3}, {"grade_id": "other", "grade": True}])
def test_metadata_that_means_nothing_is_dropped(released, claim):
    book = rebuilt(released, cell("1", metadata={"nbgrader": claim}), *whole())

    assert dict(book.cells[0].metadata) == {}


def test_what_a_learner_wrote_into_a_locked_cell_stays_as_a_cell_of_their_own(released):
    setup = cell(f"{SETUP}\nimport math", "setup")
    check = cell(f"helper = 1\n{CHECK}", "check_add_bias")

    book = rebuilt(released, setup, whole()[1], check)

    assert names(book) == ["setup", "", "add_bias", "", "check_add_bias"]
    assert [book.cells[i].source.splitlines()[-1] for i in (1, 3)] == ["import math", CHECK]
    assert (book.cells[0].source, book.cells[4].source) == (SETUP, CHECK)


def test_outputs_of_the_learner_are_left_behind(released):
    forged = {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}}
    setup, answer, check = whole()

    book = rebuilt(released, setup, answer, check | {"outputs": [forged]})

    assert book.cells[-1].outputs == []


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_scripts_in_texts_are_shown_and_not_run(released, kind):
    text = "<script>alert(1)</script> 1 < 2"
    own = {"cell_type": kind, "metadata": {"format": "text/html"}, "source": text}

    made = rebuilt(released, own, *whole()).cells[0]

    assert (made.cell_type, dict(made.metadata)) == ("markdown", {})
    assert made.source == "&lt;script>alert(1)&lt;/script> 1 < 2"


def test_an_answer_in_a_cell_that_became_text_is_code_again(released):
    setup, answer, check = whole()

    book = rebuilt(released, setup, answer | {"cell_type": "markdown"}, check)

    assert book.cells[1].cell_type == "code"


def test_trouble_with_the_file_stands_at_the_top(released):
    book = restored(HandedNotebook(trouble="The file is empty."), released)

    assert book.cells[0].source == "**The file is empty.**"
