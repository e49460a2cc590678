"""Known mistakes of 8.9 in ResNets: their shortcuts, bottlenecks and numbers of blocks."""

from __future__ import annotations

from grader.mistakes.classic_networks.counting import RESNETS, counter
from grader.mistakes.classic_networks.summary_of_some import only, plus, right


def everywhere(name, channels=3, classes=1000):
    """A 1 × 1 convolution on every shortcut."""
    total = right(name, channels, classes)
    for stage, count in enumerate(RESNETS[name]):
        width = 64 * 2**stage * (4 if name == "resnet50" else 1)
        there = stage > 0 or name == "resnet50"
        total += (count - there) * (width * width + 2 * width)
    return total


RESIDUAL = {
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
}
