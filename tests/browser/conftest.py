"""The self-hosted site in a real browser, under a sub-path, cut off from every other server."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from benchmarks.site import chromium
from course.book import forget_stale
from tests.browser.lab import Lab

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/repo"
FLAGS = ["--no-sandbox", "--disable-gpu"]
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    """Mark everything here, so that `-m 'not browser'` leaves it out."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    """The whole site with its own Python, built once, however many processes run the tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    out = shared / "lab"
    (ROOT / "_build").mkdir(exist_ok=True)
    with FileLock(ROOT / "_build" / "tests.lock"):
        if not (out / "done").exists():
            build_site(out)
            (out / "done").touch()
    return out / "_build" / "html"


def build_site(out):
    """Build it; without Pyodide this fails, and never skips."""
    run = functools.partial(subprocess.run, cwd=ROOT, capture_output=True, text=True)
    jb = Path(sys.executable).with_name("jb")
    command = [jb, "build", "book", "--config", "_config.yml", "--path-output", out, "-W"]
    made = run([sys.executable, "-m", "course", "pyodide", "figures", "live"])
    assert made.returncode == 0, made.stderr
    assert "off, so" not in made.stdout, made.stdout
    forget_stale(ROOT)
    built = run(command, env=os.environ | {"PYTHONPATH": str(ROOT), "SELF_HOSTED": "1"})
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="session")
def pages(site):
    """The names of all pages that have an article."""
    files = sorted(site.rglob("*.html"))
    found = [path for path in files if 'class="bd-article"' in path.read_text(encoding="utf-8")]
    return [path.relative_to(site).with_suffix("").as_posix() for path in found]


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served, as a plain server would: no special headers."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path):
            inside = path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else "/nowhere"
            return super().translate_path(inside)

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            """A browser that closes a page drops its connections."""

    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=site)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser():
    """Chromium, for all tests of a process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_lab(browser, address):
    """Open pages as a new reader; fail if a page asks any other server for anything."""
    labs = []

    def open_page(page, **options):
        context = browser.new_context(**({"viewport": DESKTOP} | options))
        labs.append(Lab(context, address))
        return labs[-1].go(page)

    yield open_page
    for lab in labs:
        strangers, errors = lab.strangers, lab.errors
        lab.context.close()
        assert strangers == []
        assert errors == []
