"""Lists of arrays go in and come out, words are compared exactly, and both can be pasted."""

import numpy as np
import pytest

from grader.callee import Callee
from grader.case import Case, spread
from grader.compare import compare_outputs
from grader.exact import compare_exact
from grader.exercise import Exercise, Function, Group
from grader.expected import digest
from grader.paste import paste
from grader.plain import plain
from grader.run import run_case

LOSS = Function("loss", "weights", ("loss", "grads"), numbers=("loss",), lists=("grads",))
LIMITS = (1e-9, 1e-11)


def lists(**options):
    """A case whose weights are two arrays of different shapes."""

    def make(rng):
        return {"weights": [rng.normal(size=(2, 3)), np.array([1.0, np.nan])]}

    return Case("loss", "basic", "two arrays", make=make, **options)


def problem(*grads):
    """The kind and message of what is wrong with a list of gradients."""
    right = 1.0, [np.zeros((2, 2)), np.ones(3)]
    failure = compare_outputs(LOSS, (1.0, *grads), right, LIMITS)
    return failure and (failure.kind, failure.output, failure.message)


def test_arrays_in_a_list_get_the_dtype_of_the_case_and_become_views():
    inputs = lists(dtype="float32", views=True).inputs()["weights"]

    assert [array.dtype for array in inputs] == [np.float32, np.float32]
    assert not inputs[0].flags.c_contiguous
    assert np.array_equal(inputs[0], lists().inputs()["weights"][0].astype(np.float32))


def test_a_changed_array_in_a_list_is_noticed():
    def changes(weights):
        weights[1] *= 2
        return 0.0, weights

    def appends(weights):
        weights.append(1)
        return 0.0, []

    assert run_case(Callee(changes, LOSS), lists()).changed == ("weights",)
    assert run_case(Callee(appends, LOSS), lists()).changed == ("weights",)
    assert run_case(Callee(lambda weights: (0.0, []), LOSS), lists()).changed == ()


def test_a_list_of_right_arrays_is_right_as_a_tuple_too():
    assert problem([np.zeros((2, 2)), np.ones(3)]) is None
    assert problem((np.zeros((2, 2)), np.ones(3))) is None


@pytest.mark.parametrize(
    ("grads", "kind", "output"),
    [
        (np.zeros((2, 2)), "type", "grads"),
        ([np.zeros((2, 2))], "type", "grads"),
        ([np.zeros((2, 2)), 1.0], "type", "grads[1]"),
        ([np.zeros(4), np.ones(3)], "shape", "grads[0]"),
        ([np.zeros((2, 2)), np.ones(3, np.float32)], "dtype", "grads[1]"),
        ([np.ones((2, 2)), np.ones(4)], "shape", "grads[1]"),
        ([np.zeros((2, 2)), np.array([1, 1, 2.0])], "values", "grads[1]"),
    ],
)
def test_what_is_wrong_in_a_list_is_told_by_its_place(grads, kind, output):
    found = problem(grads)

    assert found[:2] == (kind, output)
    assert output in found[2]


def test_a_list_of_arrays_can_be_pasted_nan_included():
    exercise = Exercise(
        "loss", "0.9", "00-test", "Test", (LOSS,), (Group("basic", 1),), lambda rng: [], 1, 1
    )
    names = {"np": np, "loss": lambda weights: None}

    exec(paste(exercise, lists()), names)

    for received, expected in zip(names["weights"], lists().inputs()["weights"], strict=True):
        assert received == pytest.approx(expected, nan_ok=True)


def test_the_digest_sees_every_number_of_a_list():
    def of(last):
        numbers = np.append(np.zeros(5000), last)
        return digest([Case("loss", "basic", "long", make=lambda _: {"weights": [numbers]})])

    assert of(1.0) != of(1.0 + 1e-12)


def test_a_view_of_truth_values_is_equal_but_not_contiguous():
    flags = np.array([True, False, False])

    assert np.array_equal(spread(flags), flags)
    assert spread(flags).base[1::2].all()


@pytest.mark.parametrize("word", ["ok", np.str_("ok"), np.where(True, "ok", "no")])
def test_a_word_may_come_from_numpy(word):
    assert compare_exact("answer", plain(word), "ok") is None


@pytest.mark.parametrize(
    ("value", "kind"), [("Ok", "values"), (None, "type"), (1, "type"), (np.ones(2), "type")]
)
def test_another_word_is_wrong(value, kind):
    assert compare_exact("answer", plain(value), "ok").kind == kind


def test_a_long_word_is_cut():
    assert len(compare_exact("answer", "x" * 10_000, "ok").message) < 100
