"""Cells are read from notebooks of every version, and from what is hardly one any more."""

import json

import pytest
from small_notebooks import cell, data_of

from grader.nbgrader import cells
from grader.nbgrader.cells import HandedCell, read_cells


def test_a_cell_keeps_its_text_its_claim_and_its_id():
    read = read_cells(data_of(cell("a = 1", "add_bias", id="x")))

    assert read.cells == (HandedCell("code", "a = 1", "add_bias", "x"),)
    assert read.trouble == ""


def test_lines_are_joined():
    assert read_cells(data_of(cell("") | {"source": ["a\n", 3, "b"]})).cells[0].source == "a\nb"


def test_format_3_has_its_cells_in_worksheets():
    sheet = {
        "cells": [{"cell_type": "code", "input": "a"}, {"cell_type": "heading", "source": "b"}]
    }
    data = json.dumps({"nbformat": 3, "worksheets": [sheet]}).encode()

    assert [(c.kind, c.source) for c in read_cells(data).cells] == [
        ("code", "a"),
        ("markdown", "b"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_editors_are_read(encoding):
    data = data_of(cell("x = 'ä'")).decode().encode(encoding)

    assert read_cells(data).cells[0].source == "x = 'ä'"


TROUBLE = {
    "empty": (b"  \n", "The file is empty"),
    "no JSON": (b"import numpy", "is no notebook"),
    "deep": (b"[" * 100_000, "nested too deeply"),
    "a list": (b"[1, 2]", "no list of cells"),
    "cells are no list": (b'{"cells": 3}', "is no notebook"),
    "bytes": (bytes(range(256)), "is no notebook"),
}


@pytest.mark.parametrize(("data", "said"), TROUBLE.values(), ids=TROUBLE)
def test_what_is_no_notebook_is_a_sentence(data, said):
    read = read_cells(data)

    assert read.cells == ()
    assert said in read.trouble


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(cells, "MOST_BYTES", 10)

    assert "was not read" in read_cells(data_of()).trouble


def test_of_very_many_cells_the_first_are_read():
    read = read_cells(data_of(*[cell("")] * (cells.MOST_CELLS + 1)))

    assert len(read.cells) == cells.MOST_CELLS
    assert "only the first" in read.trouble


def test_halves_of_characters_can_be_written_again():
    read = read_cells(b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}')

    assert read.cells[0].source == "?"
