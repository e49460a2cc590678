"""Pyodide is fetched once, and a file that is not Pyodide's own is refused."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading

import pytest

from course import pyodide
from course.errors import CourseError
from course.places import ROOT


@pytest.fixture(scope="module")
def real():
    """The verified Pyodide of this machine."""
    return pyodide.fetch()


@pytest.fixture
def copy(real, tmp_path):
    """A copy that may be spoiled."""
    return shutil.copytree(real, tmp_path / "copy")


def test_what_was_fetched_has_numpy_and_matplotlib(real):
    names = {path.name.partition("-")[0] for path in real.glob("*.whl")}

    assert {"numpy", "matplotlib", "pillow", "contourpy"} <= names
    assert len(list(real.iterdir())) == len(pyodide.CORE) + 13


def test_a_folder_of_ones_own_is_used_as_it_is(copy, monkeypatch):
    monkeypatch.setenv("PYODIDE_DIR", str(copy))

    assert pyodide.fetch() == copy


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "pyodide-lock.json"])
def test_a_changed_file_is_refused(copy, monkeypatch, name):
    (copy / name).write_bytes(b"something else")
    monkeypatch.setenv("PYODIDE_DIR", str(copy))

    with pytest.raises(CourseError, match=f"{name} is not Pyodide's: its sha256 is"):
        pyodide.fetch()


def test_a_missing_package_is_named(copy):
    next(copy.glob("numpy-*.whl")).unlink()

    with pytest.raises(CourseError, match="there is no numpy-2.0.2.*whl in"):
        pyodide.verify(copy)


def test_a_spoiled_cache_says_what_to_do(copy):
    (copy / "python_stdlib.zip").write_bytes(b"")

    with pytest.raises(CourseError, match="make pyodide"):
        pyodide.fetch(copy)


def test_packages_from_a_server_are_verified_too(real, copy):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    wheel = next(copy.glob("numpy-*.whl")).name
    handler = functools.partial(Quiet, directory=copy)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        packages = {wheel: sha256(real / wheel)}
        source = functools.partial(pyodide.from_server, server=address)

        files = pyodide.first_of([source], packages)
        (copy / wheel).write_bytes(b"something else")
        with pytest.raises(CourseError, match="is not Pyodide's"):
            pyodide.first_of([source], packages)
        server.shutdown()

    assert files[wheel] == (real / wheel).read_bytes()


def sha256(path):
    return pyodide.hashlib.sha256(path.read_bytes()).hexdigest()


def test_when_nobody_has_the_packages_every_reason_is_told():
    def gone(_names):
        raise CourseError("the carrier vanished")

    def down(_names):
        raise CourseError("the server is down")

    with pytest.raises(CourseError) as caught:
        pyodide.first_of([gone, down], {"numpy.whl": "0"})

    assert "vanished" in str(caught.value)
    assert "down" in str(caught.value)
    assert "PYODIDE_DIR" in str(caught.value)


def test_a_download_that_fails_leaves_nothing(tmp_path, real, monkeypatch):
    files = {name: (real / name).read_bytes() for name in pyodide.CORE}
    monkeypatch.setattr(pyodide, "core", lambda: files)

    def gone(_names):
        raise CourseError("the carrier vanished")

    with pytest.raises(CourseError, match="nobody has the packages"):
        pyodide.download(tmp_path / "pyodide", [gone])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["course", "pyodide"], "pyodide failed:\nPyodide 0.27.7 is not complete"),
        (["course", "book"], "book failed:\nPyodide 0.27.7 is not complete"),
        (["pytest", "tests/browser/test_help.py", "-q"], "Pyodide 0.27.7 is not complete"),
    ],
    ids=["stage", "self-hosted book", "browser tests"],
)
def test_without_pyodide_everything_that_needs_it_fails_and_says_why(tmp_path, command, told):
    environment = os.environ | {"PYODIDE_DIR": str(tmp_path), "SELF_HOSTED": "1"}
    run = [sys.executable, "-m", *command]

    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)

    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert told in said
    assert "skipped" not in said
