"""Exercise 1.6: the shape behind each layer of a network, and how many numbers it learns."""

import math

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.conv_out import always
from grader.exercises.convolution.networks import (
    ALEXNET,
    BN,
    DROPOUT,
    FLATTEN,
    GAP,
    LENET,
    PLAIN,
    RELU,
    Network,
    avgpool,
    conv,
    linear,
    maxpool,
)

MIXED: Network = [
    *(conv(8, 3, s=2, p=1, bias=False), BN, RELU, maxpool(3, s=2, p=1, ceil=True)),
    *(conv(8, 3, p=1, groups=8, bias=False), BN, RELU, conv(12, 1, groups=2), RELU),
    *(avgpool(2, ceil=True), DROPOUT, GAP, FLATTEN, linear(5, bias=False)),
]
"""Grouped and depthwise, with and without biases, normalised, and pooled in ceil mode."""

# Group, title, input shape, network.
LISTED = [
    ("layers", "one convolution", (1, 4, 4), [conv(2, 3)]),
    ("layers", "one convolution of a colour image", (3, 5, 5), [conv(2, 2)]),
    ("layers", "stride and padding", (2, 6, 7), [conv(3, 3, s=2, p=1)]),
    ("layers", "dilation", (1, 7, 8), [conv(2, 3, d=2)]),
    ("layers", "a kernel of 2 × 3 pixels", (2, 4, 6), [conv(3, (2, 3))]),
    ("layers", "a convolution without bias", (2, 4, 4), [conv(3, 3, bias=False)]),
    ("layers", "two groups", (4, 4, 4), [conv(6, 3, groups=2)]),
    ("layers", "batch normalization", (3, 2, 2), [BN]),
    ("layers", "max pooling with a remainder", (2, 5, 5), [maxpool(2)]),
    ("layers", "max pooling in ceil mode", (2, 5, 7), [maxpool(2, ceil=True)]),
    ("layers", "average pooling with a remainder", (3, 7, 5), [avgpool(2)]),
    ("layers", "max pooling of 3 × 3 pixels", (1, 7, 8), [maxpool(3)]),
    ("layers", "average pooling of 3 × 3 pixels", (1, 7, 8), [avgpool(3)]),
    ("layers", "average pooling in ceil mode", (2, 5, 5), [avgpool(2, ceil=True)]),
    ("layers", "ceil mode without a remainder", (1, 7, 5), [maxpool(3, s=2, ceil=True)]),
    ("layers", "a linear layer", (2, 2, 3), [FLATTEN, linear(4)]),
    ("layers", "a linear layer without bias", (2, 2, 3), [FLATTEN, linear(4, bias=False)]),
    ("layers", "global average pooling", (3, 4, 5), [GAP, FLATTEN, DROPOUT, linear(2)]),
    ("layers", "overlapping pools", (1, 8, 8), [maxpool(3, s=2, ceil=True), avgpool(3, s=1, p=1)]),
    ("layers", "two convolutions", (1, 6, 6), [conv(2, 3), RELU, conv(3, 2)]),
    ("networks", "the Keras model with 19,189 parameters", (3, 224, 224), PLAIN),
    ("networks", "LeNet", (1, 28, 28), LENET),
    ("networks", "AlexNet", (1, 224, 224), ALEXNET),
    ("networks", "groups, no biases, normalization and ceil mode", (2, 31, 34), MIXED),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Single layers, then networks; hidden ones have larger images and more channels."""
    cases = []
    for group, title, shape, net in LISTED:
        inputs = {"net": net, "input_shape": shape}
        if rng is not None:
            inputs, title = vary(net, shape, rng), title.split(" with 19")[0]
        cases.append(Case("describe", group, title, make=always(inputs)))
    return cases


def vary(net: Network, shape: tuple[int, int, int], rng: np.random.Generator) -> Inputs:
    """Enlarge the image and multiply the numbers of channels.

    The image grows by multiples of all strides together, so each layer rounds as it did before.
    Channels grow by whole factors, so groups still divide them; depthwise stays depthwise.
    """
    step = math.prod(stride(layer) for layer in net)
    channels, height, width = shape
    factor = int(rng.integers(2, 4))
    larger = channels * factor, *(side + step * int(rng.integers(1, 3)) for side in (height, width))
    varied = []
    for layer in net:
        changes = {}
        if layer.get("groups", 1) == channels > 1:
            changes["groups"] = channels * factor
        elif "out" in layer:
            factor = int(rng.integers(2, 4))
        if "out" in layer:
            channels = layer["out"]
            changes["out"] = channels * factor
        varied.append(layer | changes)
    return {"net": varied, "input_shape": larger}


def stride(layer: dict) -> int:
    """The stride of a layer; a pool's is its size unless it says otherwise."""
    return layer.get("s", layer["k"] if layer["kind"].endswith("pool") else 1)


EXERCISE = Exercise(
    slug="describe",
    number="1.6",
    chapter="01-convolution",
    title="Count shapes and parameters",
    functions=(Function("describe", "net, input_shape", ("layers",), "exact"),),
    groups=(Group("layers", 5), Group("networks", 5)),
    make_cases=make_cases,
    minutes=40,
    difficulty=2,
)
