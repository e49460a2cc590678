"""A check cell ends with one report and one number, whatever its outputs were."""

import math

import pytest
from conftest import answer_cell, cell, check_cell
from nbformat import v4
from nbgrader.utils import determine_grade

from grader import judge
from grader.check import VERDICT_MIME
from grader.nbgrader.score import ScoreVerdicts


def right(x, b):
    return x + b


def without_float32(x, b):
    return (x + b).astype("float64")


def report(function):
    verdict = judge("add_bias", function)
    data = {
        "text/plain": verdict.to_text(),
        "text/html": verdict.to_html(),
        VERDICT_MIME: verdict.as_dict(),
    }
    return v4.new_output("display_data", data=data)


def stderr(text="RuntimeWarning: overflow"):
    return v4.new_output("stream", name="stderr", text=text)


def error(name, text):
    return v4.new_output("error", ename=name, evalue=text, traceback=[text])


def score(outputs, answer="def add_bias(x, b): ...", answer_outputs=()):
    """Score a notebook whose cells have these outputs; return points, report and data."""
    given, check = answer_cell(answer), check_cell()
    given.outputs, check.outputs = list(answer_outputs), list(outputs)
    book = v4.new_notebook(cells=[given, check] if answer else [cell("pass"), check])
    ScoreVerdicts().preprocess(book, {})
    assert [output.output_type for output in check.outputs] == ["display_data", "execute_result"]
    return determine_grade(check)[0], check.outputs[0].data[VERDICT_MIME]["message"]


def test_all_points_of_a_right_answer_arrive():
    assert score([report(right)])[0] == 2.0


def test_partial_points_arrive_with_their_reason():
    points, message = score([report(without_float32)])

    assert points == 1.5
    assert "float32" in message


def test_warnings_and_prints_cost_nothing():
    printed = v4.new_output("stream", name="stdout", text="here\n")

    assert score([stderr(), printed, report(right), stderr()])[0] == 2.0


def test_a_result_of_the_learner_beside_the_verdict_does_not_count():
    forged = v4.new_output("execute_result", data={"text/plain": "2"}, execution_count=1)

    assert score([forged, report(lambda x, b: x)])[0] == 0


REASONS = {
    "nothing at all": ([], [], "without a verdict"),
    "syntax error above": (
        [error("NameError", "name 'add_bias' is not defined")],
        [error("SyntaxError", "expected ':' (3117.py, line 1)")],
        "stopped with SyntaxError: expected ':' (line 1).",
    ),
    "other name": ([error("NameError", "name 'add_bias' is not defined")], [], "no `add_bias`"),
    "dead kernel": ([error("KernelDied", "x")], [], "Python itself ended"),
    "endless loop": ([error("CellTimeoutError", "x")], [], "endless loop"),
    "check of the learner's own": ([error("TypeError", "3 < 'a'")], [], "TypeError: 3 < 'a'"),
}


@pytest.mark.parametrize(("outputs", "above", "reason"), REASONS.values(), ids=REASONS)
def test_without_a_verdict_there_are_no_points_but_a_reason(outputs, above, reason):
    points, message = score(outputs, answer_outputs=above)

    assert points == 0
    assert reason in message


def test_a_lost_answer_is_named():
    points, message = score([error("NameError", "name 'add_bias' is not defined")], answer="")

    assert points == 0
    assert "is not in the notebook" in message


@pytest.mark.parametrize("points", [math.nan, "2", None, True, [2], -1.0, -math.inf])
def test_points_that_are_no_points_earn_nothing(points):
    given = report(right)
    given.data[VERDICT_MIME]["points"] = points

    assert score([given])[0] == 0


def test_more_points_than_there_are_earn_all_of_them():
    given = report(right)
    given.data[VERDICT_MIME]["points"] = 1e9

    assert score([given])[0] == 2.0


def test_the_verdict_of_another_exercise_does_not_count():
    given = report(right)
    given.data[VERDICT_MIME]["slug"] = "conv_out"

    assert score([given])[0] == 0
