"""A feedback page shows formulas by itself and runs no script, whoever wrote it."""

from nbformat import v4

from course.feedback import FeedbackPage


def page_of(*cells):
    page, _ = FeedbackPage().from_notebook_node(v4.new_notebook(cells=list(cells)))
    return page


def test_formulas_of_texts_are_typeset_and_those_of_code_are_not():
    page = page_of(v4.new_markdown_cell(r"$x$ and $\frac{$"), v4.new_code_cell("'$y$'"))

    assert page.count("</math>") == 1
    assert r"$\frac{$" in page
    assert "$y$" in page


def test_no_script_is_on_the_page():
    page = page_of(
        v4.new_markdown_cell("<script>alert(1)</script>"), v4.new_code_cell("'<script>'")
    )

    assert "<script" not in page.lower()
    assert "&lt;script&gt;" in page


def test_the_notebook_itself_is_left_as_it_is():
    cell = v4.new_markdown_cell("$x$")

    page_of(cell)

    assert cell.source == "$x$"
