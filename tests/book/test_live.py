"""A book with the scripts is live; without them it builds all the same, and says so."""

import json

import pytest
from live import CHECK_SECONDS, seconds_of

from course.bundle import ENTRIES
from grader.exercises import find
from tests.book import small_book

TEXT = "# A page\n\nSome text."


@pytest.fixture
def scripts(tmp_path):
    """A folder with scripts and a wheel, as `make live` leaves it."""
    folder = tmp_path / "scripts"
    (folder / "js").mkdir(parents=True)
    for name in ENTRIES:
        (folder / "js" / name).write_text("// script")
    (folder / "convnet_course-0.1.0-py3-none-any.whl").write_bytes(b"wheel")
    return folder


def build(tmp_path, monkeypatch, scripts):
    monkeypatch.setitem(small_book.SETTINGS, "live_folder", str(scripts))
    book = tmp_path / "book"
    book.mkdir(exist_ok=True)
    return small_book.build(book, "live", {"index": TEXT})["index"], book / "out"


def live_scripts(page):
    return [s for s in page.select("script[type=module]") if "live/live.js" in s["src"]]


def test_a_page_loads_the_script_and_knows_the_course(tmp_path, monkeypatch, scripts):
    page, out = build(tmp_path, monkeypatch, scripts)

    course = json.loads((out / "_static" / "live" / "course.json").read_text())
    assert len(live_scripts(page)) == 1
    assert (out / course["wheel"]).read_bytes() == b"wheel"
    assert course["pyodide"].startswith("https://")
    assert course["setup"]["01-convolution"].startswith("import numpy as np")
    assert set(course["data"].values()) <= set(course["recorded"])


def test_a_training_has_more_time_than_a_call():
    assert seconds_of(find("add_bias")) == CHECK_SECONDS
    assert seconds_of(find("train_lenet")) > 5 * CHECK_SECONDS


def test_a_new_script_gets_a_new_version(tmp_path, monkeypatch, scripts):
    _, out = build(tmp_path, monkeypatch, scripts)
    first = (out / "_static" / "live" / "course.json").read_text()
    (scripts / "js" / "live.js").write_text("// another script")

    page, out = build(tmp_path, monkeypatch, scripts)

    assert json.loads(first)["version"] not in (out / "_static/live/course.json").read_text()
    assert len(list((out / "_static" / "live").glob("*/*.whl"))) == 1
    assert live_scripts(page)


def test_only_a_site_that_is_told_to_keeps_itself_offline(tmp_path, monkeypatch, scripts):
    monkeypatch.setitem(small_book.SETTINGS, "live_offline", True)
    _, out = build(tmp_path, monkeypatch, scripts)
    kept = json.loads((out / "_static" / "live" / "course.json").read_text())["offline"]
    worker = out / "service-worker.js"
    assert worker.exists()

    monkeypatch.setitem(small_book.SETTINGS, "live_offline", False)
    build(tmp_path, monkeypatch, scripts)

    assert "pyodide.mjs" in kept["core"]
    assert not worker.exists()
    assert "offline" not in json.loads((out / "_static" / "live" / "course.json").read_text())


def test_without_scripts_the_book_builds_and_has_no_trace_of_them(tmp_path, monkeypatch):
    page, out = build(tmp_path, monkeypatch, tmp_path / "nothing")

    assert live_scripts(page) == []
    assert not (out / "_static" / "live").exists()
