"""No line of code that a reader sees is cut off on a screen of 1280 pixels."""

import jupytext
import pytest

from course.starter import starter
from course.text import read_chapters
from tests.book.conftest import BOOK

WIDEST = 77
WIDEST_IN_A_CARD = 73
UNSEEN = {"remove-cell", "remove-input", "hide-cell", "hide-input"}
PAGES = [
    path for path in sorted(BOOK.rglob("*.md")) if "{code-cell}" in path.read_text(encoding="utf-8")
]


def too_wide(text: str) -> list[str]:
    """The lines of a page's visible cells that are wider than a cell."""
    return [
        line
        for cell in jupytext.reads(text, fmt="md:myst").cells
        if cell.cell_type == "code" and not UNSEEN & set(cell.metadata.get("tags", []))
        for line in cell.source.splitlines()
        if len(line) > WIDEST
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_visible_line_of_code_is_cut_off(path) -> None:
    assert too_wide(path.read_text(encoding="utf-8")) == []


def test_only_what_a_reader_sees_is_measured() -> None:
    cell = "```{{code-cell}} ipython3\n:tags: [{tag}]\n\n{line}\n```\n"
    long, short = "x = 1" + "0" * 73, "x = 1" + "0" * 72

    text = "\n".join(
        cell.format(tag=tag, line=line)
        for tag, line in [("no-live", long), ("no-live", short), ("remove-cell", long)]
    )

    assert too_wide(text) == [long]


def test_no_line_that_an_exercise_begins_with_is_cut_off() -> None:
    cut = [
        line
        for chapter in read_chapters()
        for block in chapter.blocks
        for line in starter(block.solution.source).splitlines()
        if len(line) > WIDEST_IN_A_CARD
    ]

    assert cut == []
