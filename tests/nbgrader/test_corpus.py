"""No attack earns a point, no accident loses one, and the class goes on after each."""

import json
import os
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from corpus import CHAPTER, Submission, hand_in, read_corpus
from nbgrader.api import Gradebook
from sqlalchemy import text
from test_sample_class import text_of

from benchmarks.readme import in_readme
from course.compile import compile_chapters
from course.nbgrader_folder import open_folder, step
from course.places import notebook_of
from course.text import read_chapters
from grader.nbgrader.secret import FILE

CORPUS = read_corpus()
PLACES = {name: place for place, name in enumerate(CORPUS)}
KEPT = ("setup", "add_bias", "check_add_bias", "conv_out", "check_conv_out")
HANDED_IN = datetime(2026, 1, 5, 10)
LIMITS = {"cell_seconds": 3.0, "call_seconds": 2.0, "check_seconds": 8.0, "total_seconds": 40.0}
CANARIES = ("CANARY-IN-A-FILE", "CANARY-IN-THE-ENVIRONMENT", "CANARY-OF-ANOTHER-LEARNER")
INNOCENT = Submission("Everything is right.", 7, extra=({"source": f"# {CANARIES[2]}"},))


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A class of attackers and unlucky learners, each followed by an innocent one; graded."""
    folder = tmp_path_factory.mktemp("corpus") / "course"
    api = open_folder(folder, [solution(tmp_path_factory.mktemp("solutions"))])
    api.config.Grading.update(LIMITS)
    step(api.generate_assignment, CHAPTER)
    (folder / "canary.txt").write_text(CANARIES[0])
    released = json.loads(notebook_of(CHAPTER, folder / "exercises").read_text())
    for name, submission in CORPUS.items():
        hand_in(submission, released, handed(folder, student(name)), folder)
        hand_in(INNOCENT, released, handed(folder, student(name, "innocent")), folder)
    os.environ["CANARY"] = CANARIES[1]
    try:
        step(api.autograde, CHAPTER, "*")
    finally:
        del os.environ["CANARY"]
    step(api.generate_feedback, CHAPTER, "*-hostile")
    return folder


def solution(folder: Path) -> Path:
    """A chapter with two exercises, in the form that authors write."""
    compile_chapters(read_chapters(), folder, folder / "hints.json")
    books = [
        nbformat.read(notebook_of(c, folder), 4) for c in ("00-introduction", "01-convolution")
    ]
    cells = {cell.id: cell for book in reversed(books) for cell in book.cells}
    books[0].cells = [cells[name] for name in KEPT]
    path = folder / f"{CHAPTER}.ipynb"
    nbformat.write(books[0], path)
    return path


def student(name: str, kind: str = "hostile") -> str:
    """Who handed it in; the innocent one comes right after the other."""
    return f"{PLACES[name]:03}-{kind}"


def handed(folder: Path, who: str) -> Path:
    return folder / "submitted" / who / CHAPTER


def submission_of(course: Path, who: str):
    """Points, time and comments of a submission."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        found = gradebook.find_submission(CHAPTER, who)
        comments = [c.auto_comment or "" for n in found.notebooks for c in n.comments]
        return found.score, found.needs_manual_grade, found.timestamp, " ".join(comments)


def files_of(course: Path, step_name: str, who: str) -> dict[str, str]:
    folder = course / step_name / who / CHAPTER
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*")}


def test_there_are_many_kinds_and_each_is_described():
    assert len(CORPUS) > 150
    assert len({submission.about for submission in CORPUS.values()}) == len(CORPUS)


def test_the_readme_says_how_many_there_are():
    kinds = Counter(name.split("/")[0] for name in CORPUS)

    assert in_readme("corpus") == (
        f"Of {kinds['hostile']} hostile and {kinds['broken']} broken submissions, none gets a "
        "point that it does not deserve, and none loses one that it does; nothing of the teacher's "
        "or of others leaks, and every innocent one gets all its points."
    )


@pytest.mark.parametrize("name", CORPUS)
def test_a_submission_gets_the_points_of_its_honest_part(course, name):
    points, by_hand, *_ = submission_of(course, student(name))

    assert (points, by_hand) == (CORPUS[name].points, False)


@pytest.mark.parametrize("name", CORPUS)
def test_the_next_submission_gets_all_its_points(course, name):
    points, by_hand, *_ = submission_of(course, student(name, "innocent"))

    assert (points, by_hand) == (7, False)


@pytest.mark.parametrize("name", CORPUS)
def test_lost_points_have_a_reason_on_the_feedback_page(course, name):
    page = text_of(files_of(course, "feedback", student(name))[f"{CHAPTER}.html"])

    *_, comments = submission_of(course, student(name))
    assert (comments.strip() == "") == (CORPUS[name].points == 7)
    assert CORPUS[name].told in comments
    assert f"{CORPUS[name].points:g} / 7" in page or f"{CORPUS[name].points:.1f} / 7" in page


@pytest.mark.parametrize("name", CORPUS)
def test_nothing_of_the_teacher_or_of_others_leaks(course, name):
    secret = (course / FILE).read_text().strip()
    graded = files_of(course, "autograded", student(name))
    feedback = files_of(course, "feedback", student(name))

    assert set(graded) == {f"{CHAPTER}.ipynb", "timestamp.txt"}
    assert set(feedback) == {f"{CHAPTER}.html", "timestamp.txt"}
    for shown in (*graded.values(), *feedback.values()):
        assert not any(canary in shown for canary in (*CANARIES, secret, "BEGIN SOLUTION"))
    for unseen in CORPUS[name].unseen:
        assert unseen not in feedback[f"{CHAPTER}.html"]
    assert len(graded[f"{CHAPTER}.ipynb"]) < (CORPUS[name].longest or 3_000_000)


@pytest.mark.parametrize("name", CORPUS)
def test_the_graded_notebook_is_a_valid_one(course, name):
    nbformat.validate(
        nbformat.reads(files_of(course, "autograded", student(name))[f"{CHAPTER}.ipynb"], 4)
    )


@pytest.mark.parametrize("name", CORPUS)
def test_the_time_is_the_time_stamps_unless_that_is_no_good(course, name):
    *_, when, _ = submission_of(course, student(name))

    stamped = not CORPUS[name].late and "timestamp.txt" not in (
        *CORPUS[name].links,
        *CORPUS[name].pipes,
    )
    assert (when == HANDED_IN) == stamped


def test_nobody_has_changed_the_course(course):
    time.sleep(4)  # for those who wait until nobody looks

    assert not list(course.rglob("PWNED"))
    assert (course / "canary.txt").read_text() == CANARIES[0]
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        triggers = gradebook.db.execute(text("SELECT * FROM sqlite_master WHERE type = 'trigger'"))
        by_hand = gradebook.db.execute(text("SELECT * FROM grade WHERE manual_score IS NOT NULL"))
        assert (triggers.all(), by_hand.all()) == ([], [])
