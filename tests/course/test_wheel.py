"""The page's wheels are the same each time, and judge with NumPy alone."""

import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from course.wheel import build_wheels, data_modules, wheel_name
from grader.exercises import EXERCISES
from grader.mistakes import topic_of


@pytest.fixture
def wheels(tmp_path):
    """The wheels, just built."""
    return build_wheels(tmp_path / "first")


def test_wheels_built_twice_have_the_same_bytes(wheels, tmp_path):
    again = build_wheels(tmp_path / "second")

    assert [path.read_bytes() for path in wheels] == [path.read_bytes() for path in again]
    assert sorted(wheels[0].parent.iterdir()) == sorted(wheels)


def test_the_wheel_has_what_a_page_needs_and_nothing_more(wheels):
    names = zipfile.ZipFile(wheels[0]).namelist()

    assert {"grader/recorded/hints.json", "grader/report.css", "page_python.py"} <= set(names)
    foreign = ("references", "nbgrader", "sandbox", "classroom")
    assert not [name for name in names if any(word in name for word in foreign)]
    assert not [name for name in names if "recorded" in name and name.endswith(".npz")]
    mistakes = {name for name in names if "mistakes" in name}
    assert mistakes == {"grader/mistakes/__init__.py", "grader/mistakes/shapes.py"}


def test_a_chapter_has_its_own_recordings_and_mistakes(wheels):
    for chapter in {exercise.chapter for exercise in EXERCISES}:
        names = zipfile.ZipFile(wheels[0].with_name(wheel_name(chapter))).namelist()

        recorded = {name for name in names if name.startswith("grader/recorded/")}
        own = [exercise.slug for exercise in EXERCISES if exercise.chapter == chapter]
        assert recorded == {f"grader/recorded/{slug}.npz" for slug in own}
        assert [n for n in names if n.startswith(f"grader/mistakes/{topic_of(chapter)}")]


@pytest.mark.parametrize("chapter", sorted({exercise.chapter for exercise in EXERCISES}))
def test_a_page_needs_no_other_chapter_for_its_mistakes(chapter, wheels, tmp_path):
    for name in (wheel_name(), wheel_name(chapter)):
        zipfile.ZipFile(wheels[0].with_name(name)).extractall(tmp_path / "page")
    load = (
        "from grader.exercises import EXERCISES\nfrom grader.mistakes import mistakes_of\n"
        f"own = [e for e in EXERCISES if e.chapter == {chapter!r}]\n"
        "print(all(mistakes_of(exercise) for exercise in own))"
    )

    done = subprocess.run(
        [sys.executable, "-c", load], cwd=tmp_path / "page", capture_output=True, text=True
    )

    assert (done.stdout, done.stderr) == ("True\n", "")


def test_large_data_travels_with_its_chapter_and_answers_do_not_travel(wheels):
    data = {f"grader/exercises/classic_networks/{name}.npz" for name in ("digits", "mnist5k")}
    own = wheels[0].with_name(wheel_name("08-classic-networks"))

    assert data <= set(zipfile.ZipFile(own).namelist())
    for wheel in wheels:
        names = set(zipfile.ZipFile(wheel).namelist())
        assert wheel == own or not data & names
        assert not [name for name in names if "held_out" in name]
        assert wheel == own or wheel.stat().st_size < 1_500_000


def test_a_page_can_tell_by_its_cells_which_chapters_data_it_needs():
    modules = data_modules()

    assert modules == {"grader.exercises.classic_networks": "08-classic-networks"}


def test_the_wheels_judge_without_torch(wheels, tmp_path):
    for name in (wheel_name(), wheel_name("00-introduction")):
        zipfile.ZipFile(wheels[0].with_name(name)).extractall(tmp_path / "installed")
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


def test_the_recordings_in_a_wheel_are_plain_arrays(wheels):
    wheel = wheels[0].with_name(wheel_name("01-convolution"))
    with zipfile.ZipFile(wheel).open("grader/recorded/im2col.npz") as file:
        arrays = np.load(file, allow_pickle=False)

        assert len(arrays.files) > 3
