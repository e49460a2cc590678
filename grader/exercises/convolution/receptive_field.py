"""Exercise 1.7: how much of the image one pixel sees, layer after layer."""

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.conv_out import always
from grader.exercises.convolution.networks import (
    BN,
    DROPOUT,
    RELU,
    Network,
    avgpool,
    conv,
    maxpool,
)

LENET_MAPS: Network = [
    *(conv(6, 5, p=2), RELU, avgpool(2)),
    *(conv(16, 5), RELU, avgpool(2), conv(120, 5)),
]
"""LeNet's maps: 5, 6, 14, 16 and at last the whole 32 × 32 image."""

STEM: Network = [
    *(conv(64, 7, s=2, p=3, bias=False), BN, RELU, maxpool(3, s=2, p=1)),
    *(conv(64, 3, p=1, bias=False), BN, RELU, conv(64, 3, p=1, bias=False), BN),
    *(conv(128, 3, s=2, p=1, bias=False), BN, RELU),
]
"""The stem of ResNet-18, its first block, and one more stride."""

DILATED: Network = [conv(4, 3, p=1), conv(4, 3, p=2, d=2), conv(4, 3, p=4, d=4)]

LISTED = [
    ("basic", "one convolution", [conv(1, 3)]),
    ("basic", "two convolutions", [conv(2, 3), conv(2, 3)]),
    ("basic", "kernels of 2 and 4", [conv(2, 2), RELU, conv(2, 4)]),
    ("basic", "stride 2, then a convolution", [conv(1, 3, s=2), conv(1, 3)]),
    ("basic", "strides 2 and 3", [conv(1, 3, s=2), conv(1, 5, s=3), conv(1, 3)]),
    ("basic", "max pooling, then a convolution", [maxpool(2), conv(1, 3)]),
    ("basic", "average pooling, then a convolution", [conv(1, 3), avgpool(3), conv(1, 2)]),
    ("edge", "one dilated convolution", [conv(1, 3, d=2)]),
    ("edge", "dilations 1, 2, 4", DILATED),
    ("edge", "a kernel shorter than its stride", [conv(1, 1, s=2), conv(1, 2, s=3), conv(1, 2)]),
    ("edge", "overlapping pools", [maxpool(3, s=2), avgpool(3, s=1, p=1), maxpool(2), conv(1, 3)]),
    ("edge", "dilation after a stride", [conv(1, 4, s=2, d=3), DROPOUT, conv(1, 2, s=2, d=2)]),
    ("edge", "LeNet", LENET_MAPS),
    ("edge", "the first layers of ResNet-18", STEM),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """A few layers, then parts of known networks; hidden ones have longer kernels and strides."""
    return [
        Case("receptive_field", group, title, make=always({"net": varied(net, rng)}))
        for group, title, net in LISTED
    ]


def varied(net: Network, rng: np.random.Generator | None) -> Network:
    """Lengthen kernels, strides and dilations; what is 1 stays 1."""
    if rng is None:
        return net
    return [_longer(layer, rng) for layer in net]


def _longer(layer: dict, rng: np.random.Generator) -> dict:
    if "k" not in layer:
        return layer
    longer = {}
    short = layer["k"] < layer.get("s", 1)
    for name, least in (("k", 1), ("s", 0), ("d", 0)):
        if layer.get(name, 1) > 1 and not (short and name == "k"):
            longer[name] = layer[name] + int(rng.integers(least, 3))
    return layer | longer


EXERCISE = Exercise(
    slug="receptive_field",
    number="1.7",
    chapter="01-convolution",
    title="Measure how far a pixel sees",
    functions=(Function("receptive_field", "net", ("fields",), "exact"),),
    groups=(Group("basic", 3), Group("edge", 3)),
    make_cases=make_cases,
    minutes=20,
    difficulty=2,
)
