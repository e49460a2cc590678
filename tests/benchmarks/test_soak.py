"""A small class survives what the long soak run does to a large one."""

import subprocess
import sys

import pytest

from benchmarks.soak import growth
from course.places import ROOT


@pytest.mark.postgres
def test_a_small_class_is_graded_while_things_break():
    options = ["--chapter", "00-introduction", "--students", "12", "--jobs", "1", "--seconds", "3"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.soak", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 submissions, 1 workers" in done.stdout
    assert "times ended with status 0" in done.stdout
    assert "nothing lost, doubled or different" in done.stdout


def test_memory_that_grows_is_seen():
    assert growth([50, 80, 80, 80, 80]) == 0
    assert growth([50, 80, 90, 100, 110]) == 30
