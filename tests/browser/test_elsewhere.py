"""Python may come from another server, as by default; if it cannot, the page says what is wrong."""

import functools
import http.server
import json
import threading

import pytest
from playwright.sync_api import expect

from course.pyodide import SERVER, fetch

PAGE = "00-introduction/index"
RIGHT = "def add_bias(x, b):\n    return x + b"
DESCRIPTION = "**/_static/live/course.json"


@pytest.fixture
def far_server():
    """Another origin that hands out Pyodide to everyone, as a public server does."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self):
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=fetch())
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def take_python_from(lab, server, site):
    """Open the page of a site that was built to take Python from a server."""
    course = json.loads((site / "_static" / "live" / "course.json").read_text(encoding="utf-8"))
    text = json.dumps(course | {"pyodide": server})
    lab.context.route(DESCRIPTION, lambda route: route.fulfill(body=text))
    exercise = lab.go(PAGE).exercise("add_bias")
    exercise.write(RIGHT)
    return exercise


def test_python_from_another_server_checks_too(open_lab, site, far_server):
    lab = open_lab(PAGE)

    said = take_python_from(lab, far_server, site).check()

    assert said == "Solved: 2 of 2 points."
    assert {url.startswith(far_server) for url in lab.strangers} == {True}
    lab.strangers.clear()


def test_a_public_server_out_of_reach_is_named_and_the_answer_stays(open_lab, site):
    lab = open_lab(PAGE)
    lab.context.route(f"{SERVER}**", lambda route: route.abort())

    exercise = take_python_from(lab, SERVER, site)
    exercise.press("Check")

    status = lab.page.locator(".live-status")
    expect(status).to_contain_text("Python could not be started from cdn.jsdelivr.net.")
    expect(status).to_contain_text("Your answers are kept. Press the button again to retry.")
    expect(exercise.said).to_contain_text("was not checked")
    assert lab.strangers == [f"{SERVER}pyodide.mjs"]
    lab.strangers.clear()
    assert lab.go(PAGE).exercise("add_bias").code() == RIGHT


def test_python_that_could_not_be_loaded_is_tried_again(open_lab):
    lab = open_lab(PAGE)
    lab.context.route("**/pyodide.asm.wasm", lambda route: route.abort())
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)

    exercise.press("Check")
    expect(lab.page.locator(".live-status")).to_contain_text(
        "Python could not be started", timeout=30_000
    )
    lab.context.unroute("**/pyodide.asm.wasm")

    assert exercise.check() == "Solved: 2 of 2 points."


def test_a_server_that_never_answers_can_be_given_up(open_lab):
    lab = open_lab(PAGE)
    waiting = []
    lab.context.route("**/pyodide.asm.wasm", lambda route: waiting.append(route))
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)

    exercise.press("Check")
    lab.page.get_by_role("button", name="Stop").click()
    expect(exercise.output).to_contain_text("Stopped before Python was there.")
    lab.context.unroute("**/pyodide.asm.wasm")

    assert exercise.check() == "Solved: 2 of 2 points."


def test_a_page_without_its_description_can_be_read_and_says_so(open_lab):
    lab = open_lab(PAGE)
    lab.context.route(DESCRIPTION, lambda route: route.abort())

    lab.page.reload()

    expect(lab.page.locator(".live-status")).to_contain_text("can be read but not run")
    expect(lab.page.locator(".exercise .starter pre")).to_be_visible()
    lab.errors.clear()


def test_a_page_opened_as_a_file_says_how_to_run_it(browser, site):
    context = browser.new_context()
    page = context.new_page()

    page.goto((site / f"{PAGE}.html").as_uri())

    expect(page.get_by_role("note").first).to_contain_text("python -m http.server")
    expect(page.locator(".exercise .starter pre")).to_be_visible()
    context.close()
