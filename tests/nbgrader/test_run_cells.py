"""A cell that ends or blocks Python costs only itself; the others run as if nothing had been."""

import pytest
from conftest import answer_cell, cell, check_cell
from nbformat import v4
from nbgrader.utils import determine_grade

from grader.nbgrader.run_cells import RunCells
from grader.nbgrader.score import ScoreVerdicts

IGNORES_INTERRUPTS = """
import time
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
"""
TROUBLE = {
    "kernel killed": ("import os; os._exit(1)", "KernelDied"),
    "endless loop": ("while True: pass", "CellTimeoutError"),
    "endless loop that ignores interrupts": (IGNORES_INTERRUPTS, "CellTimeoutError"),
    "syntax error": ("def f(:", "SyntaxError"),
    "sys.exit": ("import sys; sys.exit(3)", "SystemExit"),
}


@pytest.mark.parametrize(("source", "name"), TROUBLE.values(), ids=TROUBLE)
def test_the_other_cells_still_run(source, name):
    book = notebook(
        cell("import numpy as np\nfrom grader import check"),
        cell("a = 1"),
        cell(source),
        answer_cell("def add_bias(x, b):\n    return a * x + b"),
        check_cell(),
    )

    run(book)

    assert name in [output.get("ename") for output in book.cells[2].outputs]
    assert determine_grade(book.cells[-1])[0] == 2.0


def test_an_answer_that_kills_python_costs_its_own_check_only():
    book = notebook(
        cell("import os\nfrom grader import check"),
        answer_cell("def add_bias(x, b):\n    os._exit(1)"),
        check_cell(),
        cell("def add_bias(x, b):\n    return x + b"),
        cell('check("add_bias", add_bias).points'),
    )

    run(book)

    assert determine_grade(book.cells[2])[0] == 0
    assert book.cells[-1].outputs[-1].data["text/plain"] == "2.0"


def notebook(*cells):
    kernel = {"name": "python3", "display_name": "Python 3"}
    return v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def run(book):
    trouble = [source for source, _ in TROUBLE.values()]
    runner = RunCells(timeout_func=lambda cell: 2 if cell.source in trouble else 60)
    runner.preprocess(book, {})
    ScoreVerdicts().preprocess(book, {})
