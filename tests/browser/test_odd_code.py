"""Code that turns against the grader or the page neither fools nor breaks them."""

import pytest
from playwright.sync_api import expect

PAGE = "00-introduction/index"
WRONG = "def add_bias(x, b):\n    return x - b\n"
RIGHT = "def add_bias(x, b):\n    return x + b\n"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def exercise(browser, address):
    """One page for all of these, as one reader would try them."""
    from tests.browser.lab import Lab

    lab = Lab(browser.new_context(), address).go(PAGE)
    yield lab.exercise("add_bias")
    assert lab.errors == []
    lab.context.close()


FOOLING = {
    "check": "def check(*_):\n    return 'Solved'\n",
    "grader": "import grader\ngrader.check = lambda *_: 'Solved'\n",
    "allclose": "np.allclose = lambda *_, **__: True\n",
}


@pytest.mark.parametrize("line", FOOLING.values(), ids=FOOLING)
def test_a_redefined_check_fools_nobody(exercise, line):
    exercise.write(WRONG + line)

    assert exercise.check() == "Not yet: 0 of 2 points."
    assert exercise.mistake() == "bias_subtracted"


BREAKING = {
    "closing": ("import js\njs.close()", "close belongs to the page"),
    "deaf": ("import js\njs.self.onmessage = None\nprint('now deaf')", "now deaf"),
    "sending": ("import js\nwhile True:\n    js.postMessage(1)", "postMessage belongs to the page"),
    "builtins": ("import builtins\nbuiltins.isinstance = None\n1 + ''", "TypeError"),
    "late": (
        "from js import setTimeout, eval\nsetTimeout(eval('() => { throw Error(`late`) }'), 0)\n"
        "import asyncio\nawait asyncio.sleep(1)",
        "Python broke down",
    ),
    "ending": ("import os\nos._exit(0)", "Python broke down: the code has ended it."),
    "aborting": ("import os\nos.abort()", "Python broke down: Aborted()"),
    "long": ("raise ValueError('x' * 10**8)", "…"),
}


@pytest.mark.parametrize(("code", "sentence"), BREAKING.values(), ids=BREAKING)
def test_what_breaks_the_page_s_python_is_said_and_the_next_check_works(exercise, code, sentence):
    exercise.write(code)
    exercise.press("Run")
    expect(exercise.output).to_contain_text(sentence, timeout=PATIENCE)
    length = len(exercise.output.inner_text())
    exercise.write(RIGHT)

    assert exercise.check() == "Solved: 2 of 2 points."
    assert length < 25_000


def test_code_that_damages_what_the_page_needs_is_told_and_python_starts_anew(exercise):
    exercise.write("import sys\nsys.modules['numpy'] = None")
    exercise.press("Run")
    expect(exercise.said).to_contain_text("Your code ran.", timeout=PATIENCE)
    exercise.write(RIGHT)

    exercise.press("Check")
    expect(exercise.output).to_contain_text("the code has damaged what the page needs")

    assert exercise.check() == "Solved: 2 of 2 points."


def test_a_button_that_is_pressed_twice_shows_what_is_printed_once(exercise):
    exercise.write("import time\ntime.sleep(0.5)\nprint('once')")

    exercise.press("Run")
    exercise.press("Run")
    expect(exercise.said).to_have_text("Your code ran.", timeout=PATIENCE)
    exercise.lab.page.wait_for_function("live.python.state === 'idle'")

    expect(exercise.output).to_have_text("once\n")
