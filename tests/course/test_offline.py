"""A site that keeps itself has a version that changes with any of its files."""

import json

import pytest

from course.offline import LIVE, WORKER, forget_offline, keep_offline, version_of


@pytest.fixture
def site(tmp_path):
    """A site of two files and its scripts."""
    (tmp_path / LIVE).mkdir(parents=True)
    for name in ("live.js", "editor-1.js", WORKER):
        (tmp_path / LIVE / name).write_text(f"// {name}")
    (tmp_path / LIVE / "course.json").write_text('{"version": "1"}')
    (tmp_path / "index.html").write_text("<h1>Page</h1>")
    return tmp_path


def description(site):
    return json.loads((site / LIVE / "course.json").read_text(encoding="utf-8"))


def test_the_worker_lies_at_the_root_and_the_pages_know_what_it_keeps(site):
    keep_offline(site)

    offline = description(site)["offline"]
    assert (site / WORKER).read_text() == f"// {WORKER}"
    assert offline["files"] == ["_static/live/editor-1.js"]
    assert description(site)["version"] == "1"


def test_a_changed_page_is_another_version_and_python_is_not(site):
    first = version_of(site)
    (site / "pyodide").mkdir()
    (site / "pyodide" / "pyodide.mjs").write_text("// Python")
    with_python = version_of(site)
    (site / "index.html").write_text("<h1>Changed</h1>")

    assert with_python == first
    assert version_of(site) != first


def test_a_renamed_page_is_another_version(site):
    first = version_of(site)
    (site / "index.html").rename(site / "home.html")

    assert version_of(site) != first


def test_forgetting_removes_the_worker_and_works_twice(site):
    keep_offline(site)

    forget_offline(site)
    forget_offline(site)

    assert not (site / WORKER).exists()
