"""Known mistakes of 8.9: another version of a network counted, or something that is not learned."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake
from grader.mistakes.classic_networks.counting import (
    INCEPTIONS,
    RESNETS,
    VGGS,
    Rules,
    counter,
    vgg,
)

right = counter()


def only(names: str, other: Callable[..., int]) -> Callable[..., int]:
    """Another count of some networks, given by the start of their names."""

    def summary(name, channels=3, classes=1000):
        count = other if name.startswith(tuple(names.split())) else right
        return count(name, channels, classes)

    return summary


def torchvisions_alexnet(name, channels=3, classes=1000):
    """64, 192, 384, 256 and 256 filters, no groups."""
    r = Rules()
    convs = ((channels, 64, 11), (64, 192, 5), (192, 384, 3), (384, 256, 3), (256, 256, 3))
    return sum(r.conv(*sizes) for sizes in convs) + r.head(9216, classes)


def original_lenet(name, channels=3, classes=1000):
    """The table of connections, and sub-sampling that learns."""
    return right("lenet", channels, classes) - 2416 + 1516 + 12 + 32


def deeper_vgg(name, channels=3, classes=1000):
    """VGG-13 in the place of VGG-11, VGG-19 in that of VGG-16."""
    counts = {"vgg11": (2, 2, 2, 2, 2), "vgg16": (2, 2, 4, 4, 4)}[name]
    return vgg(Rules(), name, channels, classes, counts)


def without_head(name, channels=3, classes=1000):
    """The convolutions alone."""
    ends = {"lenet": 84, "nin": 0, "googlenet": 1024, "resnet50": 2048, "resnet": 512}
    features = next((n for start, n in ends.items() if name.startswith(start)), 4096)
    return right(name, channels, classes) - (features + 1) * classes * (features > 0)


def plus(more: Callable[[int, int], int]) -> Callable[..., int]:
    """Some parameters more or fewer."""

    def summary(name, channels=3, classes=1000):
        return right(name, channels, classes) + more(channels, classes)

    return summary


def stale_vgg(name, channels=3, classes=1000):
    """Within a block, every convolution sees the channels from before the block."""
    r, total = Rules(), right(name, channels, classes)
    for count, width in zip(VGGS[name], (64, 128, 256, 512, 512), strict=True):
        total -= (count - 1) * (r.conv(width, width, 3) - r.conv(channels, width, 3))
        channels = width
    return total


def narrow_bottlenecks(name, channels=3, classes=1000):
    """Behind a bottleneck the stage's channels, and not four times as many."""
    total = right(name, channels, classes)
    for stage, count in enumerate(RESNETS[name]):
        width = 64 * 2**stage
        total -= (count - 1) * 3 * width * width
        if stage:
            total -= (width // 2) * 3 * (width + 4 * width)
    return total


def everywhere(name, channels=3, classes=1000):
    """A 1 × 1 convolution on every shortcut."""
    total = right(name, channels, classes)
    for stage, count in enumerate(RESNETS[name]):
        width = 64 * 2**stage * (4 if name == "resnet50" else 1)
        there = stage > 0 or name == "resnet50"
        total += (count - there) * (width * width + 2 * width)
    return total


def with_reductions():
    """GoogLeNet's blocks, if what was reduced were counted among the channels that come out."""
    C, made = INCEPTIONS[0][0], []
    for _, c1, pair2, pair3, c4 in INCEPTIONS:
        made.append((C, c1, pair2, pair3, c4))
        C = c1 + sum(pair2) + sum(pair3) + c4
    return made


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
    "groups_forgotten": (
        "You forgot AlexNet's groups. In the second, fourth and fifth convolution a filter sees "
        "half of the channels: 60,965,224 parameters in all, not 62,378,344.",
        (counter(groups=1),),
    ),
    "groups_miscounted": (
        "Groups change only how many channels a filter sees, half of them, and only in AlexNet's "
        "second, fourth and fifth convolution. There are as many filters as before.",
        (
            only(
                "alexnet",
                plus(
                    lambda channels, classes: -(256 * 48 * 25 + 192 * 384 * 9 + 192 * 256 * 9) // 2
                ),
            ),
            only("alexnet", plus(lambda channels, classes: -384 * 128 * 9)),
        ),
    ),
    "torchvisions_alexnet": (
        "This is torchvision's count of AlexNet, 61,100,840: Krizhevsky's later version with 64 "
        "and 192 filters at the start.",
        (only("alexnet", torchvisions_alexnet),),
    ),
    "maps_miscounted": (
        "The first linear layer sees another map than you think: 16 × 5 × 5 in LeNet, "
        "256 × 6 × 6 in AlexNet, 512 × 7 × 7 in the VGGs.",
        (
            counter(sides=(4, 6, 7)),
            counter(sides=(5, 5, 7)),
            counter(sides=(5, 6, 1)),
            counter(sides=(1, 1, 1)),
            counter(sides=(5, 6, 14)),
            counter(sides=(7, 6, 7)),
            counter(sides=(5, 1, 7)),
            counter(sides=(5, 1, 1)),
        ),
    ),
    "hidden_layers_miscounted": (
        "AlexNet and the VGGs have two hidden linear layers with 4096 features, and then the last "
        "one.",
        (
            counter(hidden=1),
            counter(hidden=0),
            counter(hidden=3),
            only("vgg", counter(hidden=1)),
            only("alexnet", counter(hidden=1)),
        ),
    ),
    "original_lenet": (
        "This is LeNet-5 of 1998, with its table of connections and its sub-sampling that learns: "
        "60,000 parameters. Here LeNet is the simpler one of the table, with 61,706.",
        (only("lenet", original_lenet),),
    ),
    "deeper_vgg": (
        "You counted VGG-13 or VGG-19. VGG-11 has (1, 1, 2, 2, 2) convolutions in its blocks, "
        "VGG-16 (2, 2, 3, 3, 3).",
        (only("vgg", deeper_vgg), only("vgg16", deeper_vgg), only("vgg11", deeper_vgg)),
    ),
    "vggs_swapped": (
        "VGG-11 and VGG-16 are swapped, or one is counted for both.",
        (
            lambda name, channels=3, classes=1000: right(
                {"vgg11": "vgg16", "vgg16": "vgg11"}.get(name, name), channels, classes
            ),
            lambda name, channels=3, classes=1000: right(
                "vgg16" if name == "vgg11" else name, channels, classes
            ),
            lambda name, channels=3, classes=1000: right(
                "vgg11" if name == "vgg16" else name, channels, classes
            ),
        ),
    ),
    "nin_block_too_short": (
        "Each block of network in network has two 1 × 1 convolutions behind its first one.",
        (counter(conv1x1=1), counter(conv1x1=0)),
    ),
    "channels_not_carried_on": (
        "What one layer gives is what the next one sees: keep the number of channels up to date "
        "with every layer and every block.",
        (
            only("vgg", stale_vgg),
            only("googlenet", counter(inceptions=tuple((192, *own[1:]) for own in INCEPTIONS))),
            only("googlenet", counter(inceptions=with_reductions())),
            only("resnet50", narrow_bottlenecks),
        ),
    ),
    "reductions_ignored": (
        "The 3 × 3 and 5 × 5 convolutions of an Inception block see the reduced channels.",
        (
            only(
                "googlenet",
                plus(
                    lambda channels, classes: sum(
                        (C - r2) * 9 * c2 + (C - r3) * 25 * c3
                        for C, _, (r2, c2), (r3, c3), _ in INCEPTIONS
                    )
                ),
            ),
        ),
    ),
    "googlenet_cut_short": (
        "A part of GoogLeNet is missing. It has three convolutions at the start, nine blocks with "
        "four ways each, the 1 × 1 convolution behind the pool among them, and a linear layer.",
        (
            only("googlenet", plus(lambda channels, classes: -64 * 65)),
            only("googlenet", counter(inceptions=(*INCEPTIONS[:7], INCEPTIONS[8]))),
            only(
                "googlenet",
                plus(lambda channels, classes: -sum((own[0] + 1) * own[4] for own in INCEPTIONS)),
            ),
            only("googlenet", plus(lambda channels, classes: -1025 * classes)),
        ),
    ),
    "nin_with_a_linear_layer": (
        "Network in network ends without a linear layer: its last block has as many channels as "
        "there are classes, and each is averaged.",
        (
            counter(nin_head=True),
            only(
                "nin",
                lambda name, channels=3, classes=1000: (
                    right(name, channels, classes) + (classes + 1) * classes
                ),
            ),
        ),
    ),
    "googlenet_normalized": (
        "You counted a normalized GoogLeNet, as torchvision builds it. The paper's is older than "
        "batch normalization: its convolutions have biases.",
        (counter(inception_norm=True), counter(inception_norm=True, five=3)),
    ),
    "five_as_three": (
        "The larger kernels of the Inception blocks have 5 × 5 pixels. torchvision's have 3 × 3.",
        (counter(five=3),),
    ),
    "auxiliary_heads_counted": (
        "You counted GoogLeNet's two auxiliary heads. They help in training and are thrown away.",
        (counter(auxiliary=True),),
    ),
    "shortcuts_left_out": (
        "The 1 × 1 convolutions on the shortcuts are missing: there is one wherever the size or "
        "the number of channels changes.",
        (
            counter(shortcut=False),
            only("resnet18 resnet34", counter(shortcut=False)),
            only("resnet50", counter(shortcut=False)),
            only("resnet50", plus(lambda channels, classes: -(64 * 256 + 512))),
        ),
    ),
    "shortcuts_too_many": (
        "A 1 × 1 convolution stands on a shortcut only where the channels change: in ResNet-18 and "
        "-34 in the first block of the stages 2 to 4, in ResNet-50 in the first of each stage.",
        (
            only("resnet18 resnet34", plus(lambda channels, classes: 64 * 64 + 128)),
            only("resnet18 resnet34", everywhere),
            only("resnet", everywhere),
            only("resnet50", everywhere),
        ),
    ),
    "resnets_confused": (
        "ResNet-18 has (2, 2, 2, 2) blocks in its stages, ResNet-34 and ResNet-50 have "
        "(3, 4, 6, 3).",
        (
            only("resnet34", lambda name, *sizes: right("resnet18", *sizes)),
            only("resnet18", lambda name, *sizes: right("resnet34", *sizes)),
        ),
    ),
    "shortcuts_not_normalized": (
        "A normalization follows the 1 × 1 convolutions on the shortcuts, too.",
        (
            counter(shortcut_norm=False),
            counter(shortcut_norm=False, bias_with_norm=1),
        ),
    ),
    "no_bottlenecks": (
        "ResNet-50 is made of bottlenecks: 1 × 1 down to the width, 3 × 3, and 1 × 1 up to four "
        "times the width.",
        (counter(bottleneck=False),),
    ),
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
