"""The page's wheel is the same each time, and judges with NumPy alone."""

import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from course.wheel import build_wheel
from grader.exercises import EXERCISES


@pytest.fixture
def wheel(tmp_path):
    """A wheel that was just built."""
    return build_wheel(tmp_path / "first")


def test_a_wheel_built_twice_has_the_same_bytes(wheel, tmp_path):
    again = build_wheel(tmp_path / "second")

    assert wheel.read_bytes() == again.read_bytes()
    assert [path.name for path in wheel.parent.iterdir()] == [wheel.name]


def test_the_wheel_has_what_a_page_needs_and_nothing_more(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert {f"grader/recorded/{exercise.slug}.npz" for exercise in EXERCISES} <= set(names)
    assert {"grader/recorded/hints.json", "grader/report.css", "page_python.py"} <= set(names)
    foreign = ("references", "nbgrader", "sandbox", "classroom")
    assert not [name for name in names if any(word in name for word in foreign)]


def test_the_wheel_judges_without_torch(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = (
        "import sys, json; sys.modules['torch'] = None; import grader;"
        "v = grader.judge('add_bias', lambda x, b: x + b);"
        "print(json.dumps([grader.__file__, v.passed, grader.hints.hints_of('add_bias')[0]]))"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    command = [sys.executable, "-c", code]
    run = {"capture_output": True, "text": True, "check": True, "cwd": tmp_path}

    place, passed, hint = json.loads(subprocess.run(command, env=environment, **run).stdout)

    assert place.startswith(str(tmp_path))
    assert (passed, bool(hint)) == (True, True)


def test_the_recordings_in_the_wheel_are_plain_arrays(wheel):
    with zipfile.ZipFile(wheel).open("grader/recorded/im2col.npz") as file:
        arrays = np.load(file, allow_pickle=False)

        assert len(arrays.files) > 3
