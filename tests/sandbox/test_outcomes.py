"""Functions are called as the grader itself would, and what they do is told in full."""

import numpy as np
import pytest
from honest import ANSWER, innocent

from grader.exercises import EXERCISES, find
from grader.run import run


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
    # A variation of a case is not called again, so it does not show what a second call would.
    plain = [o for c, o in zip(find("add_bias").cases(), outcomes, strict=True) if c.is_plain]
    assert {(o.problem, o.changed, o.unstable) for o in plain} == {outcome}
    assert {(o.problem, o.changed) for o in outcomes} == {outcome[:2]}
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


def test_only_the_cases_that_are_asked_for_are_run(child):
    child.execute(ANSWER)
    cases = find("add_bias").cases(5)

    outcomes = child.outcomes("add_bias", 5, places=(1, 4))

    right = [case.inputs()["x"] + case.inputs()["b"] for case in (cases[1], cases[4])]
    np.testing.assert_equal([outcome.value for outcome in outcomes], right)


FAST = """
import numpy as np
def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1):
    places = [(u, v) for u in range(w.shape[2]) for v in range(w.shape[3])]
    OH, OW = x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1
    terms = (
        np.einsum('nchw,fc->nfhw', x[:, :, u:u + OH, v:v + OW], w[:, :, u, v])
        for u, v in places
    )
    return sum(terms) + b[:, None, None]
"""
SLOW = """
fast = conv2d_fast
def conv2d_fast(*args, **options):
    sum(range(10**7))
    return fast(*args, **options)
"""
REMEMBERS = """
fast, seen = conv2d_fast, {}
def conv2d_fast(x, w, b, **options):
    if x.shape not in seen:
        seen[x.shape] = fast(x, w, b, **options)
    return seen[x.shape]
"""


@pytest.mark.parametrize(
    ("sources", "least", "most"),
    [([FAST], 30, 1e9), ([FAST, SLOW], 0.01, 20), ([FAST, REMEMBERS], 0, 0)],
    ids=["fast", "slow", "remembers"],
)
def test_speed_is_the_kernels_count_on_numbers_that_are_new(child, sources, least, most):
    for source in sources:
        child.execute(source)

    cases = find("im2col").cases()
    place = next(i for i, case in enumerate(cases) if case.group == "speed")

    (outcome,) = child.outcomes("im2col", places=(place,))

    assert least <= outcome.speedup <= most


def test_a_flood_of_results_ends_the_function_not_the_grader(child):
    child.execute("import numpy as np\ndef add_bias(x, b): return np.zeros((4_000_000,))")
    child.execute("def conv2d_forward(*args, **options): return np.zeros((4_000_000,))")

    few, many = child.outcomes("add_bias"), child.outcomes("conv2d_forward")

    kept = sum(outcome.value.nbytes for outcome in [*few, *many] if outcome.problem is None)
    assert kept <= 2 * 128 << 20
    assert {outcome.problem for outcome in many} <= {None, "crash", "time"}
    assert "more than 128 MiB" in many[-1].detail or many[-1].problem == "time"
