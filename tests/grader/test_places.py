"""Where the wrong elements lie is said in words, or not at all."""

import numpy as np
import pytest

from grader.places import place


@pytest.mark.parametrize(
    ("shape", "index", "words"),
    [
        ((2, 3, 4, 5), np.s_[1], "in image 1."),
        ((2, 3, 4, 5), np.s_[:, 2], "in channel 2."),
        ((2, 3, 4, 5), np.s_[:, :, ::2], "in rows 0, 2."),
        ((2, 3, 4, 5), np.s_[1, :, :, 2:], "in image 1, columns 2 to 4."),
        ((4, 5), np.s_[:, 0], "in column 0."),
        ((4, 5), np.s_[1:-1, 1:-1], "in rows 1 to 2, columns 1 to 3."),
    ],
)
def test_wrong_elements_that_keep_to_some_places_are_located(shape, index, words):
    wrong = np.zeros(shape, dtype=bool)
    wrong[index] = True

    assert place(wrong) == f"Wrong are only elements {words} The others are right."


def test_a_wrong_border_is_located():
    wrong = np.ones((2, 1, 5, 5), dtype=bool)
    wrong[..., 1:-1, 1:-1] = False

    assert "on the border" in place(wrong)


def test_elements_that_are_all_wrong_are_said_to_be():
    assert place(np.ones((2, 2), dtype=bool)) == "Every element is wrong."


def test_there_is_nothing_to_say_about_scattered_elements():
    assert place(np.eye(3, dtype=bool)) == ""


def test_there_is_nothing_to_say_about_a_single_number():
    assert place(np.array(True)) == ""
