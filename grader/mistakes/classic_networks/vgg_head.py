"""Known mistakes of 8.5 in VGG's head: its linear layers repeated, too few or too narrow."""

from __future__ import annotations

from grader.exercises.convolution.networks import FLATTEN, GAP, RELU, linear, maxpool
from grader.mistakes.classic_networks.vgg_rules import head, heads, per_block, threes, vgg

HEAD = {
    "head_repeated": (
        "The head stands once, behind the last block, and not in the loop over the blocks.",
        (
            per_block(lambda count, width: [*threes(count, width), maxpool(2), FLATTEN]),
            lambda arch, classes=1000: [
                layer
                for count, width in arch
                for layer in [*threes(count, width), maxpool(2), *head(classes)]
            ],
            lambda arch, classes=1000: [
                *[
                    layer
                    for count, width in arch
                    for layer in [*threes(count, width), maxpool(2), FLATTEN]
                ],
                *head(classes)[1:],
            ],
        ),
    ),
    "other_hidden_width": (
        "VGG's two hidden linear layers have 4096 features each.",
        heads(
            *(
                lambda classes, one=one, two=two: [
                    *(FLATTEN, linear(one), RELU, linear(two), RELU, linear(classes))
                ]
                for one, two in (
                    *((512, 512), (1024, 1024), (2048, 2048), (1000, 1000)),
                    *((4096, 1000), (4096, 1024), (4096, 2048), (120, 84)),
                )
            )
        ),
    ),
    "head_too_short": (
        "VGG's head has two hidden linear layers with 4096 features each, a ReLU behind both, and "
        "then the last one.",
        heads(
            lambda classes: [FLATTEN, linear(classes)],
            lambda classes: [FLATTEN, linear(4096), RELU, linear(classes)],
            lambda classes: [GAP, FLATTEN, linear(classes)],
            lambda classes: [GAP, *head(classes)],
            lambda classes: [],
        ),
    ),
    "head_relu": (
        "In the head, a ReLU follows the two hidden layers and not the last one.",
        heads(
            lambda classes: [*head(classes), RELU],
            lambda classes: [FLATTEN, linear(4096), linear(4096), linear(classes)],
            lambda classes: [FLATTEN, linear(4096), linear(4096), RELU, linear(classes)],
            lambda classes: [FLATTEN, linear(4096), RELU, linear(4096), linear(classes)],
        ),
    ),
    "flatten_missing": (
        "Before the first linear layer the maps are laid in a row: {'kind': 'flatten'}.",
        heads(
            lambda classes: head(classes)[1:],
            lambda classes: [GAP, *head(classes)[1:]],
        ),
    ),
    "classes_ignored": (
        "The last layer has as many outputs as there are `classes`.",
        (
            vgg(classes=lambda classes: 1000),
            vgg(classes=lambda classes: 10),
            vgg(classes=lambda classes: 4096),
        ),
    ),
}
