"""What learners write and print is short and harmless before any page shows it."""

import pytest

from grader.nbgrader.tidy import MOST_CHARACTERS, MOST_LINES, cut, outputs_of, tidy_markdown
from grader.sandbox import CellError, CellRun

PNG = b"\x89PNG\r\n\x1a\n"
TEXTS = {
    "a tag": ("<b>1</b>", "&lt;b>1&lt;/b>"),
    "a comment": ("<!-- x -->", "&lt;!-- x -->"),
    "a comparison": ("1 < 2 and a<= b", "1 < 2 and a<= b"),
    "a picture": ("![x](attachment:x)", "&#33;[x](attachment:x)"),
    "an escaped picture": (r"\![x](attachment:x)", r"\&#33;[x](attachment:x)"),
    "a link": ("[x](https://example.org)", "[x](https://example.org)"),
}


@pytest.mark.parametrize(("given", "shown"), TEXTS.values(), ids=TEXTS)
def test_text_loses_tags_and_pictures_and_nothing_else(given, shown):
    assert tidy_markdown(given) == shown


@pytest.mark.parametrize("text", ["x" * 10**6, "x\n" * 10**5])
def test_long_texts_are_cut_with_a_note(text):
    shown = cut(text)

    assert len(shown) < MOST_CHARACTERS + 50
    assert shown.count("\n") <= MOST_LINES
    assert shown.endswith("… the rest is cut here")


def test_colours_of_a_terminal_are_left_out():
    assert cut("\x1b[31mred\x1b[0m") == "red"


def test_addresses_in_memory_are_left_out():
    assert cut("<function f at 0x7f1c2a9d4e50> at 0x10") == "<function f at 0x…> at 0x10"


def test_a_cell_shows_what_it_printed_drew_returned_and_raised():
    done = CellRun("text", "3", CellError("ValueError", "no", "line 1"), (PNG,), None, "", 1.0)

    outputs = outputs_of(done, 7)

    kinds = [output.output_type for output in outputs]
    assert kinds == ["stream", "display_data", "execute_result", "error"]
    assert outputs[1].data["image/png"] == "iVBORw0KGgo="
    assert outputs[2].execution_count == 7


def test_large_pictures_are_left_out():
    assert outputs_of(CellRun(figures=(PNG + bytes(2_000_000),)), 1) == []


def test_a_cell_that_was_stopped_says_so():
    (error,) = outputs_of(CellRun(ended="time", detail="it ran for more than 30 seconds"), 1)

    assert (error.ename, error.evalue) == ("Stopped", "it ran for more than 30 seconds")
