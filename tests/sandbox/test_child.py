"""Cells run as in a notebook, functions as in the grader, and a lost process comes back."""

import numpy as np
import pytest
from honest import ANSWER, innocent

from grader.exercises import EXERCISES, find
from grader.run import run
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


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
@pytest.mark.parametrize("seed", [None, 2**61 - 1])
def test_outcomes_are_those_of_the_grader_itself(child, exercise, seed):
    source = f"def {exercise.functions[0].name}(*args, **options):\n    return args[0]"
    child.execute(source)
    names = {}
    exec(source, names)

    received = child.outcomes(exercise.slug, seed)

    functions = [names.get(function.name) for function in exercise.functions]
    expected = run(exercise, functions, exercise.cases(seed))
    assert len(received) == len(expected)
    for ours, theirs in zip(received, expected, strict=True):
        assert (ours.problem, ours.changed, ours.unstable) == (
            theirs.problem,
            theirs.changed,
            theirs.unstable,
        )
        np.testing.assert_equal(ours.value, theirs.value)


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("", ("missing", (), False)),
        ("add_bias = 3", ("missing", (), False)),
        ("def add_bias(x): return x", ("signature", (), False)),
        ("def add_bias(x, b): return 1 / 0", ("crash", (), False)),
        ("def add_bias(x, b): raise SystemExit", ("crash", (), False)),
        ("import torch\ndef add_bias(x, b): return torch.add(x, b)", ("forbidden", (), False)),
        ("def add_bias(x, b):\n    while True: pass", ("time", (), False)),
        (
            "def add_bias(x, b):\n    while True:\n        try:\n            while True: pass\n"
            "        except BaseException: pass",
            ("time", (), False),
        ),
        ("import os\ndef add_bias(x, b): os._exit(0)", ("crash", (), False)),
        ("def add_bias(x, b):\n    while True: print('x' * 999)", ("output", (), False)),
        ("def add_bias(x, b):\n    x += 99\n    return x", (None, ("x",), False)),
        ("def add_bias(x, b):\n    x[:] = b[:] = 99\n    return x", (None, ("x", "b"), False)),
        (
            "import numpy as np\ndef add_bias(x, b): return x + np.random.rand()",
            (None, (), True),
        ),
        ("import numpy as np\ndef add_bias(x, b): return np.zeros(1 << 40)", ("crash", (), False)),
    ],
)
def test_what_a_function_does_is_told(sandbox, source, outcome):
    with sandbox.child() as child:
        child.execute(source)

        outcomes = child.outcomes("add_bias")

    assert len(outcomes) == len(find("add_bias").cases())
    assert {(o.problem, o.changed, o.unstable) for o in outcomes} == {outcome}
    assert all(o.detail for o in outcomes if o.problem)
    assert innocent(sandbox)


HOSTILE = """
import numpy as np
class Hostile(np.ndarray):
    def __array__(self, *a, **k): raise SystemExit
    def __eq__(self, other): return True
    def __reduce__(self): raise SystemExit
    __array_function__ = __array_ufunc__ = __array__
def add_bias(x, b):
    return {}
"""


@pytest.mark.parametrize(
    "value",
    [
        "np.ones(3).view(Hostile)",
        "np.array([object()])",
        "np.broadcast_to(np.float64(0), (10**6, 10**6))",
        "[[[]] * 10**6]",
        "[list(range(15_000))] * 20",
        "x.astype('datetime64[s]')",
        "np.ma.array(x)",
        "np.zeros((0, 10**9))",
        "np.zeros(3, dtype='f4,i8')",
        "'x' * 10**7",
        "10**10_000",
        "x.astype('>f8')",
        "x.astype(np.longdouble)",
        "x.astype(np.float16)",
        "lambda: 3",
        "type('T', (), {})()",
        "np.ones((1,) * 32)",
        "float('nan'), -0.0, 1e308 * 10, 3 + 4j, True, None, '\\ud800'",
    ],
)
def test_whatever_a_function_returns_arrives_plain_or_not_at_all(sandbox, value):
    with sandbox.child() as child:
        child.execute(HOSTILE.format(value))

        outcomes = child.outcomes("add_bias")

    names = {}
    exec(HOSTILE.format(value), names)
    exercise = find("add_bias")
    expected = run(exercise, [names["add_bias"]], exercise.cases())
    for ours, theirs in zip(outcomes, expected, strict=True):
        assert ours.problem == theirs.problem
        if "10**7" not in value and "15_000" not in value:
            np.testing.assert_equal(ours.value, theirs.value)


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


def test_variables_are_judged_as_they_were_kept(child):
    child.execute("def helper(x): return x\ndef add_bias(x, b): return helper(x) + b")
    child.keep("add_bias")
    child.execute("def helper(x): return None\nadd_bias = 3\nnew = 4")

    kept = child.outcomes("add_bias")

    assert {outcome.problem for outcome in kept} == {None}
    assert child.execute("add_bias, new").result == "(3, 4)"


def test_what_was_kept_is_there_after_a_process_has_ended(child):
    child.execute(ANSWER)
    child.keep("add_bias")
    child.execute("add_bias = 3")
    child.execute("import os\nos._exit(0)")

    assert {outcome.problem for outcome in child.outcomes("add_bias")} == {None}


def test_one_function_that_ends_the_process_does_not_cost_the_other(child):
    child.execute("import os\ndef conv_out(*args, **options): os._exit(0)")
    child.execute("def same_pads(*args, **options): return 0, 0")

    exercise = find("conv_out")
    outcomes = child.outcomes("conv_out")

    problems = {
        function.name: {
            outcome.problem
            for case, outcome in zip(exercise.cases(), outcomes, strict=True)
            if case.function == function.name
        }
        for function in exercise.functions
    }
    assert problems == {"conv_out": {"crash"}, "same_pads": {None}}


def test_only_the_cases_of_some_groups_are_run(child):
    child.execute(ANSWER)

    outcomes = child.outcomes("add_bias", 5, groups=("edge",))

    cases = find("add_bias").cases(5)
    assert len(outcomes) == sum(case.group == "edge" for case in cases)


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
