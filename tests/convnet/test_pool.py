"""Pooling layers agree with a calculation by hand, with torch and with their own slope."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from convnet.functional import max_pool2d_forward

X = np.array([[1.0, 3, 2, 0], [4, 2, 1, 1], [0, 5, 7, 6], [1, 2, 8, 3]]).reshape(1, 1, 4, 4)
DY = np.array([[1.0, 2], [3, 4]]).reshape(1, 1, 2, 2)
TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}

# name: shape of x, kernel size, stride, options of both
SHARED = {
    "side by side": ((2, 3, 6, 4), 2, None, {}),
    "odd sizes": ((2, 3, 7, 5), 2, None, {}),
    "overlapping": ((2, 2, 7, 9), 3, 2, {}),
    "rectangles": ((2, 2, 6, 8), (3, 2), (2, 1), {}),
    "stride larger than the window": ((2, 2, 9, 8), 2, (3, 4), {}),
    "padding": ((2, 2, 6, 7), 3, 2, {"padding": 1}),
    "padding pair": ((2, 2, 5, 6), (4, 3), 2, {"padding": (2, 1)}),
    "ceil mode": ((2, 2, 6, 7), 3, 2, {"ceil_mode": True}),
    "ceil mode, a window dropped": ((2, 2, 5, 7), 2, None, {"padding": 1, "ceil_mode": True}),
    "ceil mode and padding": ((1, 2, 7, 9), 5, 3, {"padding": 2, "ceil_mode": True}),
    "window as large as x": ((2, 3, 4, 5), (4, 5), None, {}),
}
MAXIMA = SHARED | {
    "dilation": ((2, 2, 8, 7), 3, 1, {"dilation": 2}),
    "all at once": (
        *((2, 3, 9, 10), (3, 2), (2, 3)),
        {"padding": 1, "dilation": (2, 3), "ceil_mode": True},
    ),
}
AVERAGES = SHARED | {
    f"{name}, padding not counted": (*setting[:3], setting[3] | {"count_include_pad": False})
    for name, setting in SHARED.items()
    if "padding" in setting[3] or "ceil_mode" in setting[3]
}
LAYERS = {
    **{f"max: {name}": (MaxPool2d, functional.max_pool2d, *s) for name, s in MAXIMA.items()},
    **{f"avg: {name}": (AvgPool2d, functional.avg_pool2d, *s) for name, s in AVERAGES.items()},
}

each_layer = pytest.mark.parametrize(
    ("layer", "twin", "xshape", "kernel_size", "stride", "options"), LAYERS.values(), ids=LAYERS
)
each_dtype = pytest.mark.parametrize("dtype", TOLERANCES)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


HAND_MADE = {
    "max": (
        MaxPool2d(2),
        [[4, 2], [5, 8]],
        [[0, 0, 2, 0], [1, 0, 0, 0], [0, 3, 0, 0], [0, 0, 4, 0]],
    ),
    "max, overlapping": (
        MaxPool2d(3, 1),
        [[7, 7], [8, 8]],
        [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 3, 0], [0, 0, 7, 0]],
    ),
    "avg": (
        AvgPool2d(2),
        [[2.5, 1], [2, 6]],
        [[0.25, 0.25, 0.5, 0.5]] * 2 + [[0.75, 0.75, 1, 1]] * 2,
    ),
}


@pytest.mark.parametrize(("layer", "y", "dx"), HAND_MADE.values(), ids=HAND_MADE)
def test_a_layer_equals_a_calculation_by_hand(layer, y, dx):
    received = layer.forward(X)[0, 0], layer.backward(DY)[0, 0]

    np.testing.assert_array_equal(received[0], y)
    np.testing.assert_array_equal(received[1], dx)


def test_the_global_average_equals_a_calculation_by_hand():
    layer = GlobalAvgPool2d()

    y, dx = layer.forward(X), layer.backward(np.array([[8.0]]))

    np.testing.assert_array_equal(y, [[2.875]])
    np.testing.assert_array_equal(dx, np.full((1, 1, 4, 4), 0.5))


@each_dtype
@each_layer
def test_a_layer_equals_torch(layer, twin, xshape, kernel_size, stride, options, dtype, rng):
    x = -np.abs(rng.standard_normal(xshape)).astype(dtype)
    leaf = torch.tensor(x, requires_grad=True)
    right = twin(leaf, kernel_size, stride, **options)
    dy = rng.standard_normal(right.shape).astype(dtype)
    ours = layer(kernel_size, stride, **options)

    y, dx = ours.forward(x), ours.backward(dy)

    expected = right.detach(), *torch.autograd.grad(right, leaf, torch.tensor(dy))
    assert (y.dtype, dx.dtype) == (dtype, dtype)
    for received, wanted in zip((y, dx), expected, strict=True):
        np.testing.assert_allclose(received, wanted.numpy(), **TOLERANCES[dtype])


@each_dtype
def test_the_global_average_equals_torch(dtype, rng):
    x, dy = rng.standard_normal((3, 2, 4, 5)).astype(dtype), rng.standard_normal((3, 2))
    leaf = torch.tensor(x, requires_grad=True)
    right = functional.adaptive_avg_pool2d(leaf, 1)[:, :, 0, 0]
    dy, layer = dy.astype(dtype), GlobalAvgPool2d()

    y, dx = layer.forward(x), layer.backward(dy)

    [wanted] = torch.autograd.grad(right, leaf, torch.tensor(dy))
    assert (y.dtype, dx.dtype) == (dtype, dtype)
    np.testing.assert_allclose(y, right.detach().numpy(), **TOLERANCES[dtype])
    np.testing.assert_allclose(dx, wanted.numpy(), **TOLERANCES[dtype])


@each_layer
def test_the_gradient_equals_the_slope(layer, twin, xshape, kernel_size, stride, options, rng):
    # Numbers far apart, so that a nudge never makes another pixel the largest.
    x = rng.permutation(np.arange(float(np.prod(xshape)))).reshape(xshape)
    ours = layer(kernel_size, stride, **options)
    dy = rng.standard_normal(ours.forward(x).shape)

    dx = ours.backward(dy)

    np.testing.assert_allclose(dx, slope(lambda a: np.sum(ours.forward(a) * dy), x), atol=1e-7)


def slope(loss, x, h=1e-3):
    """Central differences of a loss by each number of x."""
    nudges = (h * nudge.reshape(x.shape) for nudge in np.eye(x.size))
    return np.reshape([(loss(x + e) - loss(x - e)) / (2 * h) for e in nudges], x.shape)


@pytest.mark.parametrize("options", [{}, {"padding": 1}], ids=["bare", "padded"])
def test_ties_are_won_as_in_torch(options, rng):
    x = rng.integers(0, 2, (2, 3, 6, 6)).astype(float)
    leaf = torch.tensor(x, requires_grad=True)
    right = functional.max_pool2d(leaf, 3, 2, **options)
    layer = MaxPool2d(3, 2, **options)

    dx = layer.backward(np.ones_like(layer.forward(x)))

    [wanted] = torch.autograd.grad(right.sum(), leaf)
    np.testing.assert_array_equal(dx, wanted.numpy())


def test_a_nan_wins_as_in_torch():
    x = np.array([[1.0, np.nan], [3.0, 2.0]]).reshape(1, 1, 2, 2)

    y, winner = max_pool2d_forward(x, 2)

    assert np.isnan(y).all()
    assert winner.item() == 1


X_2343 = np.zeros((2, 3, 4, 3))
BAD_CALLS = {
    "padding": (
        lambda: MaxPool2d(3, padding=2).forward(X_2343),
        "padding=2 is more than half of kernel_size=3",
    ),
    "window": (
        lambda: AvgPool2d(4).forward(X_2343),
        "the kernel covers 4 pixels, the padded x has 3",
    ),
    "axes": (lambda: MaxPool2d(2).forward(X_2343[0]), "x has 3 axes, pooling needs 4"),
    "axes of a global average": (
        lambda: GlobalAvgPool2d().forward(X_2343[0]),
        "x has 3 axes, pooling needs 4",
    ),
    "stride": (lambda: MaxPool2d(2, 0).forward(X_2343), "stride must be at least 1, not 0"),
    "dy": (lambda: backward(MaxPool2d(2)), "dy has shape (2, 3, 4, 3), y has shape (2, 3, 2, 1)"),
    "dy of an average": (lambda: backward(AvgPool2d(2)), "y has shape (2, 3, 2, 1)"),
    "dy of a global average": (lambda: backward(GlobalAvgPool2d()), "y has shape (2, 3)"),
    "no forward": (lambda: MaxPool2d(2).backward(X_2343), "backward needs the x of a forward call"),
}


def backward(layer):
    """Send back a gradient of the wrong shape."""
    layer.forward(X_2343)
    return layer.backward(X_2343)


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_what_cannot_be_pooled_is_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
