"""Known mistakes of 8.5: the block of network in network, and stacks of small kernels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.exercises.convolution.networks import FLATTEN, GAP, RELU, conv, linear, maxpool
from grader.mistakes.classic_networks.block_rules import norm, relu
from grader.mistakes.classic_networks.parts import conv as convolve


def block(layers: Callable) -> Callable:
    """A `nin_block` with other layers."""
    return lambda out, k, s=1, p=0: layers(out, k, s, p)


def first(out, k, s, p):
    """The first convolution."""
    return conv(out, k, s=s, p=p)


BLOCKS = {
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


FORWARD = {
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


def layers(k):
    """How many 3 × 3 layers see k × k pixels."""
    return (k - 1) // 2


STACKS = {
    "pixels_instead_of_rings": (
        "Each 3 × 3 layer behind the first widens the view by 2 pixels: n of them see 2n + 1.",
        (
            lambda k, C: (k // 3, 9 * C * C * (k // 3), k * k * C * C),
            lambda k, C: (k - 2, 9 * C * C * (k - 2), k * k * C * C),
            lambda k, C: (-(-k // 3), 9 * C * C * -(-k // 3), k * k * C * C),
            lambda k, C: (k - 1, 9 * C * C * (k - 1), k * k * C * C),
            lambda k, C: ((k + 1) // 2, 9 * C * C * ((k + 1) // 2), k * k * C * C),
            lambda k, C: (max((k - 1) // 2, 1), 9 * C * C * max((k - 1) // 2, 1), k * k * C * C),
            lambda k, C: (-(-(k - 1) // 3), 9 * C * C * -(-(k - 1) // 3), k * k * C * C),
        ),
    ),
    "floats": (
        "Return whole numbers. A division with / makes floats: write //.",
        (
            lambda k, C: ((k - 1) / 2, 9 * C * C * (k - 1) / 2, k * k * C * C),
            lambda k, C: ((k - 1) / 2, 9 * C * C * layers(k), k * k * C * C),
            lambda k, C: (layers(k), 9 * C * C * (k - 1) / 2, k * k * C * C),
        ),
    ),
    "channels_counted_once": (
        "Each of the C filters has a kernel for each of the C channels: C * C kernels in a layer.",
        (
            lambda k, C: (layers(k), 9 * C * layers(k), k * k * C),
            lambda k, C: (layers(k), 9 * layers(k), k * k),
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * k * C),
            lambda k, C: (layers(k), 9 * C * layers(k), k * k * C * C),
        ),
    ),
    "biases_counted": (
        "Count the weights only, without biases.",
        (
            lambda k, C: (layers(k), (9 * C * C + C) * layers(k), k * k * C * C + C),
            lambda k, C: (layers(k), (9 * C + 1) * C * layers(k), k * k * C * C),
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * k * C * C + C),
        ),
    ),
    "one_layer_counted": (
        "You counted the weights of one 3 × 3 layer. Count those of the whole stack.",
        (lambda k, C: (layers(k), 9 * C * C, k * k * C * C),),
    ),
    "another_order": (
        "Return the layers, the weights of the stack and those of the single layer, in this order.",
        (
            lambda k, C: (layers(k), k * k * C * C, 9 * C * C * layers(k)),
            lambda k, C: (9 * C * C * layers(k), k * k * C * C, layers(k)),
            lambda k, C: (9 * C * C * layers(k), k * k * C * C),
        ),
    ),
    "kernel_not_squared": (
        "A k × k kernel has k * k weights.",
        (
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * C * C),
            lambda k, C: (layers(k), 3 * C * C * layers(k), k * C * C),
            lambda k, C: (layers(k), 3 * C * C * layers(k), k * k * C * C),
        ),
    ),
    "shares_instead_of_counts": (
        "Return the numbers of weights, not how they compare.",
        (
            lambda k, C: (layers(k), 9 * layers(k), k * k) if C > 1 else (layers(k), 1, 1),
            lambda k, C: (
                layers(k),
                9 * C * C * layers(k),
                9 * C * C * layers(k) / (k * k * C * C),
            ),
        )[1:],
    ),
}

MISTAKES = (
    *(Mistake(slug, "nin_block", text, codings) for slug, (text, codings) in BLOCKS.items()),
    *(Mistake(slug, "nin_forward", text, codings) for slug, (text, codings) in FORWARD.items()),
    *(Mistake(slug, "stack_of_3x3", text, codings) for slug, (text, codings) in STACKS.items()),
)
