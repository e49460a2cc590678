"""Equal texts give equal notebooks, with everything nbgrader needs and no outputs."""

import json

import nbformat
import pytest
from small_text import GOOD, put

from course import compile as compiler
from course.compile import compile_chapters, notebook
from course.places import write
from course.text import read_chapter


@pytest.fixture
def chapter(tmp_path):
    return read_chapter(put(tmp_path / "text"))


def test_a_rebuild_gives_the_same_bytes(chapter, tmp_path):
    first = compile_chapters([chapter], tmp_path, tmp_path / "hints.json")[0].read_bytes()
    second = compile_chapters([chapter], tmp_path, tmp_path / "hints.json")[0].read_bytes()

    assert first == second
    assert sorted(p.name for p in (tmp_path / "00-introduction").iterdir()) == [
        "00-introduction.ipynb"
    ]


def test_cells_are_named_by_their_exercise(chapter):
    made = notebook(chapter)

    assert [cell.id for cell in made.cells] == [
        "start-1",
        "setup",
        "statement_add_bias",
        "add_bias",
        "check_add_bias",
        "add_bias-1",
        "add_bias-2",
    ]
    assert all(not cell.get("outputs") for cell in made.cells)


def test_only_the_answer_can_be_changed_and_only_the_check_is_graded(chapter):
    made = {cell.id: cell.metadata.get("nbgrader") for cell in notebook(chapter).cells}

    assert made["start-1"] is None
    assert made["setup"].locked
    assert made["statement_add_bias"].locked
    assert (made["add_bias"].solution, made["add_bias"].grade) == (True, False)
    assert not made["add_bias"].locked
    assert (made["check_add_bias"].grade, made["check_add_bias"].points) == (True, 2.0)
    assert made["check_add_bias"].locked


def test_the_hints_go_into_their_file_and_not_into_the_notebook(chapter, tmp_path):
    path = compile_chapters([chapter], tmp_path, tmp_path / "hints.json")[0]

    hints = json.loads((tmp_path / "hints.json").read_text(encoding="utf-8"))
    assert hints["add_bias"][0] == "What has to happen to each column?"
    assert "What has to happen" not in path.read_text(encoding="utf-8")


def test_the_notebook_is_valid(chapter, tmp_path):
    path = compile_chapters([chapter], tmp_path, tmp_path / "hints.json")[0]

    nbformat.validate(nbformat.read(path, as_version=4))


def test_a_failure_leaves_the_old_notebook_as_it_was(chapter, tmp_path, monkeypatch):
    path = compile_chapters([chapter], tmp_path, tmp_path / "hints.json")[0]
    before = path.read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("course.places.os.replace", fail)
    changed = read_chapter(put(tmp_path / "text", GOOD.replace("That was all", "Bye")))
    with pytest.raises(OSError, match="disk full"):
        compiler.compile_chapters([changed], tmp_path, tmp_path / "hints.json")

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_written_with_unix_line_ends(tmp_path):
    write(tmp_path / "a.txt", "one\ntwo\n")

    assert (tmp_path / "a.txt").read_bytes() == b"one\ntwo\n"
