"""Known mistakes of 8.9: another version of a network counted, or something that is not learned."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.classic_networks.counting import counter
from grader.mistakes.classic_networks.summary_blocks import BLOCKS
from grader.mistakes.classic_networks.summary_of_some import only, right
from grader.mistakes.classic_networks.summary_resnets import RESIDUAL
from grader.mistakes.classic_networks.summary_versions import VERSIONS


def without_head(name, channels=3, classes=1000):
    """The convolutions alone."""
    ends = {"lenet": 84, "nin": 0, "googlenet": 1024, "resnet50": 2048, "resnet": 512}
    features = next((n for start, n in ends.items() if name.startswith(start)), 4096)
    return right(name, channels, classes) - (features + 1) * classes * (features > 0)


LISTED = {
    "biases_left_out": (
        "The biases are missing. Convolutions and linear layers have one for each output, unless "
        "a normalization follows.",
        (
            counter(bias=0),
            only("lenet alexnet vgg", counter(bias=0)),
            counter(conv_bias=0),
            counter(linear_bias=0),
        ),
    ),
    "channels_ignored": (
        "The first layer depends on the channels of the image: `channels`.",
        (
            counter(channels=lambda channels: 3),
            counter(channels=lambda channels: 1),
            only("lenet", counter(channels=lambda channels: 1)),
        ),
    ),
    "classes_ignored": (
        "The last layer depends on the number of `classes`.",
        (
            counter(classes=lambda classes: 1000),
            counter(classes=lambda classes: 10),
            only("lenet", counter(classes=lambda classes: 10)),
            only("nin", counter(classes=lambda classes: 1000)),
        ),
    ),
    "arguments_ignored": (
        "The count depends on `channels` and `classes`: the first and the last layer are made for "
        "them.",
        (
            counter(channels=lambda channels: 3, classes=lambda classes: 1000),
            lambda name, channels=3, classes=1000: right(
                name, *((1, 10) if name == "lenet" else (3, 1000))
            ),
        ),
    ),
    "kernel_not_squared": (
        "A k × k kernel has k * k weights for each channel that it sees.",
        (counter(power=1),),
    ),
    "one_bias_for_a_layer": (
        "Each filter and each feature has a bias of its own; you counted one for a layer.",
        (counter(conv_bias=None, linear_bias=None),),
    ),
    "last_layer_left_out": (
        "The last linear layer is missing.",
        (without_head,),
    ),
    "running_statistics_counted": (
        "You counted the running mean and variance of batch normalization. They are measured, "
        "not learned: it learns two numbers for each channel.",
        (counter(norm=4),),
    ),
    "normalization_miscounted": (
        "Batch normalization learns two numbers for each channel, a scale and a shift.",
        (counter(norm=0), counter(norm=1)),
    ),
    "biases_before_normalization": (
        "A convolution that a normalization follows has no biases: the normalization's shift "
        "does their work.",
        (counter(bias_with_norm=1),),
    ),
    **VERSIONS,
    **BLOCKS,
    **RESIDUAL,
    "thousands": (
        "Return the number itself, to the last parameter, not in thousands or millions.",
        (
            lambda name, channels=3, classes=1000: right(name, channels, classes) // 1000,
            lambda name, channels=3, classes=1000: round(right(name, channels, classes) / 1e6, 1),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "summary", message, variants) for slug, (message, variants) in LISTED.items()
)
