"""Softmax cross-entropy agrees with a calculation by hand, with torch and with its own slope."""

import re

import numpy as np
import pytest
import torch
from slopes import slope_by_trying
from torch.nn import functional

from convnet import CrossEntropyLoss
from convnet.functional import log_softmax, softmax_cross_entropy

TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_loss_and_gradient_equal_a_calculation_by_hand():
    loss, dz = softmax_cross_entropy(np.array([[2.0, 1.0, 0.0]]), np.array([0]))

    np.testing.assert_allclose(loss, 0.4076, atol=5e-5)
    np.testing.assert_allclose(dz, [[-0.3348, 0.2447, 0.0900]], atol=5e-5)


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("spread", [1.0, 100.0, 1000.0])
@pytest.mark.parametrize("size", [(1, 5), (4, 3), (3, 3), (6, 1)])
def test_loss_equals_torch(size, spread, dtype, rng):
    z = (spread * rng.standard_normal(size)).astype(dtype)
    t = rng.integers(0, size[1], size[0])
    leaf = torch.tensor(z, requires_grad=True)
    twin = functional.cross_entropy(leaf, torch.tensor(t))
    loss = CrossEntropyLoss()

    value = loss.forward(z, t)
    dz = loss.backward()

    assert value.dtype == dz.dtype == dtype
    np.testing.assert_allclose(value, twin.item(), **TOLERANCES[dtype])
    np.testing.assert_allclose(dz, torch.autograd.grad(twin, leaf)[0].numpy(), **TOLERANCES[dtype])


def test_gradient_equals_the_slope(rng):
    z, t, loss = rng.standard_normal((4, 3)), np.array([0, 2, 1, 1]), CrossEntropyLoss()
    loss.forward(z, t)
    dz = loss.backward()

    slope = slope_by_trying(lambda: loss.forward(z, t), z)

    np.testing.assert_allclose(dz, slope, rtol=0, atol=1e-8)


def test_probabilities_of_a_row_add_up_to_one_and_do_not_mind_a_shift(rng):
    z = rng.standard_normal((3, 4))

    np.testing.assert_allclose(np.exp(log_softmax(z)).sum(axis=1), 1)
    np.testing.assert_allclose(log_softmax(z + 900), log_softmax(z), rtol=0, atol=1e-12)


def test_logits_stay_as_they_are(rng):
    z, t = rng.standard_normal((3, 4)), np.array([0, 1, 3])
    kept = z.copy()

    softmax_cross_entropy(z, t)

    np.testing.assert_array_equal(z, kept)


Z = np.zeros((2, 3))
BAD_CALLS = {
    "axes": (lambda: softmax_cross_entropy(Z[0], np.array([0])), "z has 1 axes, it needs 2"),
    "count": (
        lambda: softmax_cross_entropy(Z, np.array([0])),
        "t has shape (1,) and dtype int64, z asks for 2 whole numbers",
    ),
    "kind": (
        lambda: softmax_cross_entropy(Z, np.array([0.0, 1.0])),
        "t has shape (2,) and dtype float64, z asks for 2 whole numbers",
    ),
    "class": (
        lambda: softmax_cross_entropy(Z, np.array([0, 3])),
        "t names classes 0 to 3, z has K=3 of them",
    ),
    "negative": (
        lambda: softmax_cross_entropy(Z, np.array([-1, 2])),
        "t names classes -1 to 2, z has K=3 of them",
    ),
    "no forward": (lambda: CrossEntropyLoss().backward(), "needs the z of a forward call"),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_what_does_not_fit_is_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
