"""BatchNorm1d and BatchNorm2d agree with a calculation by hand, with torch and with their slope."""

import re

import numpy as np
import pytest
import torch
from torch import nn

from convnet import BatchNorm1d, BatchNorm2d, Conv2d
from convnet.functional import batch_norm_backward, batch_norm_forward, fold_batch_norm

X_BY_HAND = np.array([[1.0], [3.0], [5.0], [7.0]])

# name: x, options
SETTINGS = {
    "rows": ((5, 3), {}),
    "two rows": ((2, 4), {}),
    "rows with options": ((6, 2), {"eps": 0.1, "momentum": 0.3}),
    "images": ((3, 2, 4, 5), {}),
    "one image": ((1, 3, 2, 5), {}),
    "1 x 1 images": ((4, 3, 1, 1), {"momentum": 1.0}),
    "images with options": ((2, 3, 3, 4), {"eps": 0.5, "momentum": 0.01}),
}
TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-3, "atol": 1e-4}}

each_setting = pytest.mark.parametrize(("shape", "options"), SETTINGS.values(), ids=SETTINGS.keys())
each_dtype = pytest.mark.parametrize("dtype", TOLERANCES)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def twins(shape, options, rng, dtype="float64"):
    """Our layer and torch's, with the same random parameters and running statistics."""
    ours = {2: BatchNorm1d, 4: BatchNorm2d}[len(shape)](shape[1], **options, dtype=dtype)
    theirs = {2: nn.BatchNorm1d, 4: nn.BatchNorm2d}[len(shape)](
        shape[1], **options, dtype=getattr(torch, dtype)
    )
    for named in (ours.params, ours.buffers):
        for name in named:
            named[name] = rng.uniform(0.5, 2, shape[1]).astype(dtype)
            getattr(theirs, name).data = torch.tensor(named[name])
    return ours, theirs


def test_training_equals_a_calculation_by_hand():
    layer = BatchNorm1d(1, dtype="float64")
    layer.params = {"weight": np.array([2.0]), "bias": np.array([1.0])}

    y = layer.forward(X_BY_HAND)
    dx = layer.backward(np.array([[1.0], [0.0], [0.0], [0.0]]))

    np.testing.assert_allclose(y.ravel(), [-1.6833, 0.1056, 1.8944, 3.6833], atol=5e-5)
    np.testing.assert_allclose(dx.ravel(), [0.2683, -0.3578, -0.0894, 0.1789], atol=5e-5)
    np.testing.assert_allclose(layer.grads["weight"], [-1.3416], atol=5e-5)
    np.testing.assert_array_equal(layer.grads["bias"], [1])
    np.testing.assert_allclose(layer.buffers["running_mean"], [0.4])
    np.testing.assert_allclose(layer.buffers["running_var"], [0.9 + 0.1 * 20 / 3])


@each_dtype
@each_setting
@pytest.mark.parametrize("training", [True, False])
def test_layer_equals_torch(shape, options, dtype, training, rng):
    ours, theirs = twins(shape, options, rng, dtype)
    x, dy = (rng.standard_normal(shape).astype(dtype) + 3 for _ in range(2))
    tensor = torch.tensor(x, requires_grad=True)

    y = ours.train(training).forward(x)
    dx = ours.backward(dy)

    twin = theirs.train(training)(tensor)
    leaves = tensor, theirs.weight, theirs.bias
    gradients = torch.autograd.grad(twin, leaves, torch.tensor(dy))
    expected = [twin.detach(), *gradients, theirs.running_mean, theirs.running_var]
    received = [y, dx, *ours.grads.values(), *ours.buffers.values()]
    assert [array.dtype for array in received] == [dtype] * 6
    for own, other in zip(received, expected, strict=True):
        np.testing.assert_allclose(own, other.numpy(), **TOLERANCES[dtype])


@each_setting
@pytest.mark.parametrize("training", [True, False])
def test_gradients_equal_the_slope(shape, options, training, rng):
    layer, _ = twins(shape, options, rng)
    layer.train(training)
    x, dy = rng.standard_normal(shape), rng.standard_normal(shape)
    layer.forward(x)
    dx = layer.backward(dy)

    pairs = [(x, dx), *((layer.params[name], layer.grads[name]) for name in layer.params)]
    for array, gradient in pairs:
        slope = central_differences(lambda: np.sum(layer.forward(x) * dy), array)
        np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-7)


def central_differences(loss, array, step=1e-5):
    """How much the loss changes with each number of the array, which is moved and put back."""
    slope = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + step
        above = loss()
        array[place] = kept - step
        slope[place] = (above - loss()) / (2 * step)
        array[place] = kept
    return slope


def test_the_running_statistics_follow_torch_for_many_batches(rng):
    ours, theirs = twins((4, 3, 2, 5), {}, rng)

    for _ in range(20):
        x = rng.normal(2, 3, (4, 3, 2, 5))
        ours.forward(x)
        theirs(torch.tensor(x))

    for name, value in ours.buffers.items():
        np.testing.assert_allclose(value, getattr(theirs, name).numpy(), rtol=1e-12)


def test_evaluation_changes_no_buffer_and_does_not_depend_on_the_batch(rng):
    layer, _ = twins((4, 3), {}, rng)
    kept = {name: value.copy() for name, value in layer.buffers.items()}
    x = rng.standard_normal((4, 3))

    together = layer.eval().forward(x)
    alone = [layer.forward(row[None])[0] for row in x]

    np.testing.assert_array_equal(together, alone)
    for name, value in layer.buffers.items():
        np.testing.assert_array_equal(value, kept[name])


def test_a_folded_convolution_does_what_both_layers_did(rng):
    conv = Conv2d(2, 4, 3, padding=1, dtype="float64", rng=rng)
    norm, _ = twins((1, 4, 1, 1), {}, rng)
    x = rng.standard_normal((2, 2, 5, 6))
    expected = norm.eval().forward(conv.forward(x))

    folded = fold_batch_norm(
        *conv.params.values(), *norm.params.values(), *norm.buffers.values(), eps=norm.eps
    )
    conv.params = dict(zip(("weight", "bias"), folded, strict=True))

    np.testing.assert_allclose(conv.forward(x), expected, rtol=1e-12)


def test_inputs_stay_as_they_are(rng):
    layer, _ = twins((3, 2, 4, 5), {}, rng)
    x, dy = rng.standard_normal((2, 3, 2, 4, 5))
    copies = x.copy(), dy.copy()

    layer.forward(x)
    layer.backward(dy)

    np.testing.assert_array_equal(x, copies[0])
    np.testing.assert_array_equal(dy, copies[1])


ROWS, ONES = np.zeros((4, 3)), np.ones(3)
BAD_CALLS = {
    "axes of 1d": (lambda: BatchNorm1d(3).forward(ROWS[None]), "x has 3 axes, BatchNorm1d needs 2"),
    "axes of 2d": (lambda: BatchNorm2d(3).forward(ROWS), "x has 2 axes, BatchNorm2d needs 4"),
    "channels": (lambda: BatchNorm1d(2).forward(ROWS), "x has C=3 channels, weight has 2"),
    "one row": (lambda: BatchNorm1d(3).forward(ROWS[:1]), "m=1 number a channel"),
    "no forward": (lambda: BatchNorm1d(3).backward(ROWS), "there was none"),
    "dy": (lambda: batch_norm_backward(ROWS[:2], ROWS, ONES), "dy has shape (2, 3), y has"),
    "three axes": (
        lambda: batch_norm_forward(ROWS[None], ONES, ONES, ONES, ONES),
        "x has 3 axes, it needs 2 (N, C) or 4 (N, C, H, W)",
    ),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_calls_that_cannot_be_computed_are_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
