"""Other people's versions of the classic networks have the parameters that they state.

Source:
    Zhang, Lipton, Li & Smola, Dive into Deep Learning, chapters 7 and 8, https://d2l.ai, for the
    versions called d2l; torchvision for its AlexNet; Lin, Chen & Yan (2013),
    https://arxiv.org/abs/1312.4400, for the network for CIFAR-10, in the widths that its authors
    published for Caffe.
"""

import pytest
import torch
from torch import nn

from convnet.architectures import FLATTEN, GAP, alexnet, conv, linear, maxpool, nin, vgg
from convnet.outline import outline
from grader.references.networks import NETWORKS

AVERAGE = {"kind": "avgpool", "k": 3, "s": 2}
TORCHVISION = [
    *(*conv(64, 11, s=4, p=2), maxpool(3, s=2), *conv(192, 5, p=2), maxpool(3, s=2)),
    *(*conv(384, 3, p=1), *conv(256, 3, p=1), *conv(256, 3, p=1), maxpool(3, s=2)),
    *(FLATTEN, *linear(4096, 4096, 1000)),
]
CIFAR = [
    *(*conv(192, 5, p=2), *conv(160, 1), *conv(96, 1), maxpool(3, s=2)),
    *(*conv(192, 5, p=2), *conv(192, 1), *conv(192, 1), AVERAGE),
    *(*conv(192, 3, p=1), *conv(192, 1), *conv(10, 1), GAP, FLATTEN),
]
VGG11 = 1, 1, 2, 2, 2


def alex(channels, classes, *, widths=(96, 256, 384, 384, 256), groups=1, padding=1):
    """AlexNet in torch, with the sizes of its variants."""
    a, b, c, d, e = widths
    return nn.Sequential(
        *(nn.Conv2d(channels, a, 11, 4, padding), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(a, b, 5, padding=2, groups=groups), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(b, c, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(c, d, 3, padding=1, groups=groups), nn.ReLU()),
        *(nn.Conv2d(d, e, 3, padding=1, groups=groups), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Flatten(), nn.LazyLinear(4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU()),
        nn.Linear(4096, classes),
    )


def cifar():
    """Network in network for CIFAR-10, in torch."""
    layers, channels = [], 3
    for k, widths in ((5, (192, 160, 96)), (5, (192, 192, 192)), (3, (192, 192, 10))):
        for place, width in enumerate(widths):
            size = 1 if place else k
            layers += [nn.Conv2d(channels, width, size, padding=size // 2), nn.ReLU()]
            channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def slim():
    """VGG-11 of d2l with a quarter of the channels, in torch."""
    layers, channels = [], 1
    for count, width in zip(VGG11, (16, 32, 64, 128, 128), strict=True):
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    head = nn.LazyLinear(4096), nn.Linear(4096, 4096), nn.Linear(4096, 10)
    return nn.Sequential(*layers, nn.Flatten(), *head)


SMALL, LARGE = (1, 224, 224), (3, 224, 224)
VARIANTS = {
    "AlexNet d2l": (alexnet(10, groups=1, padding=1), SMALL, lambda: alex(1, 10), 46_764_746),
    "AlexNet d2l, colour, 1000 classes": (
        *(alexnet(groups=1, padding=1), LARGE, lambda: alex(3, 1000)),
        50_844_008,
    ),
    "AlexNet 2012": (
        *(alexnet(), (3, 227, 227), lambda: alex(3, 1000, groups=2, padding=0)),
        60_965_224,
    ),
    "AlexNet 2012 without groups": (
        *(alexnet(groups=1), (3, 227, 227), lambda: alex(3, 1000, padding=0)),
        62_378_344,
    ),
    "AlexNet torchvision": (
        *(TORCHVISION, LARGE, lambda: alex(3, 1000, widths=(64, 192, 384, 256, 256), padding=2)),
        61_100_840,
    ),
    "VGG-11": (vgg(*VGG11), LARGE, NETWORKS["vgg11"], 132_863_336),
    "VGG-13": (vgg(2, 2, 2, 2, 2), LARGE, NETWORKS["vgg13"], 133_047_848),
    "VGG-16": (vgg(2, 2, 3, 3, 3), LARGE, NETWORKS["vgg16"], 138_357_544),
    "VGG-19": (vgg(2, 2, 4, 4, 4), LARGE, NETWORKS["vgg19"], 143_667_240),
    "VGG-11 d2l": (
        *(vgg(*VGG11, classes=10), SMALL, lambda: NETWORKS["vgg11"](1, 10)),
        128_806_154,
    ),
    "VGG-11 d2l, a quarter of the channels": (
        *(vgg(*VGG11, classes=10, width=16), SMALL, slim),
        43_093_322,
    ),
    "NiN d2l": (nin(10), SMALL, lambda: NETWORKS["nin"](1, 10), 1_992_166),
    "NiN d2l, colour, 1000 classes": (nin(), LARGE, NETWORKS["nin"], 7_439_608),
    "NiN for CIFAR-10": (CIFAR, (3, 32, 32), cifar, 966_986),
}


@pytest.mark.parametrize(("net", "shape", "twin", "total"), VARIANTS.values(), ids=VARIANTS)
def test_a_variant_has_as_many_parameters_as_torch_counts(net, shape, twin, total):
    with torch.device("meta"):
        network = twin()
        network(torch.zeros(2, *shape))

    ours = sum(row.parameters for row in outline(net, shape))

    assert ours == sum(p.numel() for p in network.parameters()) == total


def test_the_blocks_of_network_in_network_are_those_that_d2l_states():
    rows = [row for row in outline(nin(10), SMALL) if row.kind == "conv"]

    blocks = [sum(row.parameters for row in rows[i : i + 3]) for i in range(0, 12, 3)]

    assert blocks == [30_336, 746_240, 1_180_800, 34_790]


def test_the_layers_of_lenet_are_those_that_d2l_states():
    net = [*conv(6, 5, p=2), maxpool(2), *conv(16, 5), maxpool(2), FLATTEN, *linear(120, 84, 10)]

    learned = [row.parameters for row in outline(net, (1, 28, 28)) if row.parameters]

    assert learned == [156, 2_416, 48_120, 10_164, 850]
    assert sum(learned) == 61_706
