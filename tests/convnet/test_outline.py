"""Networks that are written down agree with torch's: shapes, parameters, work and reach."""

import re

import pytest
import torch
from torch import nn

from convnet.architectures import ARCHITECTURES, FLATTEN, conv, linear, maxpool, normed
from convnet.outline import outline
from grader.references.networks import NETWORKS

PARAMETERS = {
    "LeNet": 61_706,
    "AlexNet": 60_965_224,
    "VGG-11": 132_863_336,
    "VGG-16": 138_357_544,
    "NiN": 7_439_608,
    "GoogLeNet": 6_998_552,
    "ResNet-18": 11_689_512,
    "ResNet-34": 21_797_672,
    "ResNet-50": 25_557_032,
}

each_network = pytest.mark.parametrize("name", ARCHITECTURES)


def torch_twin(name):
    """torch's network, without numbers in it."""
    with torch.device("meta"):
        build = NETWORKS[name.lower().replace("-", "")]
        return build(1, 10) if name == "LeNet" else build()


def torch_work(name):
    """The multiply-adds and the shapes behind convolutions and linear layers, as torch runs."""
    network, (_, shape), told = torch_twin(name), ARCHITECTURES[name], []

    def note(module, _, y):
        weights = module.weight[0].numel()
        told.append((weights * y[0].numel(), tuple(y.shape[1:])))

    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.register_forward_hook(note)
    network.eval()(torch.zeros(1, *shape, device="meta"))
    return told


@each_network
def test_the_parameters_are_torchs_and_the_known_ones(name):
    total = sum(row.parameters for row in outline(*ARCHITECTURES[name]))

    assert total == sum(p.numel() for p in torch_twin(name).parameters()) == PARAMETERS[name]


@each_network
def test_the_multiply_adds_are_torchs(name):
    work = sum(row.multiply_adds for row in outline(*ARCHITECTURES[name]))

    assert work == sum(work for work, _ in torch_work(name))


@each_network
def test_the_shape_in_front_of_the_head_is_torchs(name):
    net, shape = ARCHITECTURES[name]
    rows = outline(net, shape)
    network = torch_twin(name).eval()
    x = torch.zeros(1, *shape, device="meta")
    shapes = []
    for module in network:
        x = module(x)
        shapes.append(tuple(x.shape[1:]))

    # torch may count a convolution and its normalization as one layer: only those in common.
    ours = [row.shape for row in rows]
    assert ours[-1] == shapes[-1]
    assert [s for s in dict.fromkeys(ours) if s in shapes] == [*dict.fromkeys(shapes)]


def test_the_reach_grows_as_it_is_known_to():
    lenet = [row.reach for row in outline(*ARCHITECTURES["LeNet"]) if row.kind != "relu"]

    assert lenet[:4] == [5, 6, 14, 16]
    for name, kind, reach in (
        ("AlexNet", "maxpool", 195),
        ("VGG-16", "maxpool", 212),
        ("ResNet-18", "residual", 435),
    ):
        last = [row for row in outline(*ARCHITECTURES[name]) if row.kind == kind][-1]
        assert (last.reach, last.step) == (reach, 32), name


def test_a_layer_that_is_not_known_is_named():
    with pytest.raises(ValueError, match="there is no kind 'attention'"):
        outline([{"kind": "attention"}], (1, 4, 4))


@pytest.mark.parametrize(
    ("net", "message"),
    [
        (linear(10), "linear takes a list of numbers, so flatten first; what comes has shape (2,"),
        ([FLATTEN, *conv(4, 3)], "conv takes maps (C, H, W); what comes has shape (40,)"),
        ([maxpool(2), maxpool(2), maxpool(2)], "a window of 2 does not fit on 1 pixels"),
        (conv(4, 9, p=1), "a window of 9 does not fit on 4 pixels with padding 1"),
    ],
)
def test_a_layer_that_does_not_fit_is_named(net, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        outline(net, (2, 4, 5))


def test_ways_that_do_not_fit_together_are_named():
    block = {"kind": "residual", "branch": normed(3, 1), "shortcut": []}

    with pytest.raises(ValueError, match=re.escape("[(3, 4, 4), (2, 4, 4)]")):
        outline([block], (2, 4, 4))


def test_a_window_that_would_start_behind_the_map_is_dropped():
    [row] = outline([maxpool(2, s=2, p=1, ceil=True)], (1, 3, 3))

    assert row.shape == tuple(nn.MaxPool2d(2, 2, 1, ceil_mode=True)(torch.zeros(1, 3, 3)).shape)


def test_a_flat_row_has_all_pixels():
    *_, row = outline([*conv(4, 3), FLATTEN], (2, 5, 6))

    assert row.shape == (4 * 3 * 4,)
