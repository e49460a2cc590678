"""What a reader's code does in a page is told in plain data, and in sentences that help."""

import asyncio
import builtins
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from live import page_python


@pytest.fixture(autouse=True)
def _as_in_a_page(monkeypatch):
    """Prepare Python as a page does, and undo it."""
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setenv("MPLBACKEND", "agg")
    page_python.prepare()


def run(code, names=None, title="<cell 1>", **options):
    """Run it in a thread of its own: in this one a browser's event loop may be running."""
    told = page_python.run(code, title, {} if names is None else names, **options)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, told).result()


def test_the_last_value_is_shown_as_in_a_notebook():
    assert run("x = 2\nx + 1") == {"ok": True, "text": "3", "figures": []}
    assert "text" not in run("x = 2\nx;")
    assert "text" not in run("None")


def test_what_stands_in_front_of_a_semicolon_is_done_and_not_shown():
    names = {"seen": []}

    told = run("seen.append(3);", names)

    assert names["seen"] == [3]
    assert told["ok"]
    assert "text" not in told


def test_code_may_wait_for_something():
    assert run("import asyncio\nawait asyncio.sleep(0)\n5")["text"] == "5"


def test_names_stay_from_cell_to_cell_in_one_space():
    names = page_python.names_of("page", fresh=True)

    run("x = 1", names)

    assert run("x", page_python.names_of("page", fresh=False))["text"] == "1"
    assert not run("x", page_python.names_of("page", fresh=True))["ok"]


def test_an_error_shows_the_readers_lines_only():
    told = run("def f():\n    return 1 / 0\n\nf()")["error"]

    assert told.splitlines() == [
        "Traceback (most recent call last):",
        '  File "<cell 1>", line 4, in <module>',
        "    f()",
        '  File "<cell 1>", line 2, in f',
        "    return 1 / 0",
        "           ~~^~~",
        "ZeroDivisionError: division by zero",
    ]


def test_a_syntax_error_shows_the_line_and_nothing_of_ours():
    told = run("x = 1\nfor i in range(3)\n    pass")["error"]

    assert told.startswith('  File "<cell 1>", line 2'.strip())
    assert "page_python" not in told
    assert told.endswith("SyntaxError: expected ':'")


@pytest.mark.parametrize(
    ("code", "sentence"),
    {
        "import torch": "PyTorch is not on this page. This page has NumPy and Matplotlib only.",
        "import absent_thing": "`absent_thing` is not on this page.",
        "input('? ')": "`input` cannot ask you anything on this page",
        "import numpy\nnumpy.zeros(10**15)": "The page ran out of memory.",
        "raise SystemExit(3)": "SystemExit: 3\n\nThere is no program to end on this page",
        "%matplotlib inline": "Lines that begin with `%` or `!` are for Jupyter",
        "x = 1\n  !pip install numpy": "Lines that begin with `%` or `!` are for Jupyter",
        "display(1)": "`print` the value, or put it alone on the last line.",
        "x =\u00a01": "type that place anew",
    }.items(),
)
def test_what_a_page_cannot_do_is_said_in_a_sentence(code, sentence, monkeypatch):
    monkeypatch.setitem(page_python.sys.modules, "torch", None)

    told = run(code)

    assert not told["ok"]
    assert sentence in told["error"]


def test_a_figure_has_its_title_as_text_and_is_closed():
    code = "from matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.title('Loss')\nNone"

    (figure,) = run(code)["figures"]

    assert figure["alt"] == "Loss"
    assert figure["png"].startswith("iVBOR")
    assert run("1")["figures"] == []


def test_showing_a_figure_as_in_a_script_is_no_warning():
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"

    told = run(code)

    assert told["ok"], told["error"]
    assert len(told["figures"]) == 1


def test_a_figure_that_cannot_be_drawn_is_an_error_of_the_code():
    code = "import matplotlib.pyplot as plt\nplt.title('$\\\\frac{$')\n'shown'"

    told = run(code)

    assert not told["ok"]
    assert "Expected" in told["error"]
    assert told["figures"] == []
    assert run("1") == {"ok": True, "text": "1", "figures": []}


def test_a_flood_of_figures_is_cut_and_said(capsys):
    code = "from matplotlib import pyplot\npyplot.rc('figure', max_open_warning=0)\n"

    told = run(code + "for _ in range(22):\n    pyplot.figure(figsize=(1, 1))")

    assert len(told["figures"]) == 20
    assert "[The first 20 of 22 figures are shown.]" in capsys.readouterr().err


@pytest.mark.parametrize("stream", ["io.StringIO()", "None"])
def test_what_is_printed_is_seen_again_after_code_that_has_caught_its_prints(stream, capsys):
    run(f"import io, sys\nsys.stdout = sys.stderr = {stream}\nprint('caught')")

    run("print('seen')")

    assert capsys.readouterr().out == "seen\n"


def test_a_warning_that_one_exercise_makes_an_error_is_none_in_the_next():
    code = "import warnings\nwarnings.simplefilter('error', FutureWarning)"

    run(code, restore=True)

    assert ("error", None, FutureWarning, None, 0) not in warnings.filters


def test_a_check_judges_the_names_and_not_what_the_reader_calls_check():
    names = {}
    run("def add_bias(x, b):\n    return x - b\n\ndef check(*_):\n    return 'right'", names)

    verdict = page_python.check("add_bias", names)

    assert (verdict["passed"], verdict["mistake"]) == (False, "bias_subtracted")
    assert "<section" in verdict["html"]


def test_numpy_is_whole_again_after_code_that_has_replaced_its_functions():
    code = (
        "import numpy as np\nnp.allclose = np.zeros = None\ndef add_bias(x, b):\n    return x - b"
    )
    names, before = {}, np.allclose

    told = run(code, names, "<exercise 0.1>", restore=True)

    assert told["ok"]
    assert np.allclose is before
    assert page_python.check("add_bias", names)["mistake"] == "bias_subtracted"


def test_what_is_too_long_for_a_page_is_cut():
    error = run("raise ValueError('x' * 10**6)")["error"]
    value = run("'x' * 10**6")["text"]
    html = "class Long:\n    def _repr_html_(self):\n        return 'x' * 10**7\nLong()"
    shown = run(html)

    assert max(len(error), len(value)) < 21_000
    assert shown.keys() == {"ok", "text", "figures"}
