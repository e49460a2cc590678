"""Networks agree with torch and with their slope, and share their arrays with their layers."""

import re

import numpy as np
import pytest
import torch
from slopes import slope_by_trying
from torch import nn

from convnet import (
    SGD,
    AvgPool2d,
    BatchNorm2d,
    Concat,
    Conv2d,
    CrossEntropyLoss,
    Flatten,
    GlobalAvgPool2d,
    Linear,
    MaxPool2d,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def conv(*sizes, rng, **options):
    """A convolution in float64."""
    return Conv2d(*sizes, **options, dtype="float64", rng=rng)


def lenet(rng):
    """LeNet as D2L draws it, with a smaller image so that slopes are quick."""
    linear = [Linear(*sizes, dtype="float64", rng=rng) for sizes in ((16, 7), (7, 6), (6, 4))]
    ours = Sequential(
        *(conv(1, 3, 5, padding=2, rng=rng), Sigmoid(), AvgPool2d(2)),
        *(conv(3, 4, 3, rng=rng), Sigmoid(), AvgPool2d(2)),
        *(Flatten(), linear[0], Sigmoid(), linear[1], Sigmoid(), linear[2]),
    )
    theirs = nn.Sequential(
        *(nn.Conv2d(1, 3, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2)),
        *(nn.Conv2d(3, 4, 3), nn.Sigmoid(), nn.AvgPool2d(2)),
        *(nn.Flatten(), nn.Linear(16, 7), nn.Sigmoid(), nn.Linear(7, 6), nn.Sigmoid()),
        nn.Linear(6, 4),
    )
    return ours, theirs


class Sum(nn.Module):
    """torch's twin of `Residual`."""

    def __init__(self, branch, shortcut=None):
        super().__init__()
        self.branch, self.shortcut = branch, shortcut

    def forward(self, x):
        return self.branch(x) + (x if self.shortcut is None else self.shortcut(x))


class Stack(nn.ModuleList):
    """torch's twin of `Concat`."""

    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


def residual(rng):
    """Two residual blocks, the second with a 1 x 1 convolution on its shortcut."""
    block = Sequential(
        *(conv(1, 1, 3, padding=1, bias=False, rng=rng), BatchNorm2d(1, dtype="float64"), ReLU()),
        *(conv(1, 1, 3, padding=1, bias=False, rng=rng), BatchNorm2d(1, dtype="float64")),
    )
    strided = Sequential(conv(1, 3, 3, stride=2, padding=1, rng=rng), ReLU())
    ours = Sequential(
        *(Residual(block), ReLU(), Residual(strided, conv(1, 3, 1, stride=2, rng=rng)), ReLU()),
        *(GlobalAvgPool2d(), Flatten(), Linear(3, 4, dtype="float64", rng=rng)),
    )
    theirs = nn.Sequential(
        Sum(
            nn.Sequential(
                *(nn.Conv2d(1, 1, 3, padding=1, bias=False), nn.BatchNorm2d(1), nn.ReLU()),
                *(nn.Conv2d(1, 1, 3, padding=1, bias=False), nn.BatchNorm2d(1)),
            )
        ),
        nn.ReLU(),
        Sum(
            nn.Sequential(nn.Conv2d(1, 3, 3, stride=2, padding=1), nn.ReLU()),
            nn.Conv2d(1, 3, 1, stride=2),
        ),
        *(nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 4)),
    )
    return ours, theirs


def inception(rng):
    """Three branches side by side, one of them without parameters."""
    ours = Sequential(
        Concat(
            conv(1, 2, 1, rng=rng),
            Sequential(conv(1, 2, 1, rng=rng), ReLU(), conv(2, 3, 3, padding=1, rng=rng)),
            MaxPool2d(3, stride=1, padding=1),
        ),
        *(ReLU(), MaxPool2d(2), Flatten(), Linear(96, 4, dtype="float64", rng=rng)),
    )
    theirs = nn.Sequential(
        Stack(
            [
                nn.Conv2d(1, 2, 1),
                nn.Sequential(nn.Conv2d(1, 2, 1), nn.ReLU(), nn.Conv2d(2, 3, 3, padding=1)),
                nn.MaxPool2d(3, stride=1, padding=1),
            ]
        ),
        *(nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(96, 4)),
    )
    return ours, theirs


NETWORKS = {"lenet": (lenet, 12), "residual": (residual, 6), "inception": (inception, 8)}

each_network = pytest.mark.parametrize(("build", "side"), NETWORKS.values(), ids=NETWORKS.keys())


def twins(build, rng):
    """Our network and torch's with the same parameters; their names agree too."""
    ours, theirs = build(rng)
    theirs = theirs.double()
    arrays = {name: torch.tensor(value) for name, value in {**ours.params, **ours.buffers}.items()}
    arrays |= {name: value for name, value in theirs.state_dict().items() if "batches" in name}
    theirs.load_state_dict(arrays)
    return ours, theirs


@each_network
@pytest.mark.parametrize("training", [True, False])
def test_loss_and_all_gradients_of_a_network_equal_torchs(build, side, training, rng):
    ours, theirs = twins(build, rng)
    x, t = rng.normal(size=(5, 1, side, side)), rng.integers(0, 4, 5)
    tensor = torch.tensor(x, requires_grad=True)

    loss = CrossEntropyLoss()
    value = loss.forward(ours.train(training).forward(x), t)
    dx = ours.backward(loss.backward())

    twin = nn.functional.cross_entropy(theirs.train(training)(tensor), torch.tensor(t))
    twin.backward()
    np.testing.assert_allclose(value, twin.item(), rtol=1e-12)
    np.testing.assert_allclose(dx, tensor.grad.numpy(), rtol=1e-9, atol=1e-12)
    assert list(ours.grads) == [name for name, _ in theirs.named_parameters()]
    for name, parameter in theirs.named_parameters():
        np.testing.assert_allclose(ours.grads[name], parameter.grad.numpy(), rtol=1e-9, atol=1e-12)


@each_network
def test_all_gradients_of_a_network_equal_the_slope(build, side, rng):
    ours, _ = build(rng)
    x, t, loss = rng.normal(size=(3, 1, side, side)), rng.integers(0, 4, 3), CrossEntropyLoss()
    loss.forward(ours.forward(x), t)
    ours.backward(loss.backward())
    gradients = {name: value.copy() for name, value in ours.grads.items()}

    for name, array in ours.params.items():
        slope = slope_by_trying(lambda: loss.forward(ours.forward(x), t), array, h=1e-6)
        np.testing.assert_allclose(gradients[name], slope, rtol=0, atol=1e-7)


def test_a_network_shares_its_arrays_with_its_layers(rng):
    layer = Linear(2, 3, rng=rng)
    network = Sequential(ReLU(), Sequential(layer))

    network.params["1.0.weight"][...] = 7
    network.params["1.0.bias"] = np.ones(3)

    assert list(network.params) == ["1.0.weight", "1.0.bias"]
    np.testing.assert_array_equal(layer.params["weight"], np.full((3, 2), 7))
    np.testing.assert_array_equal(layer.params["bias"], np.ones(3))


def test_an_optimizer_reaches_the_layers_of_a_network(rng):
    layer = Linear(2, 2, rng=rng)
    network = Sequential(layer, Residual(ReLU()))
    before = layer.params["bias"].copy()
    network.forward(np.ones((1, 2)))
    network.backward(np.ones((1, 2)))

    SGD(network, lr=0.5).step()

    np.testing.assert_allclose(layer.params["bias"], before - 0.5 * layer.grads["bias"])


def test_both_modes_reach_every_layer():
    norm = BatchNorm2d(1)
    network = Sequential(Residual(Concat(Sequential(norm))))

    assert network.eval() is network
    assert not norm.training
    assert network.train() is network
    assert norm.training


def test_the_buffers_of_a_network_are_those_of_its_layers():
    norm = BatchNorm2d(1)

    network = Sequential(ReLU(), norm)

    assert list(network.buffers) == ["1.running_mean", "1.running_var"]
    assert network.buffers["1.running_mean"] is norm.buffers["running_mean"]


def test_an_empty_residual_doubles(rng):
    network, x = Residual(Sequential()), rng.normal(size=(2, 3))

    np.testing.assert_array_equal(network.forward(x), 2 * x)
    np.testing.assert_array_equal(network.backward(x), 2 * x)


PIXELS = np.zeros((1, 2, 4, 4))
BAD_CALLS = {
    "shapes of a residual": (
        lambda: Residual(MaxPool2d(2)).forward(PIXELS),
        "the branch returns shape (1, 2, 2, 2), the shortcut (1, 2, 4, 4)",
    ),
    "maps of branches": (
        lambda: Concat(ReLU(), MaxPool2d(2)).forward(PIXELS),
        "branch 1 returns maps of (2, 2) pixels, branch 0 of (4, 4)",
    ),
    "no forward": (lambda: Concat(ReLU()).backward(PIXELS), "there was none"),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_calls_that_cannot_be_computed_are_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_a_gradient_with_other_channels_is_named():
    network = Concat(ReLU(), ReLU())
    network.forward(PIXELS)

    with pytest.raises(ValueError, match="dy has 2 channels, y has 4"):
        network.backward(PIXELS)


def test_an_unknown_name_is_answered_with_the_known_ones(rng):
    network = Sequential(Linear(2, 3, rng=rng))

    with pytest.raises(KeyError, match=r"no params named 'weight'; there are: 0.weight, 0.bias"):
        network.params["weight"]
    with pytest.raises(KeyError, match="no params named"):
        network.params["0.weights"] = np.zeros((3, 2))
    with pytest.raises(TypeError, match="belongs to its layer"):
        del network.params["0.bias"]
