"""Every cell of every page that is not kept static runs in the page."""

import re


def pages_with_cells(site):
    """The pages that have at least one cell that is not kept static."""
    found = []
    for path in sorted(site.rglob("*.html")):
        if re.search(r'class="(?!.*tag_no-live)[^"]*\bcell docutils', path.read_text("utf-8")):
            found.append(path.relative_to(site).with_suffix("").as_posix())
    return found


def test_every_live_cell_of_every_page_runs(open_lab, site):
    failed = {}
    lab = open_lab("index")
    for name in pages_with_cells(site):
        lab.go(name)
        cells = lab.page.locator(".cell .live-tools").get_by_role("button", name="Run")
        if not cells.count():
            continue
        cells.last.click()
        lab.page.wait_for_function(
            "live.cells.every((cell) => cell.ranIn)"
            " || document.querySelector('.live-output .error')"
        )
        errors = lab.page.locator(".live-output .error").all_inner_texts()
        failed |= {name: errors} if errors else {}

    assert failed == {}
