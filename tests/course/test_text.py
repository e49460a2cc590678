"""A chapter's text is read whole, and every slip in it is named with its line."""

import re
from dataclasses import replace

import pytest
from small_text import GOOD, NAME, put

from course.errors import CourseError
from course.text import read_chapter, read_chapters
from grader.exercise import Exercise, Function, Group
from grader.exercises import find


def test_a_good_text_gives_its_exercise_with_all_parts(tmp_path):
    chapter = read_chapter(put(tmp_path))

    block = chapter.block("add_bias")
    assert (chapter.name, chapter.title) == ("00-introduction", "A small chapter")
    assert [cell.role for cell in chapter.cells] == [
        "",
        "",
        "exercise",
        "solution",
        "check",
        "",
        "",
    ]
    assert block.statement.source.startswith("## 0.1 Add")
    assert block.answer.endswith('"""\n    return x + b')
    assert block.hints[1] == "NumPy lines up the last axes\nof both arrays by itself."


def test_each_cell_knows_the_line_of_its_first_character(tmp_path):
    chapter = read_chapter(put(tmp_path))

    lines = GOOD.splitlines()
    for cell in chapter.cells:
        assert lines[cell.line - 1] == cell.source.splitlines()[0]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert read_chapter(path).cells == read_chapter(put(tmp_path / "other")).cells


def test_the_starter_has_the_stub_instead_of_the_solution(tmp_path):
    starter = read_chapter(put(tmp_path)).block("add_bias").starter

    assert "x + b" not in starter
    assert "SOLUTION" not in starter
    assert starter.splitlines()[-1].startswith("    raise NotImplementedError")


FAULTY = """    ### BEGIN SOLUTION
    return x + b
    ### INSTEAD OF A STUB
    # y = x - b
    #
    # if len(b):
    #     return y
    ### END SOLUTION
"""


def test_a_starter_may_be_code_to_repair(tmp_path):
    text = (
        GOOD[: GOOD.index("    ### BEGIN")]
        + FAULTY
        + GOOD[GOOD.index("```\n\n```{code-cell}\n:check") :]
    )
    block = read_chapter(put(tmp_path, text)).block("add_bias")

    assert block.starter.endswith("    y = x - b\n\n    if len(b):\n        return y")
    assert block.answer.endswith('    """\n    return x + b')


CLASS = Exercise(
    slug="Scale",
    number="0.1",
    chapter="00-introduction",
    title="Add a bias to every row",
    functions=(Function("Scale", "params", method="times", takes="x"),),
    groups=(Group("basic", 1),),
    make_cases=lambda rng: [],
    minutes=1,
    difficulty=1,
)
AS_CLASS = """class Scale:
    def __init__(self, params):
        self.params = params

    def times(self, x):
        ### BEGIN SOLUTION
        return x + self.params
        ### END SOLUTION
```"""
BEHIND = GOOD[GOOD.index("```\n\n```{code-cell}\n:check") + 3 :]
WITH_CLASS = GOOD[: GOOD.index("def add_bias")] + AS_CLASS + BEHIND
WITH_CLASS = WITH_CLASS.replace("add_bias(np", "print(np").replace("add_bias", "Scale")


def test_a_solution_may_be_a_class(tmp_path):
    block = read_chapter(put(tmp_path, WITH_CLASS), [CLASS]).block("Scale")

    assert "self.params = params" in block.starter
    assert "x + self.params" not in block.starter


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("def times", "def time", "the class `Scale` lacks `times`"),
        ("times(self, x)", "times(self, y)", r"`times` takes \(self, y\) here and \(self, x\)"),
        ("(self, params)", "(self)", r"`__init__` takes \(self\) here and \(self, params\)"),
        ("class Scale:", "def Scale(params):", "must be written as `class Scale: __init__"),
    ],
)
def test_a_class_in_another_form_is_refused(tmp_path, old, new, message):
    with pytest.raises(CourseError, match=message):
        read_chapter(put(tmp_path, WITH_CLASS.replace(old, new)), [CLASS])


# What is replaced, by what, a text in the line to blame, and what the message says.
BROKEN = {
    "no header": (GOOD[: GOOD.index("\n# A")], "", 1, "must begin with its header"),
    "header is not YAML": ("title: A small chapter", "title: [a", 3, "YAML"),
    "header is a list": (GOOD[4 : GOOD.index("---\n\n#")], "- a\n", 1, "lacks the kernelspec"),
    "no title": ("title: A small chapter\n", "", 1, "title"),
    "no kernel": ("  display_name: Python 3\n", "", 1, "kernelspec"),
    "fence left open": (
        "import check, hint\n```\n",
        "import check, hint\n",
        "{code-cell}",
        "closed",
    ),
    "last fence left open": ("np.arange(3.0))\n```\n", "np.arange(3.0))\n", -2, "not closed"),
    "options are not YAML": (":solution: add_bias", ":solution: [add", "{code-cell}\n:s", "YAML"),
    "option without value": (":solution: add_bias", ":solution", ":solution", "must be lines"),
    "unknown option": (":solution: add_bias", ":soluton: add_bias", ":soluton", "soluton"),
    "two roles": (
        ":check: add_bias",
        ":check: add_bias\n:solution: add_bias",
        ":check",
        "may have one of",
    ),
    "metadata is not JSON": ('{"exercise": "add_bias"}', '{"exercise": }', "+++ {", "Expecting"),
    "metadata is no object": ('{"exercise": "add_bias"}', "3", "+++ 3", "not a dict"),
    "statement is code": (":solution: add_bias", ":hints: add_bias", ":hints", "markdown cell"),
    "unknown exercise": (":check: add_bias", ":check: add_bais", 'check("', "names no exercise"),
    "exercise of another chapter": (
        '{"hints": "add_bias"}',
        '{"hints": "conv_out"}',
        "- What",
        "names no exercise of 00-introduction",
    ),
    "solution twice": (
        "That was all.\n",
        "```{code-cell}\n:solution: add_bias\npass\n```\n",
        "pass",
        "second time; it is in line 26",
    ),
    "no check": (
        '```{code-cell}\n:check: add_bias\ncheck("add_bias", add_bias)\n```\n',
        "",
        "## 0.1",
        "`check`",
    ),
    "no hints": ('+++ {"hints": "add_bias"}\n', "", "## 0.1", "`hints`"),
    "no solution": (":solution: add_bias\n", "", "    ### BEGIN", "would be published"),
    "exercise not there": (GOOD[GOOD.index("+++") :], "", 1, "is not in this text"),
    "two hints": ("- It is `x + b`.\n", "", "- What", "has 2 hints"),
    "hints without an end": ("+++\n\nThat", "That", "That was", "`+++`"),
    "heading without number": ("## 0.1 Add", "## Add", "## Add", "## 0.1 Add a bias"),
    "no BEGIN SOLUTION": ("    ### BEGIN SOLUTION\n", "", "    ### END", "no `BEGIN SOLUTION`"),
    "no END SOLUTION": ("    ### END SOLUTION\n", "", "    ### BEGIN", "no `END SOLUTION`"),
    "BEGIN twice": (
        "    return x + b\n",
        "    ### BEGIN SOLUTION\n    return x\n",
        33,
        "comes twice",
    ),
    "no marks at all": (
        "    ### BEGIN SOLUTION\n    return x + b\n    ### END SOLUTION\n",
        "    return x + b\n",
        "def add_bias",
        "has no lines between",
    ),
    "solution outside of a function": (
        "    ### END SOLUTION\n",
        "    ### END SOLUTION\n### BEGIN SOLUTION\nhelp = 3\n### END SOLUTION\n",
        35,
        "outside of a function",
    ),
    "solution in an ordinary cell": (
        "import numpy as np\n",
        "import numpy as np\n### BEGIN SOLUTION\n",
        "### BEGIN",
        "would be published",
    ),
    "syntax error": ("return x + b", "return x +", "    return x +", "not Python: invalid syntax"),
    "bad escape": ("np.arange(3.0))", 'np.arange(3.0)), "\\d"', "np.arange", "not Python: invalid"),
    "magic": ("import numpy as np\n", "%matplotlib inline\n", "%matplotlib", "not Python"),
    "function missing": ("def add_bias(x, b)", "def bias(x, b)", "def bias", "lacks `def add_bias"),
    "other arguments": ("def add_bias(x, b)", "def add_bias(x, b, n=1)", "def add", "(x, b, n=1)"),
    "check without call": ('check("add_bias", add_bias)', "add_bias", "add_bias\n```", "must end"),
    "check of another": ('check("add_bias", a', 'check("conv_out", a', 'check("conv', "must end"),
    "check not last": (
        'check("add_bias", add_bias)',
        'check("add_bias", add_bias)\nprint(1)',
        "print(1)",
        "must end with `check",
    ),
}


@pytest.mark.parametrize(("old", "new", "place", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_text_is_refused_with_line_and_reason(tmp_path, old, new, place, message):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    path = put(tmp_path, text)

    with pytest.raises(CourseError, match=re.escape(message)) as caught:
        read_chapter(path)

    assert caught.value.line == line_of(text, place)
    assert str(caught.value).startswith(f"{path}:{caught.value.line}: ")


def line_of(text: str, place: int | str) -> int:
    """The line with a text; negative numbers count from the end."""
    if isinstance(place, str):
        return text[: text.index(place)].count("\n") + 1
    return place if place > 0 else len(text.splitlines()) + 1 + place


def test_a_text_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(GOOD.encode().replace(b"That was", b"Th\xe4t was"))

    with pytest.raises(CourseError, match="UTF-8") as caught:
        read_chapter(path)

    assert caught.value.line == line_of(GOOD, "That was")


def test_exercises_out_of_order_are_refused(tmp_path):
    second = replace(find("add_bias"), slug="second", number="0.2")
    start, end = GOOD.index("+++"), GOOD.index("+++\n\nThat")
    block = GOOD[start:end]
    other = block.replace('"add_bias"', '"second"').replace(": add_bias", ": second")
    text = GOOD[:start] + other.replace("0.1", "0.2") + block + GOOD[end:]

    with pytest.raises(CourseError, match="`exercise: second` comes too early"):
        read_chapter(put(tmp_path, text), [find("add_bias"), second])


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(CourseError, match="no text like"):
        read_chapters(tmp_path)


def test_annotations_do_not_make_another_signature(tmp_path):
    text = GOOD.replace("def add_bias(x, b)", "def add_bias(x: np.ndarray, b: np.ndarray)")

    assert read_chapter(put(tmp_path, text)).blocks
