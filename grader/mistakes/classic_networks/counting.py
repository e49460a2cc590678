"""Count the parameters of nine networks by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

INCEPTIONS = (
    (192, 64, (96, 128), (16, 32), 32),
    (256, 128, (128, 192), (32, 96), 64),
    (480, 192, (96, 208), (16, 48), 64),
    (512, 160, (112, 224), (24, 64), 64),
    (512, 128, (128, 256), (24, 64), 64),
    (512, 112, (144, 288), (32, 64), 64),
    (528, 256, (160, 320), (32, 128), 128),
    (832, 256, (160, 320), (32, 128), 128),
    (832, 384, (192, 384), (48, 128), 128),
)
VGGS = {"vgg11": (1, 1, 2, 2, 2), "vgg16": (2, 2, 3, 3, 3)}
RESNETS = {"resnet18": (2, 2, 2, 2), "resnet34": (3, 4, 6, 3), "resnet50": (3, 4, 6, 3)}


@dataclass(frozen=True)
class Rules:
    """How the networks are counted; right unless replaced.

    Args:
        bias: biases of convolutions without a normalization, and of linear layers.
        conv_bias, linear_bias: for each by itself; None: one for the whole layer.
        power: of k in the number of a kernel's weights.
        inceptions: GoogLeNet's blocks.
        bias_with_norm: biases of convolutions that a normalization follows.
        norm: numbers that a normalization learns for each channel.
        groups: AlexNet's.
        padding: LeNet's, of the first convolution.
        sides: of the maps in front of the heads of LeNet, AlexNet and the VGGs.
        five: the larger kernel of an Inception block.
        inception_norm: whether GoogLeNet is normalized.
        shortcut_norm: whether a normalization stands on the 1 × 1 shortcuts.
        shortcut: whether those are counted at all.
        expansion: by how much a bottleneck's last convolution widens.
        conv1x1: the 1 × 1 convolutions of NiN's blocks.
        channels, classes: what is made of the arguments.
    """

    bias: int = 1
    conv_bias: int | None = 1
    linear_bias: int | None = 1
    power: int = 2
    inceptions: Sequence[tuple] = INCEPTIONS
    bias_with_norm: int = 0
    norm: int = 2
    groups: int = 2
    sides: tuple[int, int, int] = (5, 6, 7)
    five: int = 5
    inception_norm: bool = False
    auxiliary: bool = False
    shortcut_norm: bool = True
    shortcut: bool = True
    bottleneck: bool = True
    hidden: int = 2
    conv1x1: int = 2
    nin_head: bool = False
    channels: Callable[[int], int] = lambda channels: channels
    classes: Callable[[int], int] = lambda classes: classes

    def conv(self, C: int, F: int, k: int, groups: int = 1) -> int:
        """A convolution without a normalization."""
        biases = 1 if self.conv_bias is None else self.bias * self.conv_bias * F
        return C // groups * F * k**self.power + biases

    def normed(self, C: int, F: int, k: int) -> int:
        """A convolution and a normalization."""
        return C * F * k**self.power + (self.bias_with_norm + self.norm) * F

    def linear(self, features: int, out: int) -> int:
        """A linear layer."""
        biases = 1 if self.linear_bias is None else self.bias * self.linear_bias * out
        return features * out + biases

    def head(self, features: int, classes: int) -> int:
        """Hidden linear layers of 4096 features, and the last one."""
        sizes = [features, *[4096] * self.hidden, classes]
        return sum(self.linear(*pair) for pair in zip(sizes, sizes[1:], strict=False))


def counter(**rules) -> Callable[..., int]:
    """A `summary` that follows other rules."""
    own = replace(Rules(), **rules)

    def summary(name, channels=3, classes=1000):
        count = COUNTS[name if name == "lenet" else name.rstrip("0123456789")]
        return count(own, name, own.channels(channels), own.classes(classes))

    return summary


def lenet(r: Rules, name: str, channels: int, classes: int) -> int:
    """LeNet for 28 × 28 pixels."""
    head = r.linear(16 * r.sides[0] ** 2, 120) + r.linear(120, 84) + r.linear(84, classes)
    return r.conv(channels, 6, 5) + r.conv(6, 16, 5) + head


def alexnet(r: Rules, name: str, channels: int, classes: int) -> int:
    """AlexNet of 2012."""
    first = r.conv(channels, 96, 11) + r.conv(96, 256, 5, r.groups) + r.conv(256, 384, 3)
    later = r.conv(384, 384, 3, r.groups) + r.conv(384, 256, 3, r.groups)
    return first + later + r.head(256 * r.sides[1] ** 2, classes)


def vgg(r: Rules, name: str, channels: int, classes: int, counts=None) -> int:
    """A VGG."""
    total = 0
    for count, width in zip(counts or VGGS[name], (64, 128, 256, 512, 512), strict=True):
        for _ in range(count):
            total += r.conv(channels, width, 3)
            channels = width
    return total + r.head(512 * r.sides[2] ** 2, classes)


def nin(r: Rules, name: str, channels: int, classes: int) -> int:
    """Network in network."""
    total = 0
    last = 384 if r.nin_head else classes
    for width, k in ((96, 11), (256, 5), (384, 3), (last, 3)):
        total += r.conv(channels, width, k) + r.conv1x1 * r.conv(width, width, 1)
        channels = width
    return total + (r.linear(last, classes) if r.nin_head else 0)


def googlenet(r: Rules, name: str, channels: int, classes: int) -> int:
    """GoogLeNet without the heads that only training used."""
    conv = r.normed if r.inception_norm else r.conv
    total = conv(channels, 64, 7) + conv(64, 64, 1) + conv(64, 192, 3)
    for C, c1, (r2, c2), (r3, c3), c4 in r.inceptions:
        total += conv(C, c1, 1) + conv(C, r2, 1) + conv(r2, c2, 3)
        total += conv(C, r3, 1) + conv(r3, c3, r.five) + conv(C, c4, 1)
    heads = [
        conv(C, 128, 1) + r.linear(2048, 1024) + r.linear(1024, classes)
        for C in (512, 528)
        if r.auxiliary
    ]
    return total + sum(heads) + r.linear(1024, classes)


def resnet(r: Rules, name: str, channels: int, classes: int) -> int:
    """A ResNet."""
    wide = name == "resnet50" and r.bottleneck
    total, channels = r.normed(channels, 64, 7), 64
    for stage, count in enumerate(RESNETS[name]):
        width = 64 * 2**stage
        out = 4 * width if wide else width
        for place in range(count):
            if wide:
                total += r.normed(channels, width, 1) + r.normed(width, width, 3)
                total += r.normed(width, out, 1)
            else:
                total += r.normed(channels, width, 3) + r.normed(width, width, 3)
            if r.shortcut and not place and (stage or channels != out):
                total += _shortcut(r, channels, out)
            channels = out
    return total + r.linear(channels, classes)


def _shortcut(r: Rules, C: int, F: int) -> int:
    if r.shortcut_norm:
        return r.normed(C, F, 1)
    return C * F + (r.bias_with_norm or 0) * F


COUNTS: dict[str, Callable[..., int]] = {
    "lenet": lenet,
    "alexnet": alexnet,
    "vgg": vgg,
    "nin": nin,
    "googlenet": googlenet,
    "resnet": resnet,
}
