"""Formulas are typeset when a book is built."""

import pytest

from tests.book import small_book

TEXT = "# Formulas\n\nA fraction $\\frac{1}{2}$ and\n\n$$\nx < y_n .\n$$\n"


@pytest.fixture
def page(tmp_path):
    """A page with two formulas, and the folder of its site."""
    return small_book.build(tmp_path, "formulas", {"index": TEXT})["index"], tmp_path / "out"


def test_a_formula_is_drawn_and_said(page):
    inline, display = page[0].select("mjx-container")

    assert inline.select("mjx-frac")
    assert inline.select_one("mjx-assistive-mml mfrac").get_text() == "12"
    assert display["display"] == "true"
    assert "<" in display.select_one("math").get_text()


def test_the_style_and_the_fonts_are_in_the_site(page):
    static = page[1] / "_static"

    assert page[0].select_one('link[href^="_static/formulas.css"]')
    assert "mjx-frac" in (static / "formulas.css").read_text(encoding="utf-8")
    assert list((static / "mathjax").rglob("*.woff"))


def test_a_second_build_keeps_the_style_of_pages_that_it_does_not_write(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    small_book.build(folder, "formulas", {"index": TEXT})
    from formulas import renew

    made = renew(folder / "out" / "formulas.json", {("\\sqrt{x}", False)})

    assert "mjx-frac" in made["style"]
    assert "mjx-sqrt" in made["style"]


def test_a_formula_with_an_error_is_named():
    from formulas import typeset
    from sphinx.errors import ExtensionError

    with pytest.raises(ExtensionError, match=r"Undefined control sequence.*\\nonsense"):
        typeset([("x + \\nonsense", False)])
