"""Known mistakes of 8.5 in the block of network in network: its layers and their options."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake
from grader.exercises.convolution.networks import FLATTEN, GAP, RELU, conv, linear, maxpool


def block(layers: Callable) -> Callable:
    """A `nin_block` with other layers."""
    return lambda out, k, s=1, p=0: layers(out, k, s, p)


def first(out, k, s, p):
    """The first convolution."""
    return conv(out, k, s=s, p=p)


LISTED = {
    "relu_missing": (
        "A ReLU is missing. One follows each of the three convolutions, the 1 × 1 ones too: "
        "without it, they would be no more than a single linear map.",
        (
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, conv(o, 1), conv(o, 1), RELU]),
            block(lambda o, k, s, p: [first(o, k, s, p), conv(o, 1), RELU, conv(o, 1), RELU]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, conv(o, 1), RELU, conv(o, 1)]),
            block(lambda o, k, s, p: [first(o, k, s, p), conv(o, 1), conv(o, 1), RELU]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, conv(o, 1), conv(o, 1)]),
            block(lambda o, k, s, p: [first(o, k, s, p), conv(o, 1), conv(o, 1)]),
        ),
    ),
    "one_by_one_missing": (
        "There are two 1 × 1 convolutions behind the first one.",
        (
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, conv(o, 1), RELU]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1), RELU] * 3]),
        ),
    ),
    "same_kernel_everywhere": (
        "Only the first convolution has k × k pixels. The other two are 1 × 1.",
        (
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, k), RELU] * 2]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU] * 3),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 3, p=1), RELU] * 2]),
        ),
    ),
    "options_repeated": (
        "Stride and padding belong to the first convolution. A 1 × 1 convolution with a stride "
        "would throw pixels away, and with padding it would add a border.",
        (
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1, s=s, p=p), RELU] * 2]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1, s=s), RELU] * 2]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1, p=p), RELU] * 2]),
        ),
    ),
    "options_ignored": (
        "The first convolution has the stride s and the padding p.",
        (
            block(lambda o, k, s, p: [conv(o, k), RELU, *[conv(o, 1), RELU] * 2]),
            block(lambda o, k, s, p: [conv(o, k, s=s), RELU, *[conv(o, 1), RELU] * 2]),
            block(lambda o, k, s, p: [conv(o, k, p=p), RELU, *[conv(o, 1), RELU] * 2]),
            block(lambda o, k, s, p: [conv(o, k, s=p, p=s), RELU, *[conv(o, 1), RELU] * 2]),
            block(lambda o, k, s, p: [conv(o, k, s=s, p=k // 2), RELU, *[conv(o, 1), RELU] * 2]),
            block(
                lambda o, k, s, p: [conv(o, k, s=s, p=p or k // 2), RELU, *[conv(o, 1), RELU] * 2]
            ),
        ),
    ),
    "linear_layers": (
        "You took linear layers. A 1 × 1 convolution is a linear layer at each pixel, and keeps "
        "the map.",
        (
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[linear(o), RELU] * 2]),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, FLATTEN, *[linear(o), RELU] * 2]),
        ),
    ),
    "pooled": (
        "The block itself does not pool: what follows it does.",
        (
            block(
                lambda o, k, s, p: [
                    *(first(o, k, s, p), RELU),
                    *[conv(o, 1), RELU] * 2,
                    maxpool(3, s=2),
                ]
            ),
            block(lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1), RELU] * 2, GAP]),
            block(
                lambda o, k, s, p: [first(o, k, s, p), RELU, *[conv(o, 1), RELU] * 2, maxpool(2)]
            ),
        ),
    ),
}

NIN_BLOCK = tuple(
    Mistake(slug, "nin_block", message, variants) for slug, (message, variants) in LISTED.items()
)
