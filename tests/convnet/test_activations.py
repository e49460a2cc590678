"""Activations agree with torch and with their own slope, also where exponentials overflow."""

import re

import numpy as np
import pytest
import torch
from slopes import slope_by_trying
from torch import nn

from convnet import LeakyReLU, PReLU, ReLU, Sigmoid, Softplus, Tanh

# name: our layer, torch's
LAYERS = {
    "relu": (ReLU, nn.ReLU),
    "leaky": (LeakyReLU, nn.LeakyReLU),
    "leaky 0.2": (lambda: LeakyReLU(0.2), lambda: nn.LeakyReLU(0.2)),
    "sigmoid": (Sigmoid, nn.Sigmoid),
    "tanh": (Tanh, nn.Tanh),
    "softplus": (Softplus, lambda: nn.Softplus(threshold=50)),
}
TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}
each_layer = pytest.mark.parametrize(("ours", "theirs"), LAYERS.values(), ids=LAYERS.keys())
HARD = np.array([[-1000.0, -100.0, -1.0, -1e-8], [0.0, 1e-8, 100.0, 1000.0]])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("hard", [False, True])
@each_layer
def test_layer_equals_torch(ours, theirs, hard, dtype, rng):
    x = (HARD if hard else rng.standard_normal((2, 3, 4, 5))).astype(dtype)
    dy = rng.standard_normal(x.shape).astype(dtype)
    leaf = torch.tensor(x, requires_grad=True)
    twin = theirs()(leaf)
    layer = ours()

    y = layer.forward(x)
    dx = layer.backward(dy)

    (wanted,) = torch.autograd.grad(twin, leaf, torch.tensor(dy))
    assert y.dtype == dx.dtype == dtype
    np.testing.assert_allclose(y, twin.detach().numpy(), **TOLERANCES[dtype])
    np.testing.assert_allclose(dx, wanted.numpy(), **TOLERANCES[dtype])


@each_layer
def test_gradient_equals_the_slope(ours, theirs, rng):
    layer, x, dy = ours(), rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    layer.forward(x)
    dx = layer.backward(dy)

    slope = slope_by_trying(lambda: np.sum(layer.forward(x) * dy), x)

    np.testing.assert_allclose(dx, slope, rtol=0, atol=1e-8)


@each_layer
def test_inputs_stay_as_they_are_and_views_work(ours, theirs, rng):
    layer, x = ours(), rng.standard_normal((3, 8))[:, ::2]
    kept = x.copy()

    y = layer.forward(x)
    layer.backward(x)

    np.testing.assert_array_equal(y, ours().forward(kept))
    np.testing.assert_array_equal(x, kept)


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize(
    ("shape", "slopes"), [((3, 4), 4), ((3, 4), 1), ((2, 3, 4, 5), 3), ((2, 3, 4, 5), 1)]
)
def test_prelu_equals_torch(shape, slopes, dtype, rng):
    x, dy = (rng.standard_normal(shape).astype(dtype) for _ in range(2))
    layer, twin = PReLU(slopes, dtype=dtype), nn.PReLU(slopes, dtype=getattr(torch, dtype))
    leaf = torch.tensor(x, requires_grad=True)
    value = twin(leaf)

    received = [layer.forward(x), layer.backward(dy), layer.grads["weight"]]

    gradients = torch.autograd.grad(value, [leaf, twin.weight], torch.tensor(dy))
    for ours, theirs in zip(received, [value.detach(), *gradients], strict=True):
        assert ours.dtype == dtype
        np.testing.assert_allclose(ours, theirs.numpy(), **TOLERANCES[dtype])


def test_prelu_gradients_equal_the_slope(rng):
    layer = PReLU(3, dtype="float64")
    layer.params["weight"] = rng.random(3)
    x, dy = rng.standard_normal((2, 3, 4)), rng.standard_normal((2, 3, 4))
    layer.forward(x)
    dx = layer.backward(dy)

    for array, gradient in [(x, dx), (layer.params["weight"], layer.grads["weight"])]:
        slope = slope_by_trying(lambda: np.sum(layer.forward(x) * dy), array)
        np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-8)


BAD_CALLS = {
    "no forward": (lambda: ReLU().backward(HARD), "backward needs the x of a forward call"),
    "prelu without forward": (lambda: PReLU().backward(HARD), "needs the x of a forward call"),
    "slopes": (
        lambda: PReLU(3).forward(HARD),
        "weight has shape (3,), x has shape (2, 4): needs (1,) or (C,)",
    ),
    "dy": (lambda: _backward(HARD[:1]), "dy has shape (1, 4), y has shape (2, 4)"),
}


def _backward(dy):
    layer = Tanh()
    layer.forward(HARD)
    return layer.backward(dy)


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_what_does_not_fit_is_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
