"""Every exercise of the site works in the page: starter, solution, and a mistake by its name."""

import json
import re

import pytest

from course.text import read_chapters
from grader.mistakes import mistakes_of
from tests.browser.lab import Lab
from tests.published import PUBLISHED

BLOCKS = {block.exercise.slug: block for c in read_chapters() for block in c.blocks}


@pytest.fixture(scope="module")
def exercise_of(browser, address, site):
    """One reader who leaves the pages open, so that Python starts once a page."""
    course = json.loads((site / "_static" / "live" / "course.json").read_text(encoding="utf-8"))
    labs = {}

    def find(exercise):
        page = course["exercises"][exercise.slug]["page"]
        if page not in labs:
            labs[page] = Lab(browser.new_context(), address).go(page)
        return labs[page].exercise(exercise.slug)

    yield find
    assert [stranger for lab in labs.values() for stranger in lab.strangers] == []
    for lab in labs.values():
        lab.context.close()


def wrong_answer(exercise, mistake):
    """The solution, with one function replaced by a known mistake."""
    return (
        f"{BLOCKS[exercise.slug].answer}\n\n"
        "from grader.exercises import find\n"
        "from grader.mistakes import mistakes_of\n"
        f"found = [m for m in mistakes_of(find('{exercise.slug}')) if m.slug == '{mistake.slug}']\n"
        f"{mistake.function} = found[0].variants[0]\n"
    )


def said_of_the_starter(exercise):
    """That it is not written yet or, where there is code to repair, the start of a mistake."""
    if "NotImplementedError" in BLOCKS[exercise.slug].starter:
        return ["not written yet"]
    return [mistake.message.partition(":")[0] for mistake in mistakes_of(exercise)]


@pytest.mark.parametrize("exercise", PUBLISHED, ids=lambda exercise: exercise.slug)
def test_an_exercise_refuses_its_starter_and_names_a_mistake_and_accepts_its_solution(
    exercise_of, exercise
):
    shown = exercise_of(exercise)
    mistake = mistakes_of(exercise)[0]

    starter = shown.check()
    refused = shown.verdict.inner_text()
    shown.write(wrong_answer(exercise, mistake))
    wrong = shown.check()
    named = shown.mistake()
    shown.write(BLOCKS[exercise.slug].answer)
    solved = shown.check()

    assert re.match("Not yet: 0 of", starter)
    assert any(sentence in refused for sentence in said_of_the_starter(exercise))
    assert (wrong[:7], named) == ("Not yet", mistake.slug)
    assert solved == f"Solved: {exercise.max_points:g} of {exercise.max_points:g} points."
    assert shown.card.locator(".live-tick").count() == 1


def test_every_exercise_of_the_course_is_on_a_page(site):
    course = json.loads((site / "_static" / "live" / "course.json").read_text(encoding="utf-8"))

    assert list(course["exercises"]) == [exercise.slug for exercise in PUBLISHED]
