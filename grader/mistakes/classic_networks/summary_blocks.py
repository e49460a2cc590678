"""Known mistakes of 8.9 in NiN and GoogLeNet, and in channels handed from block to block."""

from __future__ import annotations

from grader.mistakes.classic_networks.counting import INCEPTIONS, RESNETS, VGGS, Rules, counter
from grader.mistakes.classic_networks.summary_of_some import only, plus, right


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


def with_reductions():
    """GoogLeNet's blocks, if what was reduced were counted among the channels that come out."""
    C, made = INCEPTIONS[0][0], []
    for _, c1, pair2, pair3, c4 in INCEPTIONS:
        made.append((C, c1, pair2, pair3, c4))
        C = c1 + sum(pair2) + sum(pair3) + c4
    return made


BLOCKS = {
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
}
