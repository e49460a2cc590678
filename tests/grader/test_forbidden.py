"""Letting torch do the work is noticed however it is called."""

import functools

import numpy as np
import pytest
import torch
import torch.nn.functional
from torch import add as torch_add

from grader import judge
from grader.forbidden import forbidden_call


def with_module(x, b):
    return torch.add(torch.tensor(x), torch.tensor(b)).numpy()


def with_imported_name(x, b):
    return torch_add(x, b)


def with_local_import(x, b):
    import torch.nn.functional as functional

    return functional.linear(x, b)


def with_nested_function(x, b):
    def inner():
        return torch.tensor(x)

    return inner() + b


def with_own_function(x, b):
    return with_module(x, b)


@pytest.mark.parametrize(
    "function",
    [
        with_module,
        with_imported_name,
        with_local_import,
        with_nested_function,
        with_own_function,
        functools.partial(with_module),
        torch.add,
    ],
)
def test_torch_is_noticed(function):
    verdict = judge("add_bias", function)

    assert verdict.failure.kind == "forbidden"
    assert "NumPy" in verdict.message


def test_numpy_is_not_forbidden():
    assert forbidden_call(lambda x, b: np.add(x, b), ("torch",)) is None


def test_a_variable_called_torch_is_not_torch():
    def add_bias(x, b):
        torch = x + b
        return torch

    assert judge("add_bias", add_bias).passed
