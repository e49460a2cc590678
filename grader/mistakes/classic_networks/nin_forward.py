"""Known mistakes of 8.5 in computing the block of network in network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import norm, relu
from grader.mistakes.classic_networks.parts import conv as convolve


def computed(change: Callable) -> Callable:
    """A `nin_forward` whose three layers are applied in another way."""

    def nin_forward(x, weights, biases, stride=1, padding=0):
        layers = [
            lambda a, i=i: convolve(
                a, weights[i], biases[i], padding if i == 0 else 0, stride if i == 0 else 1
            )
            for i in range(3)
        ]
        return change(x, layers)

    return nin_forward


def leaky(a):
    """A hundredth of what is negative."""
    return np.maximum(a, 0.01 * a)


def three(x, f):
    """All three layers, as they should be."""
    return relu(f[2](relu(f[1](relu(f[0](x))))))


def options_each(x, weights, biases, stride=1, padding=0):
    """Stride and padding in every layer."""
    for w, b in zip(weights, biases, strict=True):
        x = relu(convolve(x, w, b, padding, stride))
    return x


def stride_each(x, weights, biases, stride=1, padding=0):
    """The stride in every layer."""
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        x = relu(convolve(x, w, b, 0 if i else padding, stride))
    return x


def padding_each(x, weights, biases, stride=1, padding=0):
    """The padding in every layer."""
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        x = relu(convolve(x, w, b, padding, 1 if i else stride))
    return x


def with_arrays(change: Callable) -> Callable:
    """A right `nin_forward` of changed weights and biases."""

    def nin_forward(x, weights, biases, stride=1, padding=0):
        weights, biases = change(weights, biases)
        x = relu(convolve(x, weights[0], biases[0], padding, stride))
        for w, b in zip(weights[1:], biases[1:], strict=True):
            x = relu(convolve(x, w, b))
        return x

    return nin_forward


def with_options(change: Callable) -> Callable:
    """A right `nin_forward` with other options of the first layer."""

    def nin_forward(x, weights, biases, stride=1, padding=0):
        stride, padding = change(stride, padding)
        x = relu(convolve(x, weights[0], biases[0], padding, stride))
        for w, b in zip(weights[1:], biases[1:], strict=True):
            x = relu(convolve(x, w, b))
        return x

    return nin_forward


def normed(a):
    """Normalized by its own statistics."""
    ones = np.ones(a.shape[1])
    return norm(a, ones, 0 * ones)


LISTED = {
    "relu_missing": (
        "A ReLU is missing: one follows each of the three convolutions.",
        (
            computed(lambda x, f: f[2](relu(f[1](relu(f[0](x)))))),
            computed(lambda x, f: relu(f[2](f[1](relu(f[0](x)))))),
            computed(lambda x, f: relu(f[2](relu(f[1](f[0](x)))))),
            computed(lambda x, f: relu(f[2](f[1](f[0](x))))),
            computed(lambda x, f: f[2](f[1](relu(f[0](x))))),
            computed(lambda x, f: f[2](f[1](f[0](x)))),
        ),
    ),
    "layer_missing": (
        "There are three convolutions, one for each weight.",
        (
            computed(lambda x, f: relu(f[1](relu(f[0](x))))),
            computed(lambda x, f: relu(f[0](x))),
        ),
    ),
    "options_repeated": (
        "Stride and padding belong to the first convolution only.",
        (options_each, stride_each, padding_each),
    ),
    "options_ignored": (
        "The first convolution has the stride and the padding that are given.",
        (
            with_options(lambda stride, padding: (1, padding)),
            with_options(lambda stride, padding: (stride, 0)),
            with_options(lambda stride, padding: (1, 0)),
            with_options(lambda stride, padding: (padding or 1, stride)),
        ),
    ),
    "biases_forgotten": (
        "Each convolution adds its biases, one for each filter.",
        (
            with_arrays(lambda w, b: (w, [0 * own for own in b])),
            with_arrays(lambda w, b: (w, [b[0], 0 * b[1], 0 * b[2]])),
            with_arrays(lambda w, b: (w, [0 * b[0], *b[1:]])),
            with_arrays(lambda w, b: (w, [b[0], 0 * b[1], b[2]])),
            with_arrays(lambda w, b: (w, [*b[:2], 0 * b[2]])),
            with_arrays(lambda w, b: (w, [0 * b[0], 0 * b[1], b[2]])),
        ),
    ),
    "arrays_mixed_up": (
        "Each layer has its own weight and bias: weights[0] and biases[0] for the first.",
        (
            with_arrays(lambda w, b: ([w[0], w[2], w[1]], [b[0], b[2], b[1]])),
            with_arrays(lambda w, b: ([w[0], w[2], w[1]], b)),
            with_arrays(lambda w, b: (w, [b[0], b[2], b[1]])),
            with_arrays(lambda w, b: (w, [b[0], b[1], b[1]])),
            with_arrays(lambda w, b: (w, [b[0], b[0], b[0]])),
            with_arrays(lambda w, b: (w, [b[0], b[0], b[2]])),
            with_arrays(lambda w, b: ([w[0], w[1], w[1]], [b[0], b[1], b[1]])),
            with_arrays(lambda w, b: ([w[0], w[1], w[1]], b)),
        ),
    ),
    "relu_first": (
        "You cut the negative numbers of x off before the block begins.",
        (
            computed(lambda x, f: three(relu(x), f)),
            computed(lambda x, f: f[2](relu(f[1](relu(f[0](relu(x))))))),
        ),
    ),
    "kernel_transposed": (
        "Rows and columns of the first kernel are exchanged.",
        (with_arrays(lambda w, b: ([w[0].transpose(0, 1, 3, 2), *w[1:]], b)),),
    ),
    "channels_last": (
        "The channels of the result stand at the end. They belong to axis 1: (N, K, OH, OW).",
        (computed(lambda x, f: three(x, f).transpose(0, 2, 3, 1)),),
    ),
    "one_image": (
        "Only the first image is computed. There are N of them.",
        (
            computed(lambda x, f: three(x[:1], f)),
            computed(lambda x, f: np.repeat(three(x[:1], f), len(x), axis=0)),
        ),
    ),
    "kernel_flipped": (
        "The first kernel is turned by 180 degrees. Deep learning slides it as it is.",
        (with_arrays(lambda w, b: ([w[0][:, :, ::-1, ::-1], *w[1:]], b)),),
    ),
    "weights_transposed": (
        "The weight of a 1 × 1 convolution is (channels out, channels in). You took it the other "
        "way round.",
        (
            with_arrays(lambda w, b: ([w[0], *(own.transpose(1, 0, 2, 3) for own in w[1:])], b)),
            with_arrays(lambda w, b: ([w[0], w[1].transpose(1, 0, 2, 3), w[2]], b)),
            with_arrays(lambda w, b: ([w[0], w[1], w[2].transpose(1, 0, 2, 3)], b)),
        ),
    ),
    "other_activation": (
        "Another function stands where ReLU is asked for.",
        (
            computed(lambda x, f: np.abs(f[2](np.abs(f[1](np.abs(f[0](x))))))),
            computed(lambda x, f: np.abs(f[2](relu(f[1](relu(f[0](x))))))),
            computed(lambda x, f: leaky(f[2](leaky(f[1](leaky(f[0](x))))))),
            computed(lambda x, f: np.tanh(f[2](np.tanh(f[1](np.tanh(f[0](x))))))),
        ),
    ),
    "normalized": (
        "You normalize. Network in network is older than batch normalization.",
        (computed(lambda x, f: relu(normed(f[2](relu(normed(f[1](relu(normed(f[0](x)))))))))),),
    ),
    "pooled": (
        "You average each map in the end. That comes behind the last block only, and is not part "
        "of it.",
        (
            computed(lambda x, f: three(x, f).mean((2, 3))),
            computed(lambda x, f: three(x, f).mean((2, 3), keepdims=True)),
        ),
    ),
}

NIN_FORWARD = tuple(
    Mistake(slug, "nin_forward", message, variants) for slug, (message, variants) in LISTED.items()
)
