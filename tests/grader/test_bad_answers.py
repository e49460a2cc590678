"""Whatever a learner hands in gets one clear sentence, and never an exception of ours."""

import itertools
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from grader import judge, run
from grader.exercises import find


def rejected(function, kind):
    """Judge an answer to `add_bias` that must fail in a certain way; return the verdict."""
    verdict = judge("add_bias", function)

    assert not verdict.passed
    assert verdict.failure.kind == kind
    assert "Traceback" not in verdict.to_text()
    assert verdict.to_html()
    assert verdict.to_json()
    return verdict


class Liar:
    """An object that claims to be equal to everything, and an array."""

    def __eq__(self, other):
        return True

    __hash__ = None

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("must not be called")

    def __repr__(self):
        raise RuntimeError("must not be called")


class Sub(np.ndarray):
    """A subclass of ndarray whose comparisons are always true."""

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "is a `return` missing?"),
        ([[1.0]], "is a list"),
        ((1.0, 2.0), "a tuple of 2"),
        ("y", "is a string"),
        (3, "is an int"),
        (Liar(), "is a Liar"),
        (itertools.count(), "is a count"),
        (np.array([[None]], dtype=object), "dtype object"),
        (np.ma.masked_array([1.0]), "masked array"),
        (range(3), "is a range"),
    ],
)
def test_a_value_that_is_no_array_is_named(value, words):
    verdict = rejected(lambda x, b: value, "type")

    assert words in verdict.message


def test_a_generator_function_is_named():
    def add_bias(x, b):
        yield x + b

    assert "generator" in rejected(add_bias, "type").message


def test_a_list_that_contains_itself_is_no_problem():
    loop = []
    loop.append(loop)

    rejected(lambda x, b: loop, "type")


def test_a_wrong_number_of_arguments_shows_the_right_def_line():
    verdict = rejected(lambda x: x, "signature")

    assert "def add_bias(x, b):" in verdict.message


def test_an_exception_is_named_with_the_line_of_the_learner():
    def add_bias(x, b):
        return x @ np.ones((99, 1))  # the line to find

    verdict = rejected(add_bias, "crash")

    assert "ValueError" in verdict.message
    assert "the line to find" in verdict.message


def test_an_exception_that_cannot_be_printed_is_named():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError

    def add_bias(x, b):
        raise Odd

    assert "Odd" in rejected(add_bias, "crash").message


def test_leaving_the_program_is_only_an_exception():
    assert "SystemExit" in rejected(lambda x, b: sys.exit(), "crash").message


def test_endless_recursion_is_named():
    def add_bias(x, b):
        return add_bias(x, b)

    assert "RecursionError" in rejected(add_bias, "crash").message


def test_an_endless_loop_is_stopped(monkeypatch):
    monkeypatch.setattr(run, "CALL_SECONDS", 0.2)

    def add_bias(x, b):
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue

    start = time.monotonic()
    verdict = rejected(add_bias, "time")

    assert "loop that never ends" in verdict.message
    assert time.monotonic() - start < 2


def test_a_check_that_takes_too_long_as_a_whole_is_stopped(monkeypatch):
    monkeypatch.setattr(run, "CHECK_SECONDS", 0.2)

    def add_bias(x, b):
        time.sleep(0.15)
        return x + b

    start = time.monotonic()
    verdict = rejected(add_bias, "time")

    assert "too slow" in verdict.message
    assert time.monotonic() - start < 1.5


def test_cases_that_may_take_long_may_do_so_together(monkeypatch):
    monkeypatch.setattr(run, "CHECK_SECONDS", 0.1)
    exercise = find("add_bias")
    cases = [replace(case, seconds=5.0) for case in exercise.cases()[:3]]

    def add_bias(x, b):
        time.sleep(0.1)
        return x + b

    outcomes = run.run(exercise, [add_bias], cases, twice=False)

    assert [outcome.problem for outcome in outcomes] == [None] * 3


def test_endless_output_is_stopped():
    def add_bias(x, b):
        while True:
            print("y" * 1000)

    assert "printed without end" in rejected(add_bias, "output").message


@pytest.mark.parametrize(
    ("dtype", "words"),
    [("complex128", "complex128"), ("int64", "Whole numbers"), ("float32", "float32")],
)
def test_a_wrong_dtype_is_named(dtype, words):
    verdict = rejected(lambda x, b: (x + b).astype(dtype), "dtype")

    assert words in verdict.message


def test_computing_in_float64_costs_the_float32_group_alone():
    verdict = judge("add_bias", lambda x, b: x.astype(np.float64) + b)

    assert [group.name for group in verdict.groups if not group.passed] == ["float32"]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_result_that_is_not_finite_is_named(value):
    rejected(lambda x, b: (x + b) * value, "finite")


def test_millions_of_elements_are_not_printed():
    verdict = rejected(lambda x, b: np.zeros((1500, 2000)), "shape")

    assert len(verdict.to_html()) < 20_000
    assert len(verdict.to_json()) < 5_000


def test_changing_an_input_costs_the_robust_group_alone():
    def add_bias(x, b):
        x += b
        return x

    verdict = judge("add_bias", add_bias)

    assert verdict.failure.kind == "changed"
    assert "`x`" in verdict.message
    assert [group.name for group in verdict.groups if not group.passed] == ["robust"]


def test_keeping_state_between_calls_is_named():
    calls = itertools.count()

    def add_bias(x, b):
        return x + b + next(calls)

    assert "called again" in rejected(add_bias, "unstable").message


def test_state_is_named_although_the_smallest_case_does_not_show_it():
    calls, smallest = itertools.count(2), 4

    def add_bias(x, b):
        return x + b + (next(calls) if x.size > smallest else 1)

    assert "called again" in rejected(add_bias, "unstable").message


def test_walking_through_memory_instead_of_the_view_fails():
    def add_bias(x, b):
        flat = np.lib.stride_tricks.as_strided(x, x.shape, (x.shape[1] * x.itemsize, x.itemsize))
        return flat + b

    verdict = judge("add_bias", add_bias)

    assert [group.name for group in verdict.groups if not group.passed] == ["robust"]


def test_a_subclass_that_equals_everything_gets_nothing():
    rejected(lambda x, b: np.zeros_like(x).view(Sub), "values")


@pytest.mark.parametrize("answer", [None, 3, "add_bias", np.zeros(3), [1]])
def test_what_is_no_function_is_named(answer):
    assert "def add_bias(x, b):" in rejected(answer, "missing").message


def test_an_answer_that_is_not_written_yet_is_named():
    def add_bias(x, b):
        raise NotImplementedError

    assert "not written yet" in rejected(add_bias, "missing").message


def test_what_was_printed_is_shown_and_costs_nothing():
    def add_bias(x, b):
        print("shape", x.shape)
        return x + b

    verdict = judge("add_bias", add_bias)

    assert verdict.passed


def test_warnings_cost_nothing():
    def add_bias(x, b):
        np.float64(1) / np.float64(0)
        return x + b

    assert judge("add_bias", add_bias).passed
