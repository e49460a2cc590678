"""The journal says who is stored, whatever happened to the run that wrote it."""

import pytest

from grader.classroom.journal import Entry, Journal
from grader.errors import GradingError

ADA = Entry("ada", "s1", "r1", 5.0, 10.0)
BEN = Entry("ben", "s2", "r1", 7.5, 10.0)


def reopened(folder, *, fresh=False):
    """The entries that a later run finds."""
    journal = Journal(folder, "01-convolution", fresh=fresh)
    entries = journal.entries()
    journal.close()
    return entries


def written(folder, *entries):
    """The path of a journal with these entries."""
    journal = Journal(folder, "01-convolution", fresh=True)
    journal.add(entries)
    journal.close()
    return journal.path


def test_a_later_run_finds_what_was_noted(tmp_path):
    written(tmp_path, ADA, BEN)

    assert reopened(tmp_path) == {"ada": ADA, "ben": BEN}


def test_the_last_entry_of_a_student_counts(tmp_path):
    better = Entry("ada", "s3", "r1", 9.0, 10.0)
    written(tmp_path, ADA, better)

    assert reopened(tmp_path) == {"ada": better}


def test_a_fresh_run_forgets(tmp_path):
    written(tmp_path, ADA)

    assert reopened(tmp_path, fresh=True) == {}


@pytest.mark.parametrize("kept", [1, 40, 90])
def test_half_a_line_counts_for_nothing_and_spoils_nothing(tmp_path, kept):
    path = written(tmp_path, ADA, BEN)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:kept].rstrip(b"\n"))

    journal = Journal(tmp_path, "01-convolution", fresh=False)
    journal.add([BEN])
    assert journal.entries() == {"ada": ADA, "ben": BEN}
    journal.close()


def test_two_runs_cannot_write_at_once(tmp_path):
    first = Journal(tmp_path, "01-convolution", fresh=False)

    with pytest.raises(GradingError, match="another autograde is at work on 01-convolution"):
        Journal(tmp_path, "01-convolution", fresh=True)
    first.close()
    assert reopened(tmp_path) == {}
