"""Everyone can use the page: on a phone, with the keyboard, without any script."""

import pytest
from playwright.sync_api import expect

WIDTH = 390
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"viewport": {"width": WIDTH, "height": 844}, "has_touch": True, "is_mobile": True}
FINGER = 44
TARGETS = ("button", "summary", "input")


def test_a_phone_scrolls_no_page_sideways(open_lab, pages):
    lab = open_lab("index", **PHONE)

    found = {page: width(lab.go(page)) for page in pages}

    assert {page: pixels for page, pixels in found.items() if pixels > WIDTH} == {}


def width(lab):
    """How wide the page is; a phone would show all of it, but smaller."""
    lab.settle()
    return lab.page.evaluate("document.documentElement.scrollWidth")


SHAPES = """(images) => images.map((one) => {
  const [width, height] = ["width", "height"].map((name) => Number(one.getAttribute(name)));
  return [one.src, one.width / one.height / (width / height)];
})"""


@pytest.mark.parametrize("viewport", [{"width": WIDTH, "height": 844}, DESKTOP])
def test_a_picture_keeps_its_shape_at_any_width(open_lab, viewport):
    lab = open_lab("01-convolution/02-sliding-window", viewport=viewport)

    found = lab.page.locator("article figure > img").evaluate_all(SHAPES)

    assert len(found) >= 2
    assert [src for src, stretch in found if abs(stretch - 1) > 0.01] == []


def test_a_failed_check_fits_on_a_phone_and_under_a_finger(open_lab):
    lab = open_lab("00-introduction/index", **PHONE)
    exercise = lab.exercise("add_bias")

    exercise.write("print('x' * 300)\ndef add_bias(x, b):\n    return x - b")
    exercise.check()

    assert exercise.mistake() == "bias_subtracted"
    assert width(lab) <= WIDTH
    assert small_targets(lab) == []


@pytest.mark.parametrize("page", ["01-convolution/11-exercises", "01-convolution/07-im2col"])
def test_every_button_is_large_enough_for_a_finger(open_lab, page):
    assert small_targets(open_lab(page, **PHONE)) == []


def small_targets(lab):
    """What can be pressed in the article but is smaller than a finger."""
    seen = lab.page.locator("article").locator(", ".join(TARGETS)).locator("visible=true").all()
    boxes = [(one.inner_text(), one.bounding_box()) for one in seen]
    assert boxes
    return [(text, box) for text, box in boxes if min(box["width"], box["height"]) < FINGER]


def test_an_exercise_is_solved_with_the_keyboard_alone(open_lab):
    lab = open_lab("00-introduction/index")
    exercise = lab.exercise("add_bias")
    keyboard = lab.page.keyboard

    exercise.editor.focus()
    keyboard.press("Control+A")
    keyboard.type("def add_bias(x, b):\nreturn x + b")
    keyboard.press("Escape")
    keyboard.press("Tab")
    focused = lab.page.evaluate("document.activeElement.getAttribute('aria-label')")
    outline = lab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    keyboard.press("Enter")

    assert focused == "Check exercise 0.1"
    assert outline == "solid"
    expect(exercise.said).to_have_text("Solved: 2 of 2 points.", timeout=90_000)


def test_an_endless_loop_is_stopped_with_the_keyboard_and_the_focus_stays(open_lab):
    lab = open_lab("00-introduction/index")
    exercise = lab.exercise("add_bias")
    exercise.write("while True:\n    pass")

    lab.page.keyboard.press("Control+Enter")
    expect(lab.page.get_by_role("button", name="Stop")).to_be_visible(timeout=90_000)
    lab.page.keyboard.press("Control+Shift+Enter")

    expect(exercise.output).to_contain_text("Stopped", timeout=90_000)
    assert exercise.editor.evaluate("one => one === document.activeElement")
    assert exercise.code() == "while True:\n    pass"


FOCUS = """(({tagName, ariaLabel, textContent}, {outlineStyle}) =>
  [outlineStyle, tagName, (ariaLabel || textContent).trim()])
  (document.activeElement, getComputedStyle(document.activeElement))"""


def test_every_stop_of_the_tab_key_in_an_exercise_is_seen(open_lab):
    lab = open_lab("00-introduction/index", reduced_motion="reduce")
    lab.exercise("add_bias").editor.focus()
    blinking = lab.page.locator(".cm-cursorLayer").first

    lab.page.keyboard.press("Escape")
    stops = []
    for _ in range(5):
        lab.page.keyboard.press("Tab")
        stops.append(lab.page.evaluate(FOCUS))

    names = [name for _, _, name in stops]
    assert names[:3] == [f"{name} exercise 0.1" for name in ("Check", "Run", "Reset")]
    assert [tag for _, tag, _ in stops[3:]] == ["SUMMARY", "SUMMARY"]
    assert [stop for stop in stops if stop[0] == "none"] == []
    assert blinking.evaluate("one => getComputedStyle(one).animationName") == "none"


INK = "getComputedStyle(document.querySelector('article p')).color"


def test_paper_has_dark_letters_and_no_buttons_whatever_the_screen_shows(open_lab):
    lab = open_lab("00-introduction/index", color_scheme="dark")
    light = open_lab("00-introduction/index", color_scheme="light").page.evaluate(INK)
    before = lab.page.evaluate(INK)
    lab.page.evaluate(f"addEventListener('beforeprint', () => (window.printed = {INK}))")

    lab.page.pdf()
    lab.page.emulate_media(media="print")

    assert lab.page.evaluate("window.printed") == light
    assert lab.page.evaluate(INK) == before != light
    expect(lab.page.get_by_role("button", name="Check exercise 0.1")).to_be_hidden()


def test_without_scripts_the_page_can_be_read(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}00-introduction/index.html")

    expect(page.locator(".exercise .starter pre")).to_be_visible()
    assert page.locator(".live-tools").count() == 0
    context.close()
