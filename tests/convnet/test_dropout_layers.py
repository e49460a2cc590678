"""Dropout and Dropout2d do by their masks what torch does by its own, and nothing in use."""

import re

import numpy as np
import pytest
import torch
from slopes import slope_by_trying
from torch.nn import functional

from convnet import Dropout, Dropout2d
from convnet.functional import dropout_mask

ROWS = (4, 5)
IMAGES = (3, 4, 2, 5)
LAYERS = [(Dropout, ROWS), (Dropout, IMAGES), (Dropout2d, IMAGES)]

each_layer = pytest.mark.parametrize(("kind", "shape"), LAYERS)
each_p = pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9, 1.0])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_the_mask_equals_a_calculation_by_hand():
    mask = dropout_mask(np.array([0.1, 0.6, 0.5, 0.4]), 0.5)

    np.testing.assert_array_equal(mask, [0, 2, 2, 0])


@each_p
@pytest.mark.parametrize("twin", [functional.dropout, functional.dropout2d])
def test_the_mask_is_what_torch_multiplies_by(p, twin, rng):
    x = torch.tensor(rng.uniform(1, 2, IMAGES))
    torch.manual_seed(0)
    factors = (twin(x, p) / x).numpy()

    mask = dropout_mask(np.where(factors > 0, 0.999, p / 2), p)

    np.testing.assert_allclose(mask, factors, rtol=1e-12)


@each_p
@each_layer
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_training_equals_torch_with_the_same_mask(kind, shape, p, dtype, rng):
    layer = kind(p, rng=rng)
    x, dy = rng.standard_normal((2, *shape)).astype(dtype)

    y = layer.forward(x)
    dx = layer.backward(dy)

    tensor = torch.tensor(x, requires_grad=True)
    twin = tensor * torch.tensor(layer.mask)
    (gradient,) = torch.autograd.grad(twin, tensor, torch.tensor(dy))
    np.testing.assert_array_equal(y, twin.detach().numpy())
    np.testing.assert_array_equal(dx, gradient.numpy())
    assert y.dtype == dx.dtype == dtype


@each_layer
def test_the_gradient_equals_the_slope(kind, shape, rng):
    layer = kind(0.4, rng=rng)
    x, dy = rng.standard_normal((2, *shape))
    layer.forward(x)
    mask = layer.mask

    dx = layer.backward(dy)

    np.testing.assert_allclose(dx, slope_by_trying(lambda: np.sum(x * mask * dy), x), atol=1e-8)


@each_p
@each_layer
def test_evaluation_does_nothing(kind, shape, p, rng):
    layer = kind(p, rng=rng).eval()
    x, dy = rng.standard_normal((2, *shape)).astype("float32")

    np.testing.assert_array_equal(layer.forward(x), x)
    np.testing.assert_array_equal(layer.backward(dy), dy)
    assert not layer.training
    assert layer.train().training


@pytest.mark.parametrize("p", [0.2, 0.5, 0.8])
def test_a_share_p_is_dropped_and_the_mean_stays(p, rng):
    layer = Dropout(p, rng=rng)

    y = layer.forward(np.ones(100_000))

    assert np.mean(y == 0) == pytest.approx(p, abs=0.01)
    assert y.mean() == pytest.approx(1, abs=0.03)
    np.testing.assert_allclose(y[y > 0], 1 / (1 - p))


def test_every_call_draws_anew_and_a_seed_repeats_them():
    layer, again = (Dropout(rng=np.random.default_rng(7)) for _ in range(2))
    x = np.ones((10, 10))

    first, second = layer.forward(x), layer.forward(x)

    assert (first != second).any()
    np.testing.assert_array_equal(again.forward(x), first)


def test_whole_maps_vanish_together_and_images_lose_different_ones(rng):
    y = Dropout2d(0.5, rng=rng).forward(np.ones((40, 6, 3, 4)))

    kept = y > 0
    np.testing.assert_array_equal(kept.all((2, 3)), kept.any((2, 3)))
    assert len(np.unique(kept[:, :, 0, 0], axis=0)) > 10


@each_layer
def test_inputs_stay_as_they_are(kind, shape, rng):
    layer = kind(rng=rng)
    x, dy = rng.standard_normal((2, *shape))
    copies = x.copy(), dy.copy()

    layer.forward(x)
    layer.backward(dy)

    np.testing.assert_array_equal(x, copies[0])
    np.testing.assert_array_equal(dy, copies[1])


def generator():
    return np.random.default_rng(0)


def after_forward(dy):
    layer = Dropout(rng=generator())
    layer.forward(np.ones((2, 3)))
    return layer.backward(dy)


BAD_CALLS = {
    "p": (lambda: Dropout(1.5, rng=generator()), "p is 1.5, but a probability lies between"),
    "mask": (lambda: dropout_mask(np.zeros(3), -0.1), "p is -0.1, but a probability"),
    "axes": (lambda: Dropout2d(rng=generator()).forward(np.ones((2, 3))), "Dropout2d needs 4"),
    "no forward": (lambda: Dropout(rng=generator()).backward(np.ones(3)), "there was none"),
    "dy": (lambda: after_forward(np.ones((3, 2))), "dy has shape (3, 2), y has shape (2, 3)"),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_calls_that_cannot_be_computed_are_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
