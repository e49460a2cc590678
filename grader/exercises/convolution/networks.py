"""Networks as lists of layers: the small words that the cases of 1.6 and 1.7 are written in."""

from typing import Any

Layer = dict[str, Any]
Network = list[Layer]

BN: Layer = {"kind": "bn"}
RELU: Layer = {"kind": "relu"}
GAP: Layer = {"kind": "gap"}
FLATTEN: Layer = {"kind": "flatten"}
DROPOUT: Layer = {"kind": "dropout"}


def conv(out: int, k: int | tuple[int, int], **options: Any) -> Layer:
    """A convolution with `out` filters; options are s, p, d, groups and bias."""
    return {"kind": "conv", "out": out, "k": k, **options}


def maxpool(k: int, **options: Any) -> Layer:
    """A max pooling over k × k pixels; options are s, p and ceil."""
    return {"kind": "maxpool", "k": k, **options}


def avgpool(k: int, **options: Any) -> Layer:
    """An average pooling over k × k pixels; options are s, p and ceil."""
    return {"kind": "avgpool", "k": k, **options}


def linear(out: int, **options: Any) -> Layer:
    """A fully connected layer with `out` outputs; the option is bias."""
    return {"kind": "linear", "out": out, **options}


LENET: Network = [
    *(conv(6, 5, p=2), RELU, avgpool(2)),
    *(conv(16, 5), RELU, avgpool(2)),
    *(FLATTEN, linear(120), RELU, linear(84), RELU, linear(10)),
]
"""LeNet for 1 × 28 × 28 pixels, 61,706 parameters; LeCun et al. (1998), with 2 × 2 averages."""

ALEXNET: Network = [
    *(conv(96, 11, s=4, p=1), RELU, maxpool(3, s=2)),
    *(conv(256, 5, p=2), RELU, maxpool(3, s=2)),
    *(conv(384, 3, p=1), RELU, conv(384, 3, p=1), RELU, conv(256, 3, p=1), RELU),
    *(maxpool(3, s=2), FLATTEN),
    *(linear(4096), RELU, DROPOUT, linear(4096), RELU, DROPOUT, linear(10)),
]
"""AlexNet for 1 × 224 × 224 pixels, 46,764,746 parameters; after Krizhevsky et al. (2012)."""

PLAIN: Network = [
    *(conv(16, 2), RELU, maxpool(2)),
    *(conv(32, 2), RELU, maxpool(2)),
    *(conv(64, 2), RELU, maxpool(2)),
    *(GAP, FLATTEN, linear(133)),
]
"""The chapter's Keras model for 3 × 224 × 224 pixels: 19,189 parameters."""
