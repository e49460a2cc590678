"""A right answer passes in whatever form it is honestly returned."""

from collections import namedtuple

import numpy as np
import pytest

from grader import judge
from grader.compare import compare
from grader.exercises import find
from grader.expected import expected
from grader.plain import plain
from grader.run import Outcome

Gradients = namedtuple("Gradients", "dx dw db")


class Own(np.ndarray):
    """A subclass of ndarray that changes nothing."""


def wide(y):
    """The same numbers as a view with gaps."""
    twice = np.repeat(y, 2, axis=1)
    return twice[:, ::2]


def read_only(y):
    y.flags.writeable = False
    return y


@pytest.mark.parametrize(
    "form",
    [
        np.asfortranarray,
        wide,
        read_only,
        lambda y: y[::-1, ::-1][::-1, ::-1],
        lambda y: y.view(Own),
        np.asmatrix,
        lambda y: y.astype(y.dtype.newbyteorder(">")),
        lambda y: y[:],
    ],
)
@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_an_array_may_have_any_layout_byte_order_or_subclass(form):
    assert judge("add_bias", lambda x, b: form(x + b)).passed


def test_the_input_itself_may_be_returned():
    def add_bias(x, b):
        return x if not b.any() else x + b

    assert judge("add_bias", add_bias).passed


def verdict_of(slug, form):
    """What `compare` says to the right value of the first case in another form."""
    exercise = find(slug)
    case = exercise.cases()[0]
    right = expected(exercise, exercise.cases(), hidden=False)[0]
    return compare(exercise, case, Outcome(value=plain(form(right))), right)


@pytest.mark.parametrize("form", [tuple, list, lambda right: Gradients(*right)])
def test_several_outputs_may_be_a_tuple_a_list_or_a_named_tuple(form):
    assert verdict_of("conv2d_backward", form) is None


@pytest.mark.parametrize("form", [float, np.float64, np.float32, np.asarray, np.longdouble])
def test_one_number_may_be_of_any_real_type(form):
    failure = verdict_of("equivariance_gap", form)

    assert failure is None or failure.kind == "values"
    assert failure is None or form is np.float32


@pytest.mark.parametrize("form", [int, np.int64, np.int32, np.uint8, np.asarray])
def test_a_whole_number_may_be_of_any_whole_type(form):
    assert verdict_of("conv_out", form) is None


@pytest.mark.parametrize(
    "form",
    [
        tuple,
        list,
        np.array,
        lambda right: [list(item) for item in right],
        lambda right: [tuple(map(np.int64, item)) for item in right],
        lambda right: np.array(right, dtype=np.int32),
    ],
)
def test_nested_whole_numbers_may_be_tuples_lists_or_arrays(form):
    assert verdict_of("receptive_field", form) is None
