"""Whatever lies in a learner's folder, the notebook is found or its absence explained."""

import os
from datetime import datetime, timedelta

import pytest

from grader.nbgrader.handed_in import TIMESTAMP, handed_in, received


def test_the_notebook_of_the_right_name_is_taken(tmp_path):
    (tmp_path / "a.ipynb").write_text("other")
    (tmp_path / "chapter.ipynb").write_text("right")

    assert handed_in(tmp_path, "chapter").data == b"right"


def test_the_only_notebook_of_another_name_is_taken_and_noted(tmp_path):
    (tmp_path / "chapter (1).ipynb").write_text("right")

    handed = handed_in(tmp_path, "chapter")

    assert (handed.data, handed.trouble) == (b"right", "")
    assert handed.notes == ("chapter (1).ipynb was taken for chapter.ipynb",)


def make_link(path):
    (path.parent / "secret").write_text("secret")
    path.symlink_to(path.parent / "secret")


TROUBLE = {
    "nothing": (lambda path: None, "There is no notebook called chapter.ipynb"),
    "link": (make_link, "is a link"),
    "link to nowhere": (lambda path: path.symlink_to("nowhere"), "is a link"),
    "folder": (lambda path: path.mkdir(), "is no file"),
    "pipe": (lambda path: os.mkfifo(path), "is no file"),
}


@pytest.mark.parametrize(("make", "said"), TROUBLE.values(), ids=TROUBLE)
def test_what_is_no_file_is_not_read(tmp_path, make, said):
    make(tmp_path / "chapter.ipynb")

    handed = handed_in(tmp_path, "chapter")

    assert handed.data is None
    assert said in handed.trouble


def test_a_missing_folder_is_like_an_empty_one(tmp_path):
    assert handed_in(tmp_path / "none", "chapter").data is None
    assert received(tmp_path / "none")[0] is None


def test_a_time_stamp_counts(tmp_path):
    (tmp_path / TIMESTAMP).write_text("2026-01-05 10:00:00 Europe/Berlin\n")

    assert received(tmp_path) == (datetime(2026, 1, 5, 9), ())


STAMPS = {"none": None, "empty": "", "nonsense": "soon", "future": "9999-12-31 23:59:59 UTC"}


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_without_a_good_time_stamp_the_time_of_collecting_counts(tmp_path, stamp):
    if stamp is not None:
        (tmp_path / TIMESTAMP).write_text(stamp)

    when, notes = received(tmp_path)

    assert abs(when - datetime.utcfromtimestamp(tmp_path.stat().st_ctime)) < timedelta(seconds=2)
    assert notes[0].endswith("the time of collecting counts")
