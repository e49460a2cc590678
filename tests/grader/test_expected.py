"""Right outputs are recorded from torch, belong to today's cases, and agree with live torch."""

import subprocess
import sys

import numpy as np
import pytest

from grader import expected
from grader.errors import GradingError
from grader.exercises import EXERCISES, find
from grader.plain import same

SLUGS = [exercise.slug for exercise in EXERCISES]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of the recorded outputs."""
    monkeypatch.setattr(expected, "RECORDED", tmp_path)
    expected.recorded_outputs.cache_clear()
    yield tmp_path
    expected.recorded_outputs.cache_clear()


@pytest.mark.parametrize("slug", SLUGS)
def test_recorded_and_live_outputs_agree(slug, folder):
    exercise = find(slug)
    expected.record(exercise, folder)

    recorded = expected.recorded_outputs(exercise)

    live = expected.live_outputs(exercise, exercise.cases())
    assert all(same(a, b) for a, b in zip(recorded, live, strict=True))


def test_nothing_is_recorded_in_an_empty_folder(folder):
    assert expected.recorded_outputs(find("add_bias")) is None


def test_outputs_of_other_cases_are_not_used(folder):
    exercise = find("add_bias")
    path = expected.record(exercise, folder)
    with np.load(path) as file:
        arrays = dict(file)
    arrays["description"] = np.array(
        arrays["description"].item().replace('"digest": "', '"digest": "x')
    )
    np.savez(path, **arrays)
    expected.recorded_outputs.cache_clear()

    assert expected.recorded_outputs(exercise) is None


def test_recording_leaves_no_partial_file(folder):
    path = expected.record(find("add_bias"), folder)

    assert [item.name for item in folder.iterdir()] == [path.name]


def test_hidden_cases_are_never_taken_from_the_recordings(folder):
    exercise = find("add_bias")
    expected.record(exercise, folder)
    hidden = exercise.cases(seed=7)

    right = expected.expected(exercise, hidden, hidden=True)

    assert all(
        same(a, b) for a, b in zip(right, expected.live_outputs(exercise, hidden), strict=True)
    )


def test_without_torch_and_recordings_the_error_says_what_to_do():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from grader import GradingError, judge\n"
        "try: judge('add_bias', lambda x, b: x + b, seed=1)\n"
        "except GradingError as error: sys.exit(str(error))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert "make record" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_grading_error_is_no_check_error():
    assert not issubclass(GradingError, AssertionError)
