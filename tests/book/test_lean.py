"""A page is sent only what it uses."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from lean.description import LONGEST, describe
from lean.icons import icons_in
from lean.images import let_wait
from lean.styles import merge
from PIL import Image

SHEET = """
@charset "utf-8";
/* a comment */
.used, .unused:hover { color: red }
.unused #there { color: red }
.used:not(.unused) > a[href^=".unused"] { color: green }
@media (min-width: 1px) { .unused { color: red } h1.used { color: blue } }
@media print { .unused { color: red } }
"""


@pytest.fixture
def static(tmp_path):
    """A folder with one foreign style sheet, and one of our own."""
    (tmp_path / "theme.css").write_text(SHEET)
    (tmp_path / "course.css").write_text(".unused { color: black }")
    return tmp_path


def test_a_rule_goes_if_its_class_is_nowhere(static):
    received = merge(static, ["theme.css"], {"used", "there"})

    assert ".used{color:red}" in received.replace(" ", "")
    assert "#there" not in received
    assert "print" not in received
    assert "comment" not in received


def test_a_rule_stays_if_it_may_match(static):
    received = merge(static, ["theme.css"], {"used"})

    assert ".used:not(.unused)" in received
    assert "h1.used" in received


def test_our_own_rules_all_stay(static):
    assert ".unused" in merge(static, ["course.css"], set())


def test_icons_are_found_as_escapes_and_as_letters():
    received = icons_in('.a { content: "\\f0c9" } .b { content: "\uf00d" } .c { color: #f0f }')

    assert received == [0xF00D, 0xF0C9]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Too short.\n\n" + "long " * 20, ("long " * 20).strip()),
        ("> " + "quoted " * 20 + "\n\n" + "own " * 20, ("own " * 20).strip()),
        ("word " * 100, ("word " * (LONGEST // 5)).strip() + " …"),
        ("Short.", ""),
    ],
)
def test_a_page_is_described_by_its_first_plain_paragraph(text, expected):
    doctree = publish_doctree(text.replace("> ", "   "))

    assert describe(doctree) == expected


def test_a_sentence_with_a_formula_is_left_out():
    paragraph = nodes.paragraph()
    paragraph += [nodes.Text("With "), nodes.math("", "x")]
    paragraph += nodes.Text(" inputs.\n" + "plain " * 20)
    doctree = publish_doctree("")
    doctree += paragraph

    assert describe(doctree) == ("plain " * 20).strip()


def test_pictures_tell_their_size_and_wait_but_for_the_first(tmp_path):
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="9px"/>'
    )
    Image.new("L", (30, 20)).save(tmp_path / "b.png")
    files = {name: tmp_path / name for name in ("a.svg", "b.png")}
    body = '<img alt="A" src="../_images/a.svg" /><img alt="B" src="../_images/b.png" />'

    received = let_wait(body, files)

    assert received == (
        '<img alt="A" src="../_images/a.svg" width="96" height="9" />'
        '<img alt="B" src="../_images/b.png" width="30" height="20" loading="lazy" />'
    )
