"""Linear and Flatten agree with a calculation by hand, with torch and with their own slope."""

import re

import numpy as np
import pytest
import torch
from slopes import slope_by_trying
from torch.nn import functional

from convnet import Flatten, Linear
from convnet.functional import linear_backward, linear_forward

X = np.array([[1.0, 2.0], [3.0, 4.0]])
WEIGHT = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]])
TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}
each_size = pytest.mark.parametrize(
    ("n", "d", "m"), [(1, 1, 1), (3, 4, 2), (4, 3, 3), (3, 3, 3), (1, 5, 2), (6, 1, 3)]
)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_forward_and_backward_equal_a_calculation_by_hand(rng):
    layer = Linear(2, 3, dtype="float64", rng=rng)
    layer.params = {"weight": WEIGHT, "bias": np.array([0.0, 0.0, 1.0])}

    y = layer.forward(X)
    dx = layer.backward(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]))

    np.testing.assert_array_equal(y, [[1, 2, 0], [3, 4, 0]])
    np.testing.assert_array_equal(dx, [[2, -1], [2, -1]])
    np.testing.assert_array_equal(layer.grads["weight"], [[1, 2], [3, 4], [7, 10]])
    np.testing.assert_array_equal(layer.grads["bias"], [1, 1, 3])


@pytest.mark.parametrize("dtype", TOLERANCES)
@each_size
def test_layer_equals_torch(n, d, m, dtype, rng):
    x, dy = rng.standard_normal((n, d)).astype(dtype), rng.standard_normal((n, m)).astype(dtype)
    layer = Linear(d, m, dtype=dtype, rng=rng)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, *layer.params.values())]
    twin = functional.linear(*leaves)

    y = layer.forward(x)
    dx = layer.backward(dy)

    expected = [twin.detach(), *torch.autograd.grad(twin, leaves, torch.tensor(dy))]
    received = [y, dx, layer.grads["weight"], layer.grads["bias"]]
    assert [array.dtype for array in received] == [dtype] * 4
    for ours, theirs in zip(received, expected, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), **TOLERANCES[dtype])


@each_size
def test_gradients_equal_the_slope(n, d, m, rng):
    layer = Linear(d, m, dtype="float64", rng=rng)
    x, dy = rng.standard_normal((n, d)), rng.standard_normal((n, m))
    layer.forward(x)
    dx = layer.backward(dy)

    for array, gradient in [(x, dx), *((layer.params[k], layer.grads[k]) for k in layer.params)]:
        slope = slope_by_trying(lambda: np.sum(layer.forward(x) * dy), array)
        np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-8)


def test_without_bias_there_is_one_parameter(rng):
    layer = Linear(2, 3, bias=False, rng=rng)

    layer.backward(layer.forward(X.astype(np.float32)))

    assert list(layer.params) == list(layer.grads) == ["weight"]


def test_backward_sets_gradients_anew_and_leaves_inputs_alone(rng):
    layer = Linear(2, 3, dtype="float64", rng=rng)
    x, dy = rng.standard_normal((4, 4))[:, ::2], rng.standard_normal((4, 6))[:, ::2]
    kept = x.copy(), dy.copy()

    layer.forward(x)
    layer.backward(dy)
    first = layer.grads["weight"]
    layer.backward(dy)

    np.testing.assert_array_equal(layer.grads["weight"], first)
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(dy, kept[1])


def test_first_parameters_spread_as_in_torch(rng):
    layer, twin = Linear(100, 200, rng=rng), torch.nn.Linear(100, 200)

    for name, value in layer.params.items():
        theirs = getattr(twin, name).detach().numpy()
        assert value.dtype == np.float32
        assert 0.09 < np.abs(value).max() <= 0.1
        assert 0.09 < np.abs(theirs).max() <= 0.1


BAD_CALLS = {
    "features": (lambda: linear_forward(X[:, :1], WEIGHT), "x has D=1 features, weight wants 2"),
    "axes": (lambda: linear_forward(X[0], WEIGHT), "x has 1 axes and weight has 2, both need 2"),
    "bias": (lambda: linear_forward(X, WEIGHT, X[0]), "bias has shape (2,), weight has M=3"),
    "dy": (lambda: linear_backward(X, X, WEIGHT), "dy has shape (2, 2), y has shape (2, 3)"),
    "no forward": (
        lambda: Linear(2, 3, rng=np.random.default_rng(0)).backward(X),
        "backward needs the x of a forward call",
    ),
    "flatten without forward": (lambda: Flatten().backward(X), "needs the x of a forward call"),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_what_does_not_fit_is_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (1, 1, 2, 2), (3, 4)])
def test_flatten_equals_torch_and_goes_back(shape, rng):
    layer, x = Flatten(), rng.standard_normal(shape)

    y = layer.forward(x)

    np.testing.assert_array_equal(y, torch.nn.Flatten()(torch.tensor(x)).numpy())
    np.testing.assert_array_equal(layer.backward(y), x)


def test_flatten_refuses_a_gradient_of_another_shape(rng):
    layer = Flatten()
    layer.forward(rng.standard_normal((2, 3, 4, 5)))

    with pytest.raises(ValueError, match=re.escape("dy has shape (2, 59), y has shape (2, 60)")):
        layer.backward(np.zeros((2, 59)))
