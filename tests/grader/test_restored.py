"""What an answer breaks around it is whole again after each call."""

import builtins
import sys
import warnings

import numpy as np
import pytest

from grader import judge


def delete_builtins():
    for name in ("len", "next", "isinstance", "type", "vars", "print"):
        delattr(builtins, name)


def patch_numpy():
    for name in ("array", "allclose", "zeros", "isfinite", "ndarray", "abs", "where", "asarray"):
        setattr(np, name, None)


def break_errors():
    np.seterr(all="raise")
    warnings.simplefilter("error")
    sys.setrecursionlimit(60)


@pytest.mark.parametrize("damage", [delete_builtins, patch_numpy, break_errors])
@pytest.mark.parametrize("offset", [0, 1, np.nan])
def test_damage_is_repaired_after_each_call(damage, offset):
    before = (sys.getrecursionlimit(), np.geterr(), len, np.array)

    def add_bias(x, b):
        y = (x + b + offset).astype(x.dtype)
        damage()
        return y

    verdict = judge("add_bias", add_bias)

    assert verdict.passed == (offset == 0)
    assert (sys.getrecursionlimit(), np.geterr(), len, np.array) == before


def test_streams_that_were_replaced_are_put_back():
    before = sys.stdout, sys.stderr

    def add_bias(x, b):
        print("to stderr", file=sys.stderr)
        sys.stdout.close()
        sys.stdout = sys.stderr = None
        return x + b

    assert judge("add_bias", add_bias).passed
    assert (sys.stdout, sys.stderr) == before
