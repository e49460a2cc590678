"""Hints come one at a time, and the solution only to those who ask twice."""

from playwright.sync_api import expect

PAGE = "00-introduction/index"


def test_a_hint_appears_when_the_one_before_was_opened(open_lab):
    card = open_lab(PAGE).exercise("add_bias").card
    hints = card.locator("details.exercise-hint")

    before = [hint.is_visible() for hint in hints.all()]
    hints.nth(0).locator("summary").click()

    assert before == [True] + [False] * (hints.count() - 1)
    expect(hints.nth(1)).to_be_visible()
    expect(hints.nth(2)).to_be_hidden()


def test_the_solution_shows_only_after_a_question(open_lab):
    solution = open_lab(PAGE).exercise("add_bias").card.locator("details.exercise-solution")
    code = solution.locator("pre")

    solution.locator("summary").click()
    expect(solution).to_contain_text("Did you try all hints?")
    expect(code).to_be_hidden()
    solution.get_by_role("button", name="Not yet").click()
    expect(solution).not_to_have_attribute("open", "")
    solution.locator("summary").click()
    solution.get_by_role("button", name="Show it").click()

    expect(code).to_be_visible()
    expect(solution.locator("summary")).to_be_focused()
