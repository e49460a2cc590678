"""A notebook runs behind walls and is judged here; a cell that ends Python costs only itself."""

import pytest
from small_notebooks import CHECK, RIGHT, SETUP, STUB, cell, rebuilt, whole

from grader.check import VERDICT_MIME
from grader.exercises import find
from grader.nbgrader.run_cells import mark

SECRET = b"a secret for these tests"
IGNORES_INTERRUPTS = """
import time
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
"""
TROUBLE = {
    "process ended": "import os; os._exit(1)",
    "endless loop": "while True: pass",
    "endless loop that ignores interrupts": IGNORES_INTERRUPTS,
    "syntax error": "def f(:",
    "sys.exit": "import sys; sys.exit(3)",
}


def marked(released, sandbox, *cells):
    """Points, comment and the notebook of these cells."""
    book = rebuilt(released, *cells)
    marks = mark(book, released, sandbox, SECRET)
    return marks.scores["check_add_bias"], marks.comments["add_bias"], book


@pytest.mark.parametrize("source", TROUBLE.values(), ids=TROUBLE)
def test_the_other_cells_still_run(released, sandbox, source):
    answer = cell("def add_bias(x, b):\n    return a * x + b", "add_bias")
    setup, _, check = whole()

    points, comment, book = marked(
        released, sandbox, setup, cell("a = 1"), cell(source), answer, check
    )

    assert book.cells[2].outputs[-1].output_type == "error"
    assert (points, comment) == (2, None)


ANSWERS = {
    "right": (RIGHT, 2, None),
    "wrong": ("def add_bias(x, b):\n    return x - b", 0, "subtract"),
    "without float32": (
        "def add_bias(x, b):\n    return (x + b).astype('float64')",
        1.5,
        "float32",
    ),
    "changes its input": (
        "def add_bias(x, b):\n    x += b\n    return x",
        1.5,
        "changes its input",
    ),
    "untouched": (STUB, 0, "not written yet"),
    "syntax error": (
        "def add_bias(x, b)\n    return x",
        0,
        "stopped with SyntaxError: expected ':'",
    ),
    "another name": ("def bias(x, b):\n    return x + b", 0, "not there"),
    "ends Python": ("import os\ndef add_bias(x, b):\n    os._exit(1)", 0, "Python itself ended"),
    "endless": ("def add_bias(x, b):\n    while True: pass", 0, "loop"),
    "torch": ("import torch\ndef add_bias(x, b):\n    return torch.add(x, b)", 0, "uses torch"),
    "scipy": ("def add_bias(x, b):\n    import scipy\n    return x + b", 0, "uses scipy"),
    "warns": (f"import warnings\n{RIGHT[:20]}\n    warnings.warn('!')\n    return x + b", 2, None),
}


@pytest.mark.parametrize(("answer", "points", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_gets_its_points_and_the_reason(released, sandbox, answer, points, said):
    received, comment, _ = marked(released, sandbox, *whole(answer))

    assert received == points
    assert comment is None if said is None else said in comment


def test_a_check_cell_ends_with_one_report_and_one_number(released, sandbox):
    wrong = "def add_bias(x, b):\n    return (x + b).astype('float64')"

    *_, book = marked(released, sandbox, *whole(wrong))

    kinds = [output.output_type for output in book.cells[-1].outputs]
    assert kinds == ["display_data", "execute_result"]
    assert book.cells[-1].outputs[1].data["text/plain"] == "1.5"
    assert book.cells[-1].outputs[0].data[VERDICT_MIME]["points"] == 1.5


def test_only_the_visible_cases_do_not_earn_the_points(released, sandbox):
    knows_them = """
def add_bias(x, b):
    return x + b if x.shape in [(2, 3), (1, 2), (4, 4), (3, 1)] else x + 3 * b
"""

    points, comment, book = marked(released, sandbox, *whole(knows_them))

    assert points < 2
    assert "in a case that is not shown" in comment
    assert "expected" not in book.cells[-1].outputs[0].data[VERDICT_MIME]["failure"]


def test_hidden_inputs_reach_no_output_and_no_message(released, sandbox):
    tells = """
seen = []
def add_bias(x, b):
    seen.append(x)
    if x.shape not in [(2, 3), (1, 2), (4, 4), (3, 1)]:
        raise NotImplementedError(f"SEEN {x}")  # SEEN
    print("SEEN", x.shape)
    return x + b
"""

    _, comment, book = marked(released, sandbox, *whole(tells), cell("print(len(seen))"))

    shown = str([cell.outputs for cell in book.cells])
    cases = find("add_bias").cases()
    calls = sum(1 + case.is_plain for case in cases)
    assert book.cells[-1].outputs[0].text == f"{calls}\n"
    assert "SEEN" not in shown + comment


def test_an_answer_below_its_check_counts(released, sandbox):
    setup, stub, check = whole(STUB)

    points, *_ = marked(released, sandbox, setup, stub, check, cell(RIGHT))

    assert points == 2


def test_a_helper_that_is_written_anew_later_does_not_disturb(released, sandbox):
    answer = "def plus(a, b):\n    return a + b\ndef add_bias(x, b):\n    return plus(x, b)"

    points, *_ = marked(released, sandbox, *whole(answer), cell("plus = None"))

    assert points == 2


def test_the_next_hint_is_the_one_not_asked_for_yet(released, sandbox):
    asked = cell('hint("add_bias")')

    first = marked(released, sandbox, *whole(STUB))[2]
    second = marked(released, sandbox, *whole(STUB), asked)[2]

    assert "Next hint (1 of" in first.cells[-1].outputs[0].data["text/plain"]
    assert "Next hint (2 of" in second.cells[-2].outputs[0].data["text/plain"]


def test_a_cell_with_its_own_tests_waits_for_the_teacher(released, sandbox):
    own = cell("assert add_bias(1, 2) == 3", "own_test")
    from dataclasses import replace

    tested = replace(released.cells[2], name="own_test", source=own["source"])
    book = rebuilt(replace(released, cells=(*released.cells, tested)), *whole(), own)

    marks = mark(book, replace(released, cells=(*released.cells, tested)), sandbox, SECRET)

    assert marks.scores == {"check_add_bias": 2, "own_test": None}


def test_the_names_here_are_those_of_the_chapter(released):
    assert [c.source for c in released.cells] == [SETUP, STUB, CHECK]


def test_an_answer_that_is_no_python_is_told_though_its_name_comes_later(released, sandbox):
    setup, _, check = whole()
    broken = cell("def add_bias(x, b)\n    return x", "add_bias")

    points, comment, _ = marked(released, sandbox, setup, broken, check, cell(RIGHT))

    assert points == 0
    assert "SyntaxError" in comment
