"""An editor shows its code at once, and becomes one proper when its reader comes near."""

import pytest
from playwright.sync_api import expect

from grader.exercises.convolution import EXERCISES

PAGE = "01-convolution/11-exercises"
FIRST, LAST = EXERCISES[0].slug, EXERCISES[-1].slug
ANSWER = "def f(x):\n\tif x:\n        return 'mine'\n\n" + "# one more line\n" * 8 + "# end"
CLOSED = ".live-closed"


def answered(open_lab):
    """The page of exercises with an answer in its last one, opened anew at its top."""
    lab = open_lab(PAGE)
    lab.exercise(LAST).write(ANSWER)
    lab.go(PAGE).settle()
    return lab, lab.exercise(LAST)


def test_a_far_editor_opens_with_the_saved_answer_when_scrolled_to(open_lab):
    lab, exercise = answered(open_lab)
    editor = exercise.card.locator(".live-editor")
    expect(editor.locator(CLOSED)).to_have_count(1)
    code, height = exercise.code(), editor.bounding_box()["height"]

    editor.scroll_into_view_if_needed()
    expect(editor.locator(CLOSED)).to_have_count(0)

    assert exercise.code() == code == ANSWER
    assert editor.bounding_box()["height"] == pytest.approx(height, abs=1)


def test_a_far_editor_opens_with_the_saved_answer_when_focused(open_lab):
    lab, exercise = answered(open_lab)
    expect(exercise.card.locator(CLOSED)).to_have_count(1)

    exercise.editor.focus()
    expect(exercise.card.locator(CLOSED)).to_have_count(0)
    expect(exercise.editor).to_be_focused()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.type(" of it")

    assert exercise.code() == f"{ANSWER} of it"


@pytest.mark.parametrize("opens", ["after the keys", "between two keys"])
def test_what_is_typed_before_an_editor_is_open_is_kept(open_lab, opens):
    lab = open_lab(PAGE)
    waiting = []
    lab.context.route("**/view-*.js", lambda route: waiting.append(route))
    exercise = lab.go(PAGE).exercise(FIRST)
    closed = exercise.card.locator(CLOSED)

    exercise.editor.click()
    lab.page.keyboard.press("Control+A")
    if opens == "between two keys":
        waiting[0].continue_()
        expect(closed).to_have_count(0)
    lab.page.keyboard.insert_text("x = 1\ny = 2")
    lab.page.keyboard.press("ArrowLeft")
    lab.page.keyboard.type("4")
    if opens == "after the keys":
        assert exercise.code() == "x = 1\ny = 42"
        waiting[0].continue_()
        expect(closed).to_have_count(0)
    lab.page.keyboard.type("0")

    assert exercise.code() == "x = 1\ny = 402"


def test_an_editor_that_opens_late_takes_the_focus_from_nobody(open_lab):
    lab = open_lab(PAGE)
    waiting = []
    lab.context.route("**/view-*.js", lambda route: waiting.append(route))
    exercise = lab.go(PAGE).exercise(FIRST)
    exercise.editor.focus()
    check = exercise.card.get_by_role("button", name="Check")

    while not waiting:
        lab.page.wait_for_timeout(20)
    check.focus()
    waiting[0].continue_()
    expect(exercise.card.locator(CLOSED)).to_have_count(0)

    expect(check).to_be_focused()


def test_an_answer_can_be_checked_before_its_editor_is_open(open_lab):
    lab = open_lab(PAGE)
    lab.context.route("**/view-*.js", lambda route: route.abort())
    exercise = lab.go(PAGE).exercise(FIRST)

    said = exercise.check()

    expect(exercise.card.locator(CLOSED)).to_have_count(1)
    assert said.startswith("Not yet: 0 of")
    assert "not written yet" in exercise.verdict.inner_text()


WHERE = """() => {
  const { ariaLabel, textContent } = document.activeElement;
  return [Boolean(document.activeElement.closest(".live-editor")), ariaLabel || textContent.trim()];
}"""


def test_the_keyboard_alone_reaches_every_editor_in_order_and_leaves_it(open_lab):
    lab = open_lab(PAGE)
    lab.exercise(FIRST).editor.focus()
    labels = [f"Your answer to exercise {exercise.number}" for exercise in EXERCISES]

    seen = []
    for _ in range(15 * len(labels)):
        is_editor, label = lab.page.evaluate(WHERE)
        seen += [label] if is_editor else []
        if len(seen) == len(labels):
            break
        if is_editor:
            expect(lab.page.locator(".cm-focused .cm-content:focus")).to_have_count(1)
            lab.page.keyboard.press("Escape")
        lab.page.keyboard.press("Tab")

    assert seen == labels
