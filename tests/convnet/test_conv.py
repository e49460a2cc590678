"""Conv2d agrees with a calculation by hand, with torch and with its own slope."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import Conv2d

X_3X3 = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
W_2X2 = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])

# name: x, weight, options
SETTINGS = {
    "one image": ((1, 1, 5, 5), (1, 1, 3, 3), {}),
    "rectangles": ((2, 3, 6, 9), (4, 3, 2, 3), {}),
    "1 x 1": ((2, 3, 4, 5), (2, 3, 1, 1), {}),
    "kernel as large as x": ((2, 3, 4, 5), (2, 3, 4, 5), {}),
    "stride with remainder": ((2, 2, 9, 8), (3, 2, 2, 2), {"stride": 3}),
    "stride pair": ((2, 2, 7, 8), (3, 2, 3, 2), {"stride": (2, 1)}),
    "padding pair": ((2, 2, 5, 6), (3, 2, 3, 3), {"padding": (1, 2)}),
    "dilation pair": ((2, 2, 8, 7), (3, 2, 3, 3), {"dilation": (2, 1)}),
    "groups": ((2, 4, 6, 5), (6, 2, 3, 3), {"groups": 2}),
    "depthwise": ((2, 3, 6, 5), (6, 1, 3, 3), {"groups": 3, "padding": 1}),
    "all at once": (
        (2, 4, 9, 8),
        (6, 2, 3, 2),
        {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": 2},
    ),
}
TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}

each_setting = pytest.mark.parametrize(
    ("xshape", "wshape", "options"), SETTINGS.values(), ids=SETTINGS.keys()
)
each_dtype = pytest.mark.parametrize("dtype", TOLERANCES)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def layer_for(wshape, options, rng, dtype="float64", **more):
    channels = wshape[1] * options.get("groups", 1)
    return Conv2d(channels, wshape[0], wshape[2:], **options, dtype=dtype, rng=rng, **more)


def with_params(layer, **params):
    layer.params = params
    return layer


def test_forward_and_backward_equal_a_calculation_by_hand(rng):
    layer = Conv2d(1, 1, 2, dtype="float64", rng=rng)
    layer = with_params(layer, weight=W_2X2, bias=np.array([0.5]))

    y = layer.forward(X_3X3)
    dx = layer.backward(np.ones_like(y))

    np.testing.assert_array_equal(y[0, 0], [[37.5, 47.5], [67.5, 77.5]])
    np.testing.assert_array_equal(dx[0, 0], [[1, 3, 2], [4, 10, 6], [3, 7, 4]])
    np.testing.assert_array_equal(layer.grads["weight"][0, 0], [[12, 16], [24, 28]])
    np.testing.assert_array_equal(layer.grads["bias"], [4])


def test_stride_and_padding_equal_a_calculation_by_hand(rng):
    layer = Conv2d(1, 1, 2, 2, padding=1, bias=False, dtype="float64", rng=rng)
    layer = with_params(layer, weight=W_2X2)

    y = layer.forward(X_3X3)
    dx = layer.backward(np.ones_like(y))

    np.testing.assert_array_equal(y[0, 0], [[4, 18], [36, 77]])
    np.testing.assert_array_equal(dx[0, 0], [[4, 3, 4], [2, 1, 2], [4, 3, 4]])
    np.testing.assert_array_equal(layer.grads["weight"][0, 0], [[5, 10], [10, 20]])


@each_dtype
@each_setting
def test_layer_equals_torch(xshape, wshape, options, dtype, rng):
    x = rng.standard_normal(xshape).astype(dtype)
    layer = layer_for(wshape, options, rng, dtype)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, *layer.params.values())]
    twin = functional.conv2d(*leaves, **options)
    dy = rng.standard_normal(twin.shape).astype(dtype)

    y = layer.forward(x)
    dx = layer.backward(dy)

    expected = [twin.detach(), *torch.autograd.grad(twin, leaves, torch.tensor(dy))]
    received = [y, dx, layer.grads["weight"], layer.grads["bias"]]
    assert [array.dtype for array in received] == [dtype] * 4
    for ours, theirs in zip(received, expected, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), **TOLERANCES[dtype])


@each_setting
def test_gradients_equal_the_slope(xshape, wshape, options, rng):
    layer = layer_for(wshape, options, rng)
    x = rng.standard_normal(xshape)
    dy = rng.standard_normal(layer.forward(x).shape)
    dx = layer.backward(dy)

    pairs = [(x, dx), *((layer.params[name], layer.grads[name]) for name in layer.params)]
    for array, gradient in pairs:
        slope = central_differences(lambda: np.sum(layer.forward(x) * dy), array)
        np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-8)


def central_differences(loss, array, h=1e-4):
    """(loss(a + h) - loss(a - h)) / 2h for each element a of an array that loss reads."""
    slope = np.empty_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + h
        above = loss()
        array[index] = kept - h
        slope[index] = (above - loss()) / (2 * h)
        array[index] = kept
    return slope


def test_inputs_stay_as_they_are_and_views_work(rng):
    x, dy = rng.standard_normal((4, 3, 8, 10)), rng.standard_normal((2, 5, 6, 6))
    kept = x.copy(), dy.copy()
    x_view, dy_view = x[::2, :, ::-1, ::2], dy[..., ::2]
    layer = Conv2d(3, 5, 3, dtype="float64", rng=rng)

    received = layer.forward(x_view), layer.backward(dy_view)

    expected = layer.forward(x_view.copy()), layer.backward(dy_view.copy())
    np.testing.assert_array_equal(received[0], expected[0])
    np.testing.assert_array_equal(received[1], expected[1])
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(dy, kept[1])


def test_backward_sets_gradients_anew(rng):
    layer = Conv2d(1, 2, 2, dtype="float64", rng=rng)
    dy = rng.standard_normal(layer.forward(X_3X3).shape)

    layer.backward(dy)
    first = layer.grads["weight"]
    layer.backward(dy)

    np.testing.assert_array_equal(layer.grads["weight"], first)


@pytest.mark.parametrize("bias", [True, False])
def test_params_and_grads_share_names_and_shapes(bias, rng):
    layer = Conv2d(2, 4, (3, 5), groups=2, bias=bias, rng=rng)

    layer.backward(layer.forward(np.ones((1, 2, 5, 5), dtype=np.float32)))

    shapes = {"weight": (4, 1, 3, 5), "bias": (4,)}
    wanted = {name: shapes[name] for name in (["weight", "bias"] if bias else ["weight"])}
    assert {name: value.shape for name, value in layer.params.items()} == wanted
    assert {name: value.shape for name, value in layer.grads.items()} == wanted


@pytest.mark.parametrize("groups", [1, 4])
def test_first_parameters_spread_as_in_torch(groups, rng):
    layer = Conv2d(8, 64, 5, groups=groups, rng=rng)
    twin = torch.nn.Conv2d(8, 64, 5, groups=groups)

    bound = 1 / np.sqrt(8 // groups * 5 * 5)
    for name, value in layer.params.items():
        theirs = getattr(twin, name).detach().numpy()
        assert value.dtype == np.float32
        assert 0.9 * bound < np.abs(value).max() <= bound
        assert 0.9 * bound < np.abs(theirs).max() <= bound
    # The standard deviation of a uniform distribution is its half-width by the root of 3.
    weights = layer.params["weight"]
    np.testing.assert_allclose(weights.std(), bound / np.sqrt(3), rtol=0.05)


def test_equal_generators_give_equal_parameters():
    first, second = (Conv2d(3, 4, 3, rng=np.random.default_rng(7)) for _ in range(2))

    np.testing.assert_array_equal(first.params["weight"], second.params["weight"])
    np.testing.assert_array_equal(first.params["bias"], second.params["bias"])
