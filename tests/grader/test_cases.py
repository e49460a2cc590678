"""A case is a recipe: the same inputs in every process, other ones for every secret seed."""

import re
import subprocess
import sys

import numpy as np
import pytest

from grader.exercises import EXERCISES, find
from grader.expected import digest
from grader.plain import same

BY_SLUG = pytest.mark.parametrize("slug", [exercise.slug for exercise in EXERCISES])


@BY_SLUG
def test_inputs_are_equal_on_every_call_and_never_shared(slug):
    for case in find(slug).cases():
        first, second = case.inputs(), case.inputs()
        for name, value in first.items():
            assert callable(value) or same(value, second[name])
            if isinstance(value, np.ndarray):
                assert not np.shares_memory(value, second[name])


@BY_SLUG
def test_every_group_has_cases(slug):
    exercise = find(slug)
    groups = {case.group for case in exercise.cases()}
    levels = {group for case in exercise.cases() for group, _ in case.least}

    assert groups | levels == {group.name for group in exercise.groups}


@BY_SLUG
def test_hidden_cases_have_other_inputs(slug):
    exercise = find(slug)
    digests = {digest(exercise.cases(seed)) for seed in (None, 1, 2)}

    assert len(digests) == 3


@BY_SLUG
def test_hidden_cases_cover_the_same_groups(slug):
    exercise = find(slug)

    assert {c.group for c in exercise.cases(3)} == {c.group for c in exercise.cases()}


@BY_SLUG
def test_titles_tell_the_cases_of_a_function_apart(slug):
    titles = [(case.function, case.title) for case in find(slug).cases()]

    assert len(titles) == len(set(titles))


@BY_SLUG
def test_titles_have_no_plural_after_a_single_1(slug):
    titles = [case.title for seed in (None, 1) for case in find(slug).cases(seed)]

    assert [title for title in titles if re.search(r"(?<!× )\b1 [a-z]+s\b", title)] == []


def test_another_process_makes_the_same_inputs():
    code = (
        "from grader.exercises import EXERCISES; from grader.expected import digest;"
        "print(*[digest(e.cases(11)) for e in EXERCISES])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == [digest(exercise.cases(11)) for exercise in EXERCISES]


def test_views_are_equal_but_not_contiguous():
    case = next(case for case in find("add_bias").cases() if case.views)
    x = case.inputs()["x"]

    assert not x.flags.c_contiguous or x.size == 1
    assert np.isfinite(x).all()


def test_slugs_numbers_and_functions_are_unique():
    names = [
        name
        for exercise in EXERCISES
        for name in (exercise.number, *(function.name for function in exercise.functions))
    ]

    assert len(names) == len(set(names))


@BY_SLUG
def test_a_slug_is_the_name_of_the_first_function(slug):
    assert find(slug).functions[0].name == slug
