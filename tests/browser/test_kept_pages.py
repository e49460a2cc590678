"""A site on any plain web server keeps what was visited; Python comes along or from elsewhere."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from course.offline import forget_offline, keep_offline
from tests.browser.lab import Lab

PAGE = "00-introduction/index"
RIGHT = "def add_bias(x, b):\n    return x + b"
WRONG = "def add_bias(x, b):\n    return x - b"
PATIENCE = 60_000


@contextmanager
def plain_server(folder, port=0):
    """The folder served by `python -m http.server`, as from a stick in a classroom."""
    if not port:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **silent) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()


def wait_for(port):
    for _ in range(200):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
        except OSError:
            subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError("the server did not start")


@pytest.fixture
def stick(site, tmp_path):
    """A copy of the site in a folder of its own, below the server's root."""
    shutil.copytree(site, tmp_path / "repo", copy_function=os.link)
    # These two are written anew by some tests, and the site must keep its own.
    description = tmp_path / "repo" / "_static" / "live" / "course.json"
    text = description.read_text(encoding="utf-8")
    description.unlink()
    description.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def visit(browser):
    """Open a page of a site as a new reader, who stays the same for the whole test."""
    contexts = []

    def open_page(port, page=PAGE, **options):
        contexts.append(browser.new_context(**options))
        return Lab(contexts[-1], f"http://127.0.0.1:{port}/repo/").go(page)

    yield open_page
    for context in contexts:
        context.close()


def kept(lab):
    """Wait until the page says that it is kept."""
    lab.page.wait_for_selector("html[data-kept]", timeout=PATIENCE, state="attached")


def check(lab, code):
    exercise = lab.exercise("add_bias")
    exercise.write(code)
    said = exercise.check()
    return said if "was not checked" not in said else exercise.output.inner_text()


def test_after_one_visit_a_page_and_its_checks_work_without_internet(stick, visit):
    keep_offline(stick / "repo")
    with plain_server(stick) as port:
        lab = visit(port)
        kept(lab)
    lab.context.new_cdp_session(lab.page).send("Network.clearBrowserCache")

    lab.go(PAGE)
    refused = check(lab, WRONG)
    solved = check(lab, RIGHT)

    assert refused == "Not yet: 0 of 2 points."
    assert solved == "Solved: 2 of 2 points."
    assert lab.strangers == []
    lab.page.goto(f"{lab.address}glossary.html")
    expect(lab.page.get_by_role("heading")).to_have_text("This page needs internet")


def test_pictures_below_what_was_read_are_kept_too(stick, visit):
    keep_offline(stick / "repo")
    with plain_server(stick) as port:
        lab = visit(port, "01-convolution/02-sliding-window")
        last = lab.page.locator("article img[loading=lazy]").last
        shown_before = last.evaluate("one => one.complete")
        kept(lab)
    lab.context.new_cdp_session(lab.page).send("Network.clearBrowserCache")

    lab.go("01-convolution/02-sliding-window")
    last.scroll_into_view_if_needed()

    assert not shown_before
    lab.page.wait_for_function("one => one.naturalWidth > 0", arg=last.element_handle())


def test_a_new_site_takes_over_what_the_old_one_kept_and_removes_it(stick, visit):
    site = stick / "repo"
    rewrite(site / "glossary.html", "</h1>", "</h1>")
    # A browser asks less often for what has not changed for long.
    os.utime(site / "glossary.html", (0, 0))
    keep_offline(site)
    with plain_server(stick) as port:
        lab = visit(port, "glossary")
        kept(lab)
        first = names_of_caches(lab)
        rewrite(site / "glossary.html", "</h1>", " renewed</h1>")
        keep_offline(site)
        later(site)
        lab.go("index")
        kept(lab)
        second = names_of_caches(lab)

    lab.go("glossary")

    assert len(second) == len(first)
    assert set(second) != set(first)
    expect(lab.page.get_by_role("heading", level=1)).to_contain_text("renewed")


def later(site):
    """Make the description a minute younger: a server tells a change by whole seconds."""
    description = site / "_static" / "live" / "course.json"
    seconds = description.stat().st_mtime + 60
    os.utime(description, (seconds, seconds))


def names_of_caches(lab):
    return lab.page.evaluate("caches.keys()")


def rewrite(path, old, new):
    """Change a file of the copy alone."""
    text = path.read_text(encoding="utf-8").replace(old, new)
    path.unlink()
    path.write_text(text, encoding="utf-8")


def test_a_site_that_no_longer_keeps_itself_lets_go_of_everything(stick, visit):
    site = stick / "repo"
    description = site / "_static" / "live" / "course.json"
    built_without = description.read_text(encoding="utf-8")
    keep_offline(site)
    with plain_server(stick) as port:
        lab = visit(port, "glossary")
        kept(lab)
        forget_offline(site)
        description.write_text(built_without, encoding="utf-8")
        later(site)
        lab.go("glossary")
        lab.page.wait_for_function("caches.keys().then((names) => names.length === 0)")
        workers = "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)"

        lab.page.wait_for_function(workers)


def test_the_first_visit_asks_for_nothing_more_before_the_page_is_shown(stick, visit):
    keep_offline(stick / "repo")
    with plain_server(stick) as port:
        lab = visit(port)
        kept(lab)

        late = lab.page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter(({ name }) => /service-worker|offline-|pyodide/.test(name))"
            ".map(({ startTime }) => startTime"
            " - performance.getEntriesByType('navigation')[0].loadEventStart)"
        )

    assert late
    assert min(late) >= 0


def test_a_site_on_a_stick_needs_no_other_server_and_keeps_nothing_unasked(stick, visit):
    with plain_server(stick) as port:
        lab = visit(port)

        solved = check(lab, f"import matplotlib.pyplot as plt\nplt.plot([1, 2])\n{RIGHT}")

        assert solved == "Solved: 2 of 2 points."
        assert lab.page.locator(".live-figure").count() == 1
        assert lab.strangers == []
        assert names_of_caches(lab) == []
