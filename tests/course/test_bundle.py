"""The page's scripts are bundled whole or not at all, and a mistake in one is told."""

import shutil

import pytest

from course import bundle, node
from course.errors import CourseError
from course.places import SCRIPTS


@pytest.fixture
def sources(tmp_path):
    """A copy of the scripts that may be spoiled."""
    return shutil.copytree(SCRIPTS, tmp_path / "js")


def test_the_bundle_is_small_and_the_editor_is_apart(tmp_path):
    made = bundle.build_scripts(tmp_path / "out")

    sizes = {path.name: path.stat().st_size for path in made}
    assert {"live.js", "worker.js"} <= sizes.keys()
    assert sizes["live.js"] < 5_000
    assert sum(sizes.values()) < 450_000


def test_a_script_with_an_error_is_told_and_the_old_bundle_stays(tmp_path, sources):
    out = tmp_path / "out"
    before = bundle.build_scripts(out, sources)
    (sources / "live.js").write_text("const = 3;")

    with pytest.raises(CourseError, match="live.js:1:6"):
        bundle.build_scripts(out, sources)

    assert sorted(out.iterdir()) == before


def test_without_npm_the_reader_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(node.sys, "executable", str(tmp_path / "python"))

    with pytest.raises(CourseError, match=r"npm is not here: install requirements\.txt"):
        node.run_node("npm", "--version", folder=tmp_path)
