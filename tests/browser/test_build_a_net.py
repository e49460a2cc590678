"""The reader of chapter 8 changes a network and sees at once what becomes of it."""

from playwright.sync_api import expect

from tests.browser.test_cells import PATIENCE, edit

PAGE = "08-classic-networks/01-pattern"


def test_a_changed_net_shows_its_shapes_its_parameters_and_its_fields(open_lab):
    lab = open_lab(PAGE)
    boxes = lab.page.locator("div.cell:has(.live-tools)")
    box = boxes.nth(2)
    expect(box).to_contain_text("show(net);")

    edit(box, "show([*conv(8, 3, p=1), FLATTEN, *linear(10)]);")
    box.get_by_role("button", name="Run").click()

    output = box.locator(".live-output")
    expect(output).to_contain_text("8x28x28", timeout=PATIENCE)
    expect(output).to_contain_text("62,810")
    expect(output.get_by_role("img")).to_be_visible()

    box.locator(".cm-content").click()
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.insert_text("show([*conv(8, 3, p=1), *linear(10)]);")
    box.get_by_role("button", name="Run").click()

    expect(output).to_contain_text("linear takes a list of numbers, so flatten first")
