"""`check` in a notebook: a report, a bare number as the value, one line if nothing passes."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

import grader
from grader.check import VERDICT_MIME, CheckFailed, case, check
from grader.errors import CheckError

RIGHT = "def add_bias(x, b):\n    return x + b"
HALF = "def add_bias(x, b):\n    x += b\n    return x"
WRONG = "def add_bias(x, b):\n    return x - b"


def run_cell(answer):
    """Run an answer and its check in a real kernel; return the check's cell."""
    notebook = nbformat.v4.new_notebook()
    check_cell = nbformat.v4.new_code_cell('check("add_bias", add_bias)')
    check_cell.metadata["nbgrader"] = {
        "grade": True, "points": 2, "grade_id": "check", "locked": True,
        "schema_version": 3, "solution": False, "task": False, "cell_type": "code",
    }  # fmt: skip
    notebook.cells = [
        nbformat.v4.new_code_cell(f"from grader import check\n{answer}"),
        check_cell,
    ]
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    return check_cell


@pytest.mark.parametrize(("answer", "points"), [(RIGHT, 2), (HALF, 1.5), (WRONG, 0)])
def test_stock_nbgrader_reads_the_points(answer, points):
    assert determine_grade(run_cell(answer)) == (points, 2)


def test_the_report_is_shown_once_with_html_text_and_json():
    outputs = run_cell(HALF).outputs
    shown = [output for output in outputs if output.output_type == "display_data"]

    assert len(shown) == 1
    assert set(shown[0].data) == {"text/plain", "text/html", VERDICT_MIME}
    assert shown[0].data[VERDICT_MIME]["points"] == 1.5


def test_a_failed_check_shows_one_line_and_no_traceback():
    error = next(output for output in run_cell(WRONG).outputs if output.output_type == "error")

    assert error.traceback == [f"CheckFailed: {error.evalue}"]
    assert "The bias is subtracted" in error.evalue


def test_check_failed_carries_the_verdict(capsys):
    with pytest.raises(CheckFailed) as failed:
        check("add_bias", lambda x, b: x - b)

    assert failed.value.verdict.mistake == "bias_subtracted"
    assert "The bias is subtracted" in capsys.readouterr().out


@pytest.mark.parametrize("given", ["add_bias", len])
def test_a_call_without_the_exercise_or_the_function_says_how_it_is_made(given):
    with pytest.raises(CheckError, match=re.escape('`check("add_bias", add_bias)`')):
        check(given)


def test_a_verdict_prints_its_points_after_the_report_was_shown(capsys):
    verdict = check("add_bias", lambda x, b: x + b)

    assert repr(verdict) == "2"
    assert verdict._repr_html_() is None


def test_a_judged_verdict_prints_its_report():
    verdict = grader.judge("add_bias", lambda x, b: x + b)

    assert "2 of 2 points" in repr(verdict)
    assert "<section" in verdict._repr_html_()


def test_a_case_can_be_looked_at():
    assert set(case("add_bias", 0)) == {"x", "b"}


def test_a_case_that_is_not_there_is_named():
    with pytest.raises(grader.CheckError, match="cases 0 to"):
        case("add_bias", 99)
