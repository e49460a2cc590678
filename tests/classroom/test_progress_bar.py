"""The line says how far a run is, at what rate, and how long it will take."""

import io

import pytest

from grader.classroom.progress import Progress, duration, line


def test_the_line_has_count_rate_and_time_left():
    assert line("01", 12, 48, 6.0) == "01 ██████░░░░░░░░░░░░░░░░░░ 12/48  2.0/s  18 s left"


def test_a_finished_line_has_no_time_left():
    assert line("01", 48, 48, 6.0) == "01 ████████████████████████ 48/48  8.0/s"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59.6, "1 min 0 s"), (190, "3 min 10 s"), (7260, "2 h 1 min")],
)
def test_a_duration_has_the_units_that_matter(seconds, text):
    assert duration(seconds) == text


def test_a_log_gets_whole_lines_and_the_number_of_faults():
    log = io.StringIO()
    progress = Progress("01", 2, log)
    progress.step()
    progress.step(fault=True)
    progress.note("The gradebook is locked.")
    progress.end()

    assert "\r" not in log.getvalue()
    first, *_, last = log.getvalue().splitlines()
    assert first == "The gradebook is locked."
    assert " 2/2 " in last
    assert last.endswith("1 not graded")
