"""Formulas become MathML, whoever wrote them, and nothing worse."""

import re
from xml.etree import ElementTree

import pytest

from course.mathml import formulas_in, mathml_of, with_mathml
from course.places import ROOT

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(ROOT.glob("solutions/*.md"))}
MATH = re.compile(r"<math.*?</math>")


@pytest.fixture(scope="module")
def made():
    return mathml_of(formula for text in TEXTS.values() for formula in formulas_in(text))


@pytest.mark.parametrize("name", TEXTS)
def test_every_formula_of_the_exercises_becomes_mathml(made, name):
    formulas = formulas_in(TEXTS[name])

    converted = MATH.findall(with_mathml(TEXTS[name], made))

    assert len(converted) == len(formulas)
    for math in converted:
        ElementTree.fromstring(math)
        assert not set(math) & set("*_`[]~\\")


@pytest.mark.parametrize(
    "text",
    [
        "it costs $5 and $6",
        "`$x$` is code",
        "```\n$x$\n```",
        r"\$x\$",
        "$ x $",
        "no formula",
        "$" * 5_000,
        f"${'x' * 5_000}$",
    ],
)
def test_what_is_no_formula_is_not_taken_for_one(text):
    assert formulas_in(text) == []


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}",
        r"\def\x{\x\x}\x",
        r"\require{html}\href{x}{y}",
        r"\frac{",
        r"\frac{" * 150,
    ],
)
def test_a_learners_tex_can_make_no_link_and_no_loop(tex):
    assert mathml_of([(tex, False)]) == {(tex, False): None}


def test_tags_in_tex_are_text():
    (math,) = mathml_of([(r"\text{<img src=x onerror=alert(1)>}", False)]).values()

    assert "<img" not in math
