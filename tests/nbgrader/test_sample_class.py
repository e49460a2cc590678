"""The sample class gets the expected points, and each learner the reason for those lost."""

import csv
import html
import re

import nbformat
import pytest

from course.places import notebook_of
from course.sample_class import cells_of, read_learners
from grader.check import VERDICT_MIME
from grader.report_html import STYLE

CHAPTER = "01-convolution"
LEARNERS = {learner.name: learner for learner in read_learners()}


def verdicts_of(folder, name) -> dict[str, dict]:
    """The verdicts in a graded notebook, by exercise."""
    book = nbformat.read(notebook_of(CHAPTER, folder / "autograded" / name), as_version=4)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    found = [o.data[VERDICT_MIME] for o in outputs if VERDICT_MIME in o.get("data", {})]
    return {verdict["slug"]: verdict for verdict in found}


def feedback_of(folder, name) -> str:
    """The feedback page of a learner, and as the text that is read."""
    path = folder / "feedback" / name / CHAPTER / f"{CHAPTER}.html"
    return path.read_text(encoding="utf-8")


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    plain = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


@pytest.mark.parametrize("name", LEARNERS)
def test_a_learner_gets_the_expected_points(graded, name):
    verdicts = verdicts_of(graded[0], name)

    groups = [group for verdict in verdicts.values() for group in verdict["groups"]]
    received = sum(group["points"] for group in groups if not group["bonus"])
    assert (len(verdicts), received) == (9, LEARNERS[name].points)


@pytest.mark.parametrize("name", LEARNERS)
def test_the_gradebook_has_the_points_of_the_verdicts(graded, name):
    folder, rows = graded

    row = next(row for row in rows if row.learner == name)
    assert row.points == sum(v["points"] for v in verdicts_of(folder, name).values())
    assert row.max_points == 69


@pytest.mark.parametrize("name", LEARNERS)
def test_the_reason_for_lost_points_reaches_the_feedback(graded, name):
    page = text_of(feedback_of(graded[0], name))

    for verdict in verdicts_of(graded[0], name).values():
        assert f"{verdict['points']:g} of {verdict['max_points']:g} points" in page
        if verdict["points"] < verdict["max_points"]:
            start = re.sub(r"[`*]", "", verdict["message"])[:40]
            assert start in re.sub(r"[`*]", "", page)


@pytest.mark.parametrize("name", LEARNERS)
def test_mistakes_are_recognised_and_named(graded, name):
    verdicts = verdicts_of(graded[0], name)

    named = {slug: v["mistake"] for slug, v in verdicts.items() if v["mistake"]}
    assert named == LEARNERS[name].mistakes
    for slug, part in LEARNERS[name].told.items():
        assert part in verdicts[slug]["message"]


def test_the_message_is_also_the_comment_on_the_answer(graded):
    page = text_of(feedback_of(graded[0], "dev_mixed_mistakes"))

    assert "Comments: You rounded up." in page


def test_feedback_shows_the_report_with_its_own_look(graded):
    page = feedback_of(graded[0], "cleo_flipped_kernel")

    report = page.split("check_cross_correlate2d")[-1]
    style = re.sub(r"\s+", " ", STYLE)
    assert f"<style>{style}</style>" in report
    assert "<svg" in report


def test_feedback_tells_no_solution_and_no_later_hint(graded):
    page = text_of(feedback_of(graded[0], "eli_untouched"))

    assert "BEGIN SOLUTION" not in page
    assert "hidden" not in page.lower()


def test_the_exported_table_has_a_row_for_each_learner(graded):
    folder, rows = graded

    with (folder / "grades.csv").open(encoding="utf-8") as file:
        table = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert table == {row.learner: row.points for row in rows}


def test_a_style_gives_the_functions_with_all_they_use():
    cells = cells_of(LEARNERS["ben_einsum"])

    assert len(cells) == 9
    for source in cells.values():
        compile(source, "cell", "exec")


def test_a_half_done_submission_leaves_the_other_cells_untouched():
    assert set(cells_of(LEARNERS["gus_half_done"])) == {
        "conv_out",
        "cross_correlate2d",
        "conv2d_forward",
    }


@pytest.mark.parametrize("name", LEARNERS)
def test_the_feedback_shows_formulas_and_loads_nothing(graded, name):
    page = feedback_of(graded[0], name)

    assert "</math>" in page
    loaded = re.findall(
        r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"'](?!data:)[^>]*", page
    )
    assert loaded == []
    assert not re.search(r"@import|url\((?![\"']?data:)", page)
