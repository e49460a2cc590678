"""Everyone can use the page: on a phone, with the keyboard, without any script."""

import pytest
from playwright.sync_api import expect

PAGES = ["00-introduction/index", "01-convolution/02-sliding-window", "01-convolution/11-exercises"]
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_never_scrolls_sideways(open_lab, page):
    lab = open_lab(page, viewport=PHONE)

    widths = lab.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

    assert widths[0] <= widths[1]


def test_the_report_of_a_check_fits_on_a_phone(open_lab):
    lab = open_lab("00-introduction/index", viewport=PHONE)
    exercise = lab.exercise("add_bias")

    exercise.write("def add_bias(x, b):\n    return x - b")
    exercise.check()

    assert lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_button_is_large_enough_for_a_finger(open_lab):
    lab = open_lab("00-introduction/index", viewport=PHONE)

    for button in lab.page.locator(".live-tools button:visible").all():
        box = button.bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44


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


def test_without_scripts_the_page_can_be_read(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}00-introduction/index.html")

    expect(page.locator(".exercise .starter pre")).to_be_visible()
    assert page.locator(".live-tools").count() == 0
    context.close()
