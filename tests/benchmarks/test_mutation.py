"""The mutants are what they say: one small change each, and all of the kinds we want."""

import ast

import pytest

from benchmarks.mutants import equivalents, load
from benchmarks.mutation import mutants
from grader.exercises import find

SOURCE = '''
def mean(x, axis=1, keep=True):
    """The 1 mean."""
    total = 0
    for row in x[1:, ::2]:
        total += row * 2
    if total > 3:
        total = -total
    return total / 4, (0, axis)
'''


def test_the_methods_of_a_class_are_changed_too():
    source = "class Sum:\n    def add(self, a, b):\n        return a + b\n"

    changed = {mutant.name for mutant in mutants(source)}

    assert "Sum.add: return a + b  =>  return a - b" in changed


@pytest.fixture(scope="module")
def made():
    """All mutants of a small function."""
    return list(mutants(SOURCE))


@pytest.mark.parametrize(
    "code",
    [
        "row + 2", "row // 2", "row * 3", "row * 1", "total -= row * 2", "x[:, ::2]",
        "x[1:, :]", "x[::2, 1:]", "total >= 3", "not total > 3", "+total", "total * 4",
        "axis=2", "axis=0", "keep=False", "((0, axis), total / 4)", "(axis, 0)",
    ],
)  # fmt: skip
def test_there_is_a_mutant_of_each_kind(made, code):
    assert any(code in mutant.source for mutant in made)


def test_adding_becomes_assigning(made):
    [mutant] = [mutant for mutant in made if mutant.change == "+= -> ="]
    names = {}
    exec(mutant.source, names)

    import numpy as np

    result = names["mean"](np.ones((3, 2)) * 5)
    assert result[0].tolist() == [-10 / 4]


def test_every_mutant_differs_from_the_source(made):
    original = ast.unparse(ast.parse(SOURCE))

    assert all(mutant.source != original for mutant in made)
    assert len({mutant.source for mutant in made}) == len(made)


def test_docstrings_are_left_alone(made):
    assert all('"""The 1 mean."""' in mutant.source for mutant in made)


def test_a_mutant_that_does_not_run_counts_as_caught():
    assert load("def add_bias(x, b: undefined): return x", {}, find("add_bias")) is None


def test_every_equivalent_mutant_has_a_reason():
    assert all(len(reason) > 20 for reason in equivalents().values())
