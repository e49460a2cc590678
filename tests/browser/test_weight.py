"""No page is heavier than promised; times are measured by `make bench`."""

from benchmarks.host import served
from benchmarks.page_bytes import PAGE_MOST, SCRIPT_MOST, START_MOST, weigh, weigh_start
from benchmarks.site import pages_of


def test_no_page_is_heavy_before_its_first_run(browser, site):
    context = browser.new_context()

    with served(site) as base:
        weights = [weigh(context, site, base, name) for name in pages_of(site)]
    context.close()

    assert [one for one in weights if one.all > PAGE_MOST] == []
    assert [one for one in weights if one.script > SCRIPT_MOST] == []
    assert min(one.script for one in weights) > 0
    assert max(one.script for one in weights) > 50e3, "no page has an editor"


def test_the_start_of_python_is_not_heavy(browser, site):
    context = browser.new_context()

    with served(site) as base:
        received = weigh_start(context, site, base)
    context.close()

    assert 5e6 < received < START_MOST
