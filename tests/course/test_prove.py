"""A text whose solution is not right on every case, seen or not, goes no further."""

import pytest
from small_text import GOOD, put

from course.errors import CourseError
from course.prove import prove
from course.text import read_chapter


def test_a_right_solution_is_proven(tmp_path):
    verdicts = prove(read_chapter(put(tmp_path)), seeds=[1])

    assert [verdict.points for verdict in verdicts] == [2.0]


def test_a_wrong_solution_is_refused_at_its_line(tmp_path):
    path = put(tmp_path, GOOD.replace("return x + b", "return x - b"))

    with pytest.raises(CourseError, match="earns 0.0 of 2.0 points") as caught:
        prove(read_chapter(path), seeds=[1])

    assert caught.value.line == line_with("def add_bias")


def test_a_wrong_solution_is_refused_with_both_numbers_to_the_last_digit(tmp_path):
    path = put(tmp_path, GOOD.replace("return x + b", "return x + b * 1.0000001"))

    with pytest.raises(CourseError, match=r"received -?\d+\.\d{6,}, expected -?\d+\.\d"):
        prove(read_chapter(path), seeds=[1])


def test_a_solution_that_only_fails_on_hidden_cases_is_refused(tmp_path):
    trick = "return x + b if x.shape in [(2, 3), (1, 2), (4, 4), (3, 1)] else x"
    path = put(tmp_path, GOOD.replace("return x + b", trick))

    with pytest.raises(CourseError, match="seed=5"):
        prove(read_chapter(path), seeds=[5])


def test_a_starter_that_earns_points_is_refused(tmp_path):
    text = GOOD.replace("    ### BEGIN SOLUTION\n", "    return x + b\n    ### BEGIN SOLUTION\n")

    with pytest.raises(CourseError, match="starter of `add_bias` earns 2 points"):
        prove(read_chapter(put(tmp_path, text)), seeds=[1])


@pytest.mark.parametrize(("given", "refused"), [("x - b", False), ("x + 7 * b", True)])
def test_a_starter_to_repair_must_have_a_known_mistake(given, refused, tmp_path):
    end = f"    ### INSTEAD OF A STUB\n    # return {given}\n    ### END SOLUTION"
    chapter = read_chapter(put(tmp_path, GOOD.replace("    ### END SOLUTION", end)))

    if refused:
        with pytest.raises(CourseError, match="name a known mistake"):
            prove(chapter, seeds=[1])
    else:
        assert all(verdict.passed for verdict in prove(chapter, seeds=[1]))


def test_a_cell_that_stops_is_named_with_its_line(tmp_path):
    text = GOOD.replace("add_bias(np.zeros((2, 3))", "1 / 0, add_bias(np.zeros((2, 3))")

    with pytest.raises(CourseError, match="ZeroDivisionError") as caught:
        prove(read_chapter(put(tmp_path, text)), seeds=[1])

    assert caught.value.line == line_with("add_bias(np.zeros")


def line_with(part: str) -> int:
    return GOOD[: GOOD.index(part)].count("\n") + 1
