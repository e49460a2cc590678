"""An exception is named on one line, with its public name and the learner's own line."""

import numpy as np
import pytest

from grader import judge
from tests.grader import hostile


def raises(error):
    def add_bias(x, b):
        raise error

    return judge("add_bias", add_bias).message


class Stop(BaseException):
    pass


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Stop(), "Stop"),
        (GeneratorExit(), "GeneratorExit"),
        (ValueError("é \ud800 \x1b[31m \0 漢"), "ValueError: é � �[31m � 漢"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (ValueError("x" * 10**7), "ValueError: xxx"),
        (ExceptionGroup("several", [ValueError()]), "ExceptionGroup: several"),
        (np.exceptions.AxisError("axis"), "AxisError: axis"),
    ],
)
def test_every_exception_is_named_on_one_line(error, words):
    message = raises(error)

    assert words in message
    assert "raise error" in message
    assert len(message) < 600


def test_an_exception_without_text_and_name_is_named():
    assert "Error: (no text)" in raises(hostile.Error())


def test_an_error_of_numpy_has_its_public_name():
    def add_bias(x, b):
        whole = np.zeros_like(x, dtype=int)
        whole += b
        return whole

    assert "stopped with UFuncTypeError: Cannot cast" in judge("add_bias", add_bias).message


def test_an_exception_in_a_callable_object_is_named_with_its_line():
    class Layer:
        def __call__(self, x, b):
            return self.missing

    assert "`return self.missing`" in judge("add_bias", Layer()).message
