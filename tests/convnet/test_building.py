"""A network that is built has the shapes, parameters and gradients that its description says."""

import numpy as np
import pytest

from convnet import Adam, CrossEntropyLoss, train_step
from convnet.architectures import FLATTEN, GAP, RELU, conv, inception, linear, maxpool, normed
from convnet.building import build
from convnet.outline import outline

AROUND = {"kind": "residual", "branch": normed(6, 3, s=2, p=1), "shortcut": normed(6, 1, s=2)}
STRAIGHT = {"kind": "residual", "branch": normed(6, 3, p=1), "shortcut": []}
NETS = {
    "convolutions": [*conv(4, 3, p=1), maxpool(2), *conv(6, 3, s=2, groups=2), FLATTEN, *linear(5)],
    "linear alone": [FLATTEN, *linear(7, 3)],
    "four ways": [inception(2, (3, 4), (1, 2), 3), GAP, FLATTEN, *linear(3)],
    "residual": [AROUND, RELU, STRAIGHT, RELU, {"kind": "avgpool", "k": 2}, FLATTEN, *linear(3)],
}
SHAPE = 2, 9, 8


@pytest.mark.parametrize("net", NETS.values(), ids=NETS)
def test_built_networks_are_as_their_outline_says(net):
    network, rows = build(net, SHAPE, rng=np.random.default_rng(0)), outline(net, SHAPE)

    y = network.forward(np.zeros((3, *SHAPE), np.float32))

    assert y.shape == (3, *rows[-1].shape)
    assert y.dtype == np.float32
    learned = sum(array.size for array in network.params.values())
    assert learned == sum(row.parameters for row in rows)


@pytest.mark.parametrize("net", NETS.values(), ids=NETS)
def test_built_networks_learn_four_images_by_heart(net):
    rng = np.random.default_rng(0)
    network, loss = build(net, SHAPE, rng=rng), CrossEntropyLoss()
    batch = rng.normal(size=(4, *SHAPE)).astype(np.float32), np.array([0, 1, 2, 0])
    optimizer = Adam(network, lr=0.01)

    losses = [train_step(network, loss, optimizer, batch)[0] for _ in range(120)]

    assert losses[-1] < 0.05 < losses[0]


def test_a_pool_that_rounds_up_is_built_so():
    down = maxpool(3, s=2, ceil=True)

    y = build([down], (1, 8, 8), rng=np.random.default_rng(0)).forward(np.zeros((1, 1, 8, 8)))

    assert y.shape == (1, *outline([down], (1, 8, 8))[0].shape) == (1, 1, 4, 4)


def test_the_dtype_is_that_of_all_parameters():
    network = build(NETS["residual"], SHAPE, rng=np.random.default_rng(0), dtype=np.float64)

    assert {array.dtype for array in network.params.values()} == {np.dtype(np.float64)}


def test_an_unknown_layer_is_named():
    with pytest.raises(ValueError, match="'attention'"):
        build([{"kind": "attention"}], SHAPE, rng=np.random.default_rng(0))
