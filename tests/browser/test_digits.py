"""The pages of chapter 8 bring their digits along, and a training may take its time."""

import json

from playwright.sync_api import expect

from tests.browser.test_cells import edit

LAB_PAGE = "08-classic-networks/09-training-lab"
PATIENCE = 90_000


def test_a_cell_that_names_the_digits_gets_them_and_other_pages_do_not_wait_for_them(open_lab):
    lab = open_lab(LAB_PAGE)
    loaded = "live.python.files.wheels.some((wheel) => wheel.includes('08_classic_networks'))"
    cell = lab.page.locator("div.cell:has(.live-tools)").first

    cell.get_by_role("button", name="Run").click()

    expect(cell.locator(".live-output")).to_contain_text("1400", timeout=PATIENCE)
    assert lab.page.locator("[data-exercise]").count() == 0
    assert lab.page.evaluate(loaded)
    assert not lab.go("08-classic-networks/08-compare").page.evaluate(loaded)


def test_the_check_of_a_training_is_given_the_time_that_its_cases_ask_for(open_lab, site):
    course = json.loads((site / "_static" / "live" / "course.json").read_text(encoding="utf-8"))
    given = course["exercises"]["train_lenet"]["seconds"]
    lab = open_lab("08-classic-networks/10-exercises")
    lab.page.evaluate(
        "live.python.call = async (_work, _onOutput, seconds) => "
        "({ ok: false, error: `given ${seconds} seconds` })"
    )

    lab.exercise("train_lenet").press("Check")

    expect(lab.exercise("train_lenet").output).to_contain_text(f"given {given:g} seconds")
    assert given > 100


def test_a_cell_that_draws_with_our_own_plots_has_what_they_need(open_lab):
    lab = open_lab(LAB_PAGE)
    cell = lab.page.locator("div.cell:has(.live-tools)").first
    code = "from convnet import History\nfrom convnet.plots import plot_history\n"

    edit(cell, code + "figure = plot_history(History([2.0, 1.0], [0.2, 0.6]))")
    cell.get_by_role("button", name="Run").click()

    expect(cell.locator(".live-output").get_by_role("img")).to_be_visible(timeout=PATIENCE)
