"""Cells run as in a notebook, and a lost process comes back with all that was done before."""

import pytest
from honest import ANSWER

from grader.sandbox import Sandbox, SandboxError


def test_a_cell_prints_shows_and_remembers(child):
    first = child.execute("import sys\nx = 3\nprint('out')\nprint('err', file=sys.stderr)\nx + 1")
    second = child.execute("x, _")

    assert (first.output, first.result, first.error) == ("out\nerr\n", "4", None)
    assert second.result == "(3, 4)"


def test_a_warning_is_printed_and_costs_nothing(child):
    run = child.execute("import numpy as np\nx = np.array(1.0) / np.array(0.0)\n'done'")

    assert "RuntimeWarning" in run.output
    assert (run.result, run.error) == ("'done'", None)


def test_an_error_is_told_with_the_lines_of_the_notebook_alone(child):
    child.execute("def f(x):\n    return 1 / x")

    error = child.execute("y = 2\nf(0)").error

    assert (error.name, error.text) == ("ZeroDivisionError", "division by zero")
    assert "return 1 / x" in error.traceback
    assert "line 2" in error.traceback
    assert "sandbox" not in error.traceback


def test_a_syntax_error_is_told(child):
    error = child.execute("def f(:\n    pass").error

    assert error.name == "SyntaxError"
    assert "def f(:" in error.traceback


def test_an_exception_that_cannot_be_printed_is_told(child):
    source = "class E(Exception):\n    def __str__(self): raise ValueError\nraise E"

    assert child.execute(source).error.name == "E"


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("%matplotlib inline\nx = 1\nx", "1"),
        ("!pip install numpy\n'after'", "'after'"),
        ("%time x = 5\nx", "5"),
        ("%%time\nx = 6\nx", "6"),
        ("%timeit -n 10 len([])\n'after'", "'after'"),
        ("files = !ls\nfiles", None),
        ("len?\n'after'", "'after'"),
        ("?len\n'after'", "'after'"),
        ("%%bash\necho hello", None),
        ("x = (7\n% 4)\nx", "3"),
        ("if True:\n    %config X\n    x = 8\nx", "8"),
        ("'''\n%not a command\n'''\n'after'", "'after'"),
        ("3;", None),
        ("get_ipython().run_line_magic('matplotlib', 'inline')\n1", "1"),
        ("from IPython.display import HTML, display\ndisplay(HTML('x'))\n2", "2"),
        ("from grader import check, hint, case\ncheck('add_bias', None)", None),
        ("from grader import CheckError, CheckFailed, hint\nhint('add_bias')", None),
        ("from grader import case\nsorted(case('add_bias', 0))", "['b', 'x']"),
        ("import torch\nimport torch.nn.functional as F\nfrom torch import nn\n4", "4"),
        ("import csv, sqlite3, lzma, ssl, zoneinfo, statistics, dataclasses\n5", "5"),
        ("__name__", "'__main__'"),
        ("from __future__ import annotations\ndef f(x: Nowhere): pass\n6", "6"),
        ("import inspect\ndef f():\n    return 9\ninspect.getsource(f)[:8]", "'def f():'"),
        ("", None),
        ("# nothing but a comment", None),
    ],
)
def test_what_notebooks_hold_runs(child, source, result):
    run = child.execute(source)

    assert run.error is None
    assert run.result == result


def test_figures_come_back_as_pictures(child):
    run = child.execute(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('ü α')\nplt.show()"
    )

    assert run.error is None
    assert [figure[:4] for figure in run.figures] == [b"\x89PNG"]
    assert child.execute("plt.get_fignums()").figures == ()


def test_files_are_in_the_working_folder(sandbox):
    with sandbox.child({"data/x.csv": b"1,2"}) as child:
        run = child.execute("import numpy as np\nnp.loadtxt('data/x.csv', delimiter=',')")

    assert run.result == "array([1., 2.])"


def test_the_same_cells_give_the_same_random_numbers(sandbox):
    source = (
        "import random, numpy as np\n"
        "(random.random(), np.random.rand(), list({'a', 'b', 'c'}), hash('x'))"
    )
    results = set()
    for _ in range(2):
        with Sandbox(sandbox.tier, packages=["numpy"]) as fresh, fresh.child() as child:
            results.add(child.execute(source).result)

    assert len(results) == 1


def test_cells_and_functions_are_there_again_after_a_process_has_ended(child):
    child.execute("import os\ncount = 0")
    child.execute("count += 1")
    child.execute("y = 1\nraise ValueError")
    child.execute(ANSWER)

    ended = child.execute("import os\nos._exit(3)")

    assert (ended.ended, ended.detail) == ("died", "Python itself ended, with status 3")
    again = child.execute("print('new')\ncount, y")
    assert (again.output, again.result) == ("new\n", "(1, 1)")
    assert child.outcomes("add_bias")[0].problem is None


def test_all_cells_together_have_a_limit(sandbox):
    limits = type(sandbox.limits)(total_seconds=1.5, cell_seconds=1.0)
    with Sandbox(sandbox.tier, limits=limits, packages=["numpy"]) as fresh, fresh.child() as child:
        ended = [child.execute("import time\ntime.sleep(9)").ended for _ in range(3)]
        last = child.execute("1")

    assert ended[0] == "time"
    assert last.ended == "killed"
    assert "the whole notebook" in last.detail


def test_processor_time_has_a_limit(sandbox):
    limits = type(sandbox.limits)(cpu_seconds=1, cell_seconds=20.0)
    with Sandbox(sandbox.tier, limits=limits, packages=["numpy"]) as fresh, fresh.child() as child:
        run = child.execute("while True: pass")

    assert run.ended == "killed"
    assert "of the processor" in run.detail


def test_a_sandbox_that_has_ended_is_the_graders_fault(sandbox):
    fresh = Sandbox(sandbox.tier, packages=["numpy"])
    child = fresh.child()
    fresh.close()

    with child:
        with pytest.raises(SandboxError, match="has ended"):
            fresh.child()
        with pytest.raises(SandboxError, match="has ended"):
            child.execute("1")
