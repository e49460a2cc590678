"""Known mistakes of 8.9 in LeNet, AlexNet and VGG: another version, or another size."""

from __future__ import annotations

from grader.mistakes.classic_networks.counting import Rules, counter, vgg
from grader.mistakes.classic_networks.summary_of_some import only, plus, right


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


VERSIONS = {
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
}
