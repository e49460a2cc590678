"""Every kind of callable can be a right answer."""

import functools

import numpy as np
import pytest

from grader import judge


def add(x, b):
    return x + b


class Callable:
    def __call__(self, x, b):
        return x + b

    def method(self, x, b):
        return x + b

    @classmethod
    def of_class(cls, x, b):
        return x + b

    @staticmethod
    def static(x, b):
        return x + b


def decorate(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def positional_only(x, b, /, factor=1.0):
    return (x + b) * np.asarray(factor, dtype=x.dtype)


@pytest.mark.parametrize(
    "function",
    [
        Callable(),
        Callable().method,
        Callable.of_class,
        Callable.static,
        functools.partial(positional_only, factor=1.0),
        functools.lru_cache(lambda *args: add)(0),
        np.vectorize(lambda x, b: x + b),
        np.add,
        decorate(add),
        positional_only,
        lambda *args, **kwargs: add(*args, **kwargs),
    ],
)
def test_every_kind_of_callable_can_be_right(function):
    assert judge("add_bias", function).passed
