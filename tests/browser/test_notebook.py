"""Answers typed on the page fill the chapter's notebook, and nbgrader gives them full marks."""

import json
import os
import shutil
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from course.compile import compile_chapters
from course.nbgrader_folder import open_folder, step
from course.places import notebook_of
from course.text import read_chapters

CHAPTER = "01-convolution"
PAGE = f"{CHAPTER}/11-exercises"
BLOCKS = next(chapter for chapter in read_chapters() if chapter.name == CHAPTER).blocks


def download(lab, tmp_path):
    """Press the button and keep the notebook."""
    with lab.page.expect_download() as started:
        lab.page.get_by_role("button", name="Download the notebook").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    return path


def load(lab, path):
    lab.page.locator(".live-exchange input[type=file]").set_input_files(path)
    return lab.page.locator(".live-exchange .live-said")


@pytest.fixture
def filled(open_lab, tmp_path):
    """The notebook with all solutions, typed on the page."""
    lab = open_lab(PAGE)
    for block in BLOCKS:
        lab.exercise(block.exercise.slug).write(block.answer)
    return download(lab, tmp_path)


def test_nbgrader_gives_full_marks_for_what_was_typed_on_the_page(filled, tmp_path, monkeypatch):
    programs = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join([programs, os.environ["PATH"]]))
    compile_chapters(read_chapters(), tmp_path / "solutions", tmp_path / "hints.json")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and SQLAlchemy's own
        api = open_folder(tmp_path / "class", [notebook_of(CHAPTER, tmp_path / "solutions")])
        step(api.generate_assignment, CHAPTER)
        target = notebook_of(CHAPTER, tmp_path / "class" / "submitted" / "ada")
        target.parent.mkdir(parents=True)
        shutil.copyfile(filled, target)
        step(api.autograde, CHAPTER, "ada")
        with api.gradebook as gradebook:
            graded = gradebook.find_submission(CHAPTER, "ada")
            received, most = graded.score, graded.max_score

    assert received == most


def test_a_notebook_brings_its_answers_into_another_browser(filled, open_lab):
    lab = open_lab(PAGE)
    first = BLOCKS[0]
    lab.exercise(first.exercise.slug).write("my own attempt")

    said = load(lab, filled)

    expect(said).to_contain_text(f"Loaded {len(BLOCKS)} cells.")
    exercise = lab.exercise(first.exercise.slug)
    assert exercise.code() == first.answer
    exercise.press("Show my earlier answer")
    assert exercise.code() == "my own attempt"


def test_an_untouched_page_gives_the_released_notebook(open_lab, tmp_path):
    path = download(open_lab(PAGE), tmp_path)

    received = nbformat.read(path, as_version=4)
    released = nbformat.read(notebook_of(CHAPTER, Path("exercises")), as_version=4)
    assert received == released


def test_the_notebook_of_another_chapter_is_sent_to_its_page(open_lab):
    lab = open_lab(PAGE)
    lab.exercise("conv_out").write("my own attempt")

    said = load(lab, notebook_of("00-introduction", Path("exercises")))

    expect(said).to_contain_text("This is the notebook of another chapter.")
    assert lab.exercise("conv_out").code() == "my own attempt"
    assert lab.exercise("conv_out").card.get_by_text("Show my earlier answer").is_hidden()


def test_another_file_changes_nothing(open_lab, tmp_path):
    lab = open_lab(PAGE)
    lab.exercise("conv_out").write("my own attempt")
    answer = {"metadata": {"nbgrader": {"solution": True, "grade_id": "conv_out"}}}
    odd = json.dumps({"cells": [answer | {"source": {"a": 1}}, answer]})
    for number, text in enumerate(["{", "[]", '{"cells": []}', '{"cells": [1, null]}', odd]):
        path = tmp_path / f"{number}.ipynb"
        path.write_text(text)

        expect(load(lab, path)).to_contain_text("is not a notebook of this course")

    assert lab.exercise("conv_out").code() == "my own attempt"
