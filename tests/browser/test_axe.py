"""axe, which looks for barriers, finds none in our articles, in light and in dark."""

import pytest

from course.bundle import install
from course.places import SCRIPTS

# One page of each kind; colours are the same on all pages of a kind.
KINDS = [
    "index",
    "progress",
    "corrections",
    "credits",
    "notation",
    "00-introduction/index",
    "01-convolution/08-one-by-one",
    "01-convolution/11-exercises",
]
WITHOUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_on_any_kind_of_page(open_lab, theme):
    lab = open_lab("index", color_scheme=theme, reduced_motion="reduce")

    found = {page: barriers(lab.go(page)) for page in KINDS}

    assert found == dict.fromkeys(KINDS, {})


def test_axe_finds_no_barrier_of_structure_on_any_page(open_lab, pages):
    lab = open_lab("index")

    found = {page: barriers(lab.go(page), WITHOUT_COLOURS) for page in pages}

    assert len(pages) > len(KINDS)
    assert found == dict.fromkeys(pages, {})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_in_a_verdict_and_an_output(open_lab, theme):
    lab = open_lab("00-introduction/index", color_scheme=theme)
    exercise = lab.exercise("add_bias")

    exercise.write("print('text')\ndef add_bias(x, b):\n    return x - b")
    exercise.check()

    assert exercise.mistake() == "bias_subtracted"
    assert barriers(lab) == {}


def barriers(lab, options=None):
    """The rules that are broken in the article, with where."""
    lab.page.add_script_tag(path=install(SCRIPTS) / "node_modules" / "axe-core" / "axe.min.js")
    lab.settle()
    found = lab.page.evaluate("o => axe.run('article.bd-article', o)", options or {})
    return {
        rule["id"]: [node["html"][:160] for node in rule["nodes"]] for rule in found["violations"]
    }
