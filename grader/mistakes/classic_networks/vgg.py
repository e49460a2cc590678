"""Known mistakes of 8.5, building: blocks with a layer too many, too few or in another place."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.exercises.convolution.networks import RELU, avgpool, conv, maxpool
from grader.mistakes.classic_networks.vgg_head import HEAD
from grader.mistakes.classic_networks.vgg_rules import head, per_block, right, threes, vgg

LISTED = {
    "pool_after_every_conv": (
        "You pool after every convolution. A block pools once, behind its last one.",
        (
            per_block(lambda count, width: [conv(width, 3, p=1), RELU, maxpool(2)] * count),
            per_block(lambda count, width: [conv(width, 3, p=1), maxpool(2), RELU] * count),
        ),
    ),
    "pool_missing": (
        "The pools are missing: each block ends with one, and halves the map.",
        (
            per_block(threes),
            lambda arch, classes=1000: [
                *[layer for count, width in arch for layer in threes(count, width)],
                maxpool(2),
                *head(classes),
            ],
            lambda arch, classes=1000: [
                *[
                    layer
                    for count, width in arch[:-1]
                    for layer in [*threes(count, width), maxpool(2)]
                ],
                *threes(*arch[-1]),
                *head(classes),
            ],
        ),
    ),
    "other_pool": (
        "VGG takes the largest of 2 × 2 pixels, and steps by 2.",
        (
            per_block(lambda count, width: [*threes(count, width), maxpool(3, s=2)]),
            per_block(lambda count, width: [*threes(count, width), avgpool(2)]),
            per_block(lambda count, width: [*threes(count, width), maxpool(2, s=1)]),
            per_block(lambda count, width: [*threes(count, width), maxpool(3, s=2, p=1)]),
        ),
    ),
    "pool_first": (
        "Your block begins with the pool. It ends with it.",
        (per_block(lambda count, width: [maxpool(2), *threes(count, width)]),),
    ),
    "padding_forgotten": (
        "The convolutions have padding 1, so that they keep the size. Only the pools halve it.",
        (
            per_block(lambda count, width: [*[conv(width, 3), RELU] * count, maxpool(2)]),
            per_block(lambda count, width: [*[conv(width, 3, p=2), RELU] * count, maxpool(2)]),
        ),
    ),
    "other_kernel": (
        "VGG's kernels have 3 × 3 pixels, all of them.",
        (
            per_block(lambda count, width: [*[conv(width, 5, p=2), RELU] * count, maxpool(2)]),
            per_block(
                lambda count, width: (
                    [*[conv(width, 3, p=1), RELU] * count, maxpool(2)][:-3]
                    + [conv(width, 1), RELU, maxpool(2)]
                )
            ),
            per_block(lambda count, width: [*[conv(width, 2, p=1), RELU] * count, maxpool(2)]),
        ),
    ),
    "relu_missing": (
        "A ReLU is missing: one follows every convolution.",
        (
            per_block(lambda count, width: [*[conv(width, 3, p=1)] * count, maxpool(2)]),
            per_block(lambda count, width: [*[conv(width, 3, p=1)] * count, RELU, maxpool(2)]),
            per_block(lambda count, width: [*threes(count, width)[:-1], maxpool(2)]),
        ),
    ),
    "count_ignored": (
        "The first number of each pair in `arch` says how many convolutions the block has.",
        (
            per_block(lambda count, width: [*threes(1, width), maxpool(2)]),
            per_block(lambda count, width: [*threes(2, width), maxpool(2)]),
            per_block(lambda count, width: [*threes(count + 1, width), maxpool(2)]),
            per_block(lambda count, width: [*threes(max(count - 1, 1), width), maxpool(2)]),
            per_block(lambda count, width: [*threes(count - 1, width), maxpool(2)]),
        ),
    ),
    "pair_swapped": (
        "Each pair of `arch` is (convolutions, channels). You took them the other way round.",
        (vgg(arch=lambda arch: [(width, count) for count, width in arch]),),
    ),
    "channels_doubled": (
        "You computed the channels: 64, 128, 256 … They stand in `arch`.",
        (
            vgg(arch=lambda arch: [(n, 64 * 2**i) for i, (n, _) in enumerate(arch)]),
            vgg(arch=lambda arch: [(n, min(64 * 2**i, 512)) for i, (n, _) in enumerate(arch)]),
            vgg(arch=lambda arch: [(n, arch[0][1] * 2**i) for i, (n, _) in enumerate(arch)]),
        ),
    ),
    "one_width_for_all": (
        "All your blocks have as many channels as one of them. Each pair of `arch` has a width of "
        "its own; a dict that is changed later changes wherever it stands in the list.",
        (
            vgg(arch=lambda arch: [(n, arch[0][1]) for n, _ in arch]),
            vgg(arch=lambda arch: [(n, arch[-1][1]) for n, _ in arch]),
        ),
    ),
    "relu_behind_pool": (
        "A ReLU stands behind the pool. Each stands directly behind its convolution.",
        (
            per_block(lambda count, width: [*threes(count, width)[:-1], maxpool(2), RELU]),
            per_block(lambda count, width: [*[conv(width, 3, p=1)] * count, maxpool(2), RELU]),
        ),
    ),
    "other_default": (
        "Without `classes` there are 1000.",
        (
            lambda arch, classes=10: right(arch, classes),
            lambda arch, classes=100: right(arch, classes),
        ),
    ),
    **HEAD,
    "biases_left_out": (
        "VGG's convolutions have biases: leave bias=False out.",
        (
            per_block(
                lambda count, width: [
                    *[conv(width, 3, p=1, bias=False), RELU] * count,
                    maxpool(2),
                ]
            ),
        ),
    ),
    "normalized": (
        "VGG is older than batch normalization: there is none in it.",
        (
            per_block(
                lambda count, width: [
                    *[conv(width, 3, p=1), {"kind": "bn"}, RELU] * count,
                    maxpool(2),
                ]
            ),
        ),
    ),
}

BUILDING = tuple(
    Mistake(slug, "vgg", message, variants) for slug, (message, variants) in LISTED.items()
)
