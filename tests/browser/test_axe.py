"""axe, which looks for barriers, finds none in our articles, in light and in dark."""

import pytest

from course.bundle import install
from course.places import SCRIPTS

PAGES = [
    "index",
    "progress",
    "00-introduction/index",
    "01-convolution/02-sliding-window",
    "01-convolution/11-exercises",
]


# axe reads no MathML, so a table's heading that is a formula seems empty to it.
OPTIONS = {"rules": {"empty-table-header": {"enabled": False}}}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_barrier(open_lab, page, theme):
    lab = open_lab(page, color_scheme=theme, reduced_motion="reduce")

    assert barriers(lab) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_in_a_verdict_and_an_output(open_lab, theme):
    lab = open_lab("00-introduction/index", color_scheme=theme)
    exercise = lab.exercise("add_bias")

    exercise.write("print('text')\ndef add_bias(x, b):\n    return x - b")
    exercise.check()

    assert exercise.mistake() == "bias_subtracted"
    assert barriers(lab) == {}


def barriers(lab):
    """The rules that are broken in the article, with where."""
    lab.page.add_script_tag(path=install(SCRIPTS) / "node_modules" / "axe-core" / "axe.min.js")
    found = lab.page.evaluate("o => axe.run('article.bd-article', o)", OPTIONS)
    return {
        rule["id"]: [node["html"][:160] for node in rule["nodes"]] for rule in found["violations"]
    }
