"""An answer may be a class, take a dict of arrays, and return truth values."""

import numpy as np
import pytest

from grader.case import Case
from grader.exact import compare_exact
from grader.exercise import Exercise, Function, Group
from grader.forbidden import forbidden_call
from grader.paste import paste
from grader.run import run


class Product:
    """Hand over what the method needs."""

    def __call__(self, function, inputs):
        return function(inputs["params"]).times(inputs["x"])

    def texts(self, _):
        return {}

    def paste(self, call):
        return f"{call}.times(x)"


def make(rng):
    return {"params": {"w": np.array([2.0, 3.0])}, "x": np.array([1.0, 10.0])}


CASE = Case("Scale", "basic", "two numbers", make=make, drive=Product())
EXERCISE = Exercise(
    slug="Scale",
    number="0.0",
    chapter="00-introduction",
    title="Scale",
    functions=(Function("Scale", "params", method="times", takes="x"),),
    groups=(Group("basic", 1),),
    make_cases=lambda rng: [CASE],
    minutes=1,
    difficulty=1,
)


class Scale:
    def __init__(self, params):
        self.params = params

    def times(self, x):
        return self.params["w"] * x


def test_a_class_is_made_and_its_method_called():
    [outcome] = run(EXERCISE, [Scale], [CASE])

    np.testing.assert_array_equal(outcome.value, [2, 30])
    assert outcome.problem is None
    assert not outcome.changed


def test_a_class_that_takes_something_else_is_told_how_it_is_written():
    class Other(Scale):
        def __init__(self):
            pass

    [outcome] = run(EXERCISE, [Other], [CASE])

    assert outcome.problem == "signature"
    assert "class Scale: __init__(self, params), times(self, x)" in outcome.detail


def test_an_exception_in_a_method_names_its_line():
    class Broken(Scale):
        def times(self, x):
            raise NotImplementedError  # not written

    [outcome] = run(EXERCISE, [Broken], [CASE])

    assert outcome.problem == "missing"
    assert "`raise NotImplementedError  # not written`" in outcome.detail


def test_parameters_that_a_class_changes_are_noticed():
    class Greedy(Scale):
        def times(self, x):
            self.params["w"] += 1
            return self.params["w"] * x

    [outcome] = run(EXERCISE, [Greedy], [CASE])

    assert outcome.changed == ("params",)


def test_the_arrays_of_a_dict_are_cast_and_spread():
    inputs = Case("f", "basic", "", make=make, dtype="float32", views=True).inputs()

    assert inputs["params"]["w"].dtype == np.float32
    assert not inputs["params"]["w"].flags.c_contiguous


def test_a_call_of_a_class_can_be_pasted():
    names = {"np": np, "Scale": Scale}
    lines = paste(EXERCISE, CASE).splitlines()

    exec("\n".join(lines[:-1]), names)

    assert lines[-1] == "Scale(params).times(x)"
    np.testing.assert_array_equal(eval(lines[-1], names), [2, 30])


def test_a_large_call_of_a_class_fetches_its_inputs():
    wide = Case("Scale", "basic", "", make=lambda rng: {"params": {"w": np.ones(99)}, "x": 1.0})

    code = paste(EXERCISE, wide)

    assert code.endswith('Scale(inputs["params"]).times(inputs["x"])')


def test_a_forbidden_package_in_a_method_is_seen():
    class Sly(Scale):
        def times(self, x):
            import torch

            return torch.tensor(x)

    assert forbidden_call(Sly, ("torch",)) == "torch"
    assert forbidden_call(Scale, ("torch",)) is None


@pytest.mark.parametrize(("value", "right"), [(True, True), (False, False), (1, True), (0, False)])
def test_truth_values_may_be_numbers(value, right):
    assert compare_exact("y", value, right) is None


@pytest.mark.parametrize(
    ("value", "kind"), [(False, "values"), (2, "type"), ("True", "type"), (None, "type")]
)
def test_other_values_are_no_truth(value, kind):
    assert compare_exact("y", value, True).kind == kind
