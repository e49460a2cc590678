"""Cells of the text run in the page, and whatever a reader's code does, the page stays usable."""

import re

import pytest
from playwright.sync_api import expect

PAGE = "01-convolution/02-sliding-window"
EXERCISE = "00-introduction/index"
PATIENCE = 90_000


def edit(box, code):
    """Replace a cell's code, as by pasting."""
    box.get_by_role("button", name="Edit").click()
    box.page.keyboard.press("Control+A")
    box.page.keyboard.insert_text(code)


def test_a_cell_can_be_edited_and_shows_what_it_now_gives(open_lab):
    lab = open_lab("01-convolution/01-why-not-flatten")
    box = lab.page.locator("div.cell:has(.live-tools)").first

    edit(box, "print('hello', 6 * 7)\n'and' + ' more'")
    lab.page.keyboard.press("Control+Enter")

    expect(box.locator(".live-output")).to_have_text(
        re.compile("hello 42\n?'and more'"), timeout=PATIENCE
    )


def test_a_cell_that_waits_for_a_broken_one_above_says_so(open_lab):
    lab = open_lab(PAGE)
    boxes = lab.page.locator("div.cell:has(.live-tools)")

    edit(boxes.first, "1 / 0")
    boxes.nth(1).get_by_role("button", name="Run").click()

    expect(boxes.nth(1).locator(".live-output")).to_have_text(
        "This cell waits for cell 1 above, which did not run. See the message there.",
        timeout=PATIENCE,
    )
    expect(boxes.first.locator(".live-output")).to_contain_text("ZeroDivisionError")


@pytest.fixture(scope="module")
def shared(browser, address):
    """One page for several short tests, so that Python starts once."""
    from tests.browser.lab import Lab

    lab = Lab(browser.new_context(), address).go(EXERCISE)
    yield lab.exercise("add_bias")
    lab.context.close()


def test_a_plot_is_a_picture_with_its_title_as_text(shared):
    shared.write("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('A line')\nNone")
    shared.press("Run")

    expect(shared.output.get_by_alt_text("A line")).to_be_visible(timeout=PATIENCE)


HELPFUL = {
    "torch": ("import torch", "PyTorch is not on this page."),
    "input": ("input('? ')", "write the value into the code instead"),
    "syntax": ("def f(:\n    pass", 'File "<exercise 0.1>", line 1'),
    "absent": ("import scikit_absent", "`scikit_absent` is not on this page."),
}


@pytest.mark.parametrize(("code", "sentence"), HELPFUL.values(), ids=HELPFUL)
def test_what_does_not_work_here_is_said_in_a_sentence(shared, code, sentence):
    shared.write(code)
    shared.press("Run")

    expect(shared.output).to_contain_text(sentence, timeout=PATIENCE)
    assert "page_python" not in shared.output.inner_text()


def test_an_endless_loop_can_be_stopped_and_python_comes_back(shared):
    shared.write("print('begin')\nwhile True:\n    pass")
    shared.press("Run")
    expect(shared.output).to_contain_text("begin", timeout=PATIENCE)
    shared.lab.page.get_by_role("button", name="Stop").click()
    expect(shared.output).to_contain_text("Stopped.", timeout=5_000)
    shared.write("def add_bias(x, b):\n    return x + b")

    assert shared.check() == "Solved: 2 of 2 points."


def test_a_check_of_an_endless_loop_ends_by_itself(open_lab):
    lab = open_lab(EXERCISE)
    exercise = lab.exercise("add_bias")
    lab.page.evaluate("live.exercises[0].facts.seconds = 2")

    exercise.write("def add_bias(x, b):\n    while True:\n        pass")
    said = exercise.check()

    assert "was not checked" in said
    expect(exercise.output).to_contain_text("Is there a loop that never ends?")


@pytest.mark.parametrize("line", ["print('x' * 50)", "print(1, end='', flush=True)"])
def test_a_flood_of_prints_is_cut_and_can_be_stopped(shared, line):
    shared.write(f"while True:\n    {line}")
    shared.press("Run")
    expect(shared.output).to_contain_text("The output was cut here.", timeout=PATIENCE)
    shared.lab.page.get_by_role("button", name="Stop").click(timeout=5_000)

    expect(shared.output).to_contain_text("Stopped.", timeout=5_000)
    assert len(shared.output.inner_text()) < 110_000


def test_what_an_ended_python_still_says_is_not_heard(shared):
    shared.write("print('before')")
    shared.press("Run")
    expect(shared.output).to_contain_text("before", timeout=PATIENCE)

    shared.write("print('after')")
    shared.lab.page.evaluate("""() => {
      const old = live.python.worker;
      live.python.stop();
      document.querySelector("[data-exercise] button[aria-label^=Run]").click();
      old.dispatchEvent(new ErrorEvent("error", { message: "a late one" }));
      old.dispatchEvent(new MessageEvent("message", { data: { type: "broken", reason: "" } }));
    }""")

    expect(shared.output).to_contain_text("after", timeout=PATIENCE)


def test_memory_that_runs_out_is_said_and_the_next_run_works(shared):
    shared.write("kept = []\nwhile True:\n    kept.append(bytearray(200_000_000))")
    shared.press("Run")
    expect(shared.output).to_contain_text("ran out of memory", timeout=PATIENCE)
    shared.write("print('back again')")
    shared.press("Run")

    expect(shared.output).to_contain_text("back again", timeout=PATIENCE)


def test_functions_that_call_each_other_for_ever_are_survived(shared):
    shared.write("def f():\n    return f()\nf()")
    shared.press("Run")
    expect(shared.output.locator(".error")).to_contain_text(
        re.compile("RecursionError|too deeply"), timeout=PATIENCE
    )
    shared.write("print('back again')")
    shared.press("Run")

    expect(shared.output).to_contain_text("back again", timeout=PATIENCE)
