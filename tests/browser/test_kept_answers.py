"""What a reader typed and solved is kept, whatever happens to the page."""

import json

import pytest
from playwright.sync_api import expect

from benchmarks.site import chromium
from tests.browser.conftest import FLAGS
from tests.browser.lab import Lab

PAGE = "00-introduction/index"
RIGHT = "def add_bias(x, b):\n    return x + b"
KEY = "cnn-by-hand:answer:add_bias"


def test_an_answer_and_its_tick_are_there_after_a_reload_and_on_other_pages(open_lab):
    lab = open_lab(PAGE)
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)
    exercise.check()

    lab.go(PAGE)
    again = lab.exercise("add_bias")

    assert again.code() == RIGHT
    assert again.card.locator(".live-tick").inner_text() == "✓ solved"
    lab.go("01-convolution/index")
    counts = lab.page.locator(".bd-sidebar-primary .live-count").all_inner_texts()
    assert [text.split()[0] for text in counts[:3]] == ["1/1", "0/9", "0/9"]
    assert "1 of 1 exercises solved" in counts[0]


def test_an_answer_is_saved_soon_after_the_last_key(open_lab):
    lab = open_lab(PAGE)

    lab.exercise("add_bias").write(RIGHT)
    lab.page.wait_for_timeout(400)

    assert json.loads(lab.stored()[KEY])["code"] == RIGHT


def test_an_answer_survives_a_reload_at_once_after_the_last_key(open_lab):
    lab = open_lab(PAGE)

    lab.exercise("add_bias").write(RIGHT)
    lab.go(PAGE)

    assert lab.exercise("add_bias").code() == RIGHT


def test_a_changed_starter_keeps_the_earlier_answer(open_lab):
    lab = open_lab(PAGE)
    saved = json.dumps({"code": RIGHT, "starter": "another one"})
    lab.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, saved])

    lab.go(PAGE)
    exercise = lab.exercise("add_bias")
    shown = exercise.code()
    exercise.press("Show my earlier answer")

    assert "NotImplementedError" in shown
    assert exercise.code() == RIGHT


def test_reset_brings_the_starter_and_keeps_the_answer(open_lab):
    lab = open_lab(PAGE)
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)

    exercise.press("Reset")

    assert "NotImplementedError" in exercise.code()
    exercise.press("Show my earlier answer")
    assert exercise.code() == RIGHT


def test_an_answer_may_use_the_answer_of_an_earlier_exercise(open_lab):
    lab = open_lab("01-convolution/11-exercises")
    lab.exercise("conv_out").write("def conv_out(*_):\n    return 'from exercise 1.1'")
    later = lab.exercise("cross_correlate2d")

    later.write("print(conv_out(5, 3))")
    lab.page.wait_for_timeout(400)
    later.press("Run")

    expect(later.output).to_have_text("from exercise 1.1", timeout=90_000)


BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"


@pytest.mark.parametrize("trouble", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_the_page_works_and_says_what_is_lost(open_lab, trouble):
    lab = open_lab(PAGE)
    lab.page.add_init_script(trouble)

    lab.go(PAGE)
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)

    expect(lab.page.locator(".live-status")).to_contain_text("does not let the page save")
    with lab.page.expect_download() as started:
        lab.page.get_by_role("button", name="Download the notebook").click()
    assert RIGHT.splitlines()[1] in started.value.path().read_text(encoding="utf-8")
    assert exercise.check() == "Solved: 2 of 2 points."
    expect(lab.page.locator(".live-status")).to_contain_text("does not let the page save")
    lab.page.get_by_role("button", name="Close").click()
    expect(lab.page.locator(".live-status")).to_be_hidden()


def test_two_tabs_are_told_of_each_other_and_both_answers_are_kept(open_lab):
    lab = open_lab(PAGE)
    other = Lab(lab.context, lab.address).go(PAGE)

    lab.exercise("add_bias").write(RIGHT)
    status = other.page.locator(".live-status")
    expect(status).to_contain_text("Another tab has changed your answer to exercise 0.1")
    later = other.exercise("add_bias")
    later.write("my second attempt")
    expect(later.said).to_contain_text("The answer of the other tab is kept")
    later.press("Show my earlier answer")

    assert later.code() == RIGHT


@pytest.fixture
def returning(browser, address):
    """A browser that keeps pages as they were left and shows them so on Back, as readers' do."""
    keeping = {"ignore_default_args": ["--disable-back-forward-cache"], "args": FLAGS}
    own = browser.browser_type.launch(executable_path=chromium(), **keeping)
    yield Lab(own.new_context(), address)
    own.close()


def test_going_back_shows_what_was_written_and_solved_since(returning):
    lab = returning.go(PAGE)
    lab.exercise("add_bias").write("an older attempt")
    lab.go("progress").page.evaluate("document.body.dataset.left = 'so'")
    exercise = lab.go(PAGE).exercise("add_bias")
    exercise.write(RIGHT)
    exercise.check()

    lab.page.evaluate("history.go(-1)")

    expect(lab.page.locator("body[data-left=so]")).to_be_attached()
    expect(lab.page.locator("#live-progress")).to_contain_text("You have 2 of")
    lab.page.evaluate("history.go(-1)")
    expect(lab.exercise("add_bias").editor).to_contain_text("return x + b")


ODD = ["not even JSON", "3", "null", '"text"', '{"code": 5}', "[[]]"]


def test_odd_things_in_the_browser_s_storage_break_nothing(open_lab):
    lab = open_lab(PAGE)
    keys = ["answer:add_bias", "progress", "cell:x"]
    for text in ODD:
        for key in keys:
            pair = [f"cnn-by-hand:{key}", text]
            lab.page.evaluate("([key, value]) => localStorage.setItem(key, value)", pair)

        lab.go(PAGE)

        assert "NotImplementedError" in lab.exercise("add_bias").code()
