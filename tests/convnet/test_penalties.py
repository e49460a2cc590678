"""Penalties agree with autograd, moves with torch, and training stops where it should."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import BatchNorm1d, EarlyStopping, Linear
from convnet.functional import l1_penalty, l2_penalty, random_shift_flip, shift_flip

RNG = np.random.default_rng(0)
WEIGHTS = [RNG.normal(size=(3, 4)), RNG.normal(size=(2, 1, 3, 3)), np.array([0.5, 0.0, -2.0])]


def by_torch(penalty):
    """A penalty of all weights and its gradients, by autograd."""
    leaves = [torch.tensor(w, requires_grad=True) for w in WEIGHTS]
    loss = sum(penalty(leaf) for leaf in leaves)
    return loss.item(), [g.numpy() for g in torch.autograd.grad(loss, leaves)]


@pytest.mark.parametrize(
    ("penalty", "twin"),
    [
        (l2_penalty, lambda w: 0.3 * w.square().sum()),
        (l1_penalty, lambda w: 0.3 * w.abs().sum()),
    ],
)
def test_a_penalty_and_its_gradients_are_those_of_autograd(penalty, twin):
    loss, grads = penalty(WEIGHTS, 0.3)

    expected_loss, expected = by_torch(twin)
    assert loss == pytest.approx(expected_loss)
    for received, wanted in zip(grads, expected, strict=True):
        assert received == pytest.approx(wanted)


def test_a_penalty_keeps_float32():
    for penalty in (l1_penalty, l2_penalty):
        _, [grad] = penalty([np.ones(3, dtype=np.float32)], 0.1)

        assert grad.dtype == np.float32


def test_moved_images_are_padded_and_cropped_ones():
    x, dyx = RNG.normal(size=(4, 2, 5, 6)), np.array([[2, -1], [0, 0], [-9, 1], [5, 3]])
    flip = np.array([True, False, False, True])

    received = shift_flip(x, dyx, flip)

    for n, (dy, dx) in enumerate(dyx.tolist()):
        image = torch.tensor(x[n])
        image = image.flip(2) if flip[n] else image
        expected = functional.pad(image, (10, 10, 10, 10))[:, 10 - dy :, 10 - dx :][:, :5, :6]
        assert np.array_equal(received[n], expected.numpy())


def test_images_that_stay_are_copies():
    x = RNG.normal(size=(2, 1, 3, 3))

    y = shift_flip(x, np.zeros((2, 2), dtype=int), np.array([False, False]))

    assert np.array_equal(y, x)
    assert not np.shares_memory(y, x)


def test_random_moves_reach_every_place_equally_often():
    x = np.zeros((9000, 1, 3, 3), dtype=np.float32)
    x[:, 0, 1, 1] = 1

    y = random_shift_flip(x, 1, np.random.default_rng(0))

    assert y.dtype == np.float32
    assert y.mean(axis=(0, 1)) == pytest.approx(np.full((3, 3), 1 / 9), abs=0.015)


def test_the_share_of_mirrored_images_is_the_probability():
    x = np.zeros((4000, 1, 1, 2))
    x[..., 0] = 1

    y = random_shift_flip(x, 0, np.random.default_rng(0), flip=0.25)

    assert y[:, 0, 0, 1].mean() == pytest.approx(0.25, abs=0.03)


def run(losses, **options):
    """The best epoch and the last one of a run with these losses."""
    watch = EarlyStopping(**options)
    for loss in losses:
        if watch.stop(loss):
            break
    return watch.best_epoch, watch.epoch


@pytest.mark.parametrize(
    ("losses", "options", "expected"),
    [
        ([5, 4, 3, 4, 5, 6, 7], {"patience": 2}, (2, 4)),
        ([5, 4, 4, 4, 3, 2], {"patience": 2}, (1, 3)),
        ([5, 4.75, 4.625, 4, 3], {"patience": 2, "min_delta": 0.5}, (0, 2)),
        ([5, 4.75, 4.5, 4.25, 4], {"patience": 3, "min_delta": 0.5}, (3, 4)),
        ([3, 2, 1], {"patience": 1}, (2, 2)),
        ([5, np.nan, 4, np.nan, np.nan], {"patience": 2}, (2, 4)),
        ([np.nan, np.nan, np.nan], {"patience": 2}, (None, 1)),
    ],
)
def test_training_stops_after_so_many_epochs_without_an_improvement(losses, options, expected):
    assert run(losses, **options) == expected


def test_the_best_parameters_and_statistics_come_back_into_the_same_arrays():
    linear, norm = Linear(2, 2, rng=RNG), BatchNorm1d(2)
    watch = EarlyStopping([linear, norm], patience=2)
    weight, best = linear.params["weight"], linear.params["weight"].copy()
    watch.stop(1.0)
    weight += 1
    norm.buffers["running_mean"] += 5
    watch.stop(2.0)

    watch.restore()

    assert linear.params["weight"] is weight
    assert np.array_equal(weight, best)
    assert np.array_equal(norm.buffers["running_mean"], [0, 0])


def test_one_layer_needs_no_list():
    layer = Linear(1, 1, rng=RNG)
    watch = EarlyStopping(layer)
    watch.stop(1.0)
    before = layer.params["bias"].copy()
    layer.params["bias"] += 1

    watch.restore()

    assert np.array_equal(layer.params["bias"], before)


def test_nothing_can_be_restored_before_a_best_epoch():
    with pytest.raises(ValueError, match="no best epoch"):
        EarlyStopping().restore()
