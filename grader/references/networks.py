"""Nine classic networks in plain torch, as their papers and torchvision have them.

Each takes the channels of its images and the number of classes. On the device `meta` they hold
no numbers, so that even the largest is there at once.

Source:
    LeCun et al. (1998), https://doi.org/10.1109/5.726791; Krizhevsky et al. (2012),
    https://doi.org/10.1145/3065386; Simonyan & Zisserman (2015), https://arxiv.org/abs/1409.1556;
    Lin et al. (2013), https://arxiv.org/abs/1312.4400; Szegedy et al. (2015),
    https://arxiv.org/abs/1409.4842; He et al. (2016), https://arxiv.org/abs/1512.03385
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn


def lenet(channels: int = 1, classes: int = 10) -> nn.Sequential:
    """For 28 × 28 pixels, with the ReLUs and maxima of today."""
    return nn.Sequential(
        *(nn.Conv2d(channels, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(16 * 5 * 5, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU()),
        nn.Linear(84, classes),
    )


def alexnet(channels: int = 3, classes: int = 1000) -> nn.Sequential:
    """For 227 × 227 pixels, with two groups where the two graphics cards did not talk."""
    return nn.Sequential(
        *(nn.Conv2d(channels, 96, 11, stride=4), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Flatten(), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(), nn.Dropout()),
        *(nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, classes)),
    )


def vgg(*counts: int) -> Callable[..., nn.Sequential]:
    """A VGG for 224 × 224 pixels with so many convolutions in each of its five blocks."""

    def build(channels: int = 3, classes: int = 1000) -> nn.Sequential:
        layers: list[nn.Module] = []
        for count, width in zip(counts, (64, 128, 256, 512, 512), strict=True):
            for _ in range(count):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2))
        return nn.Sequential(
            *(*layers, nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout()),
            *(nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, classes)),
        )

    return build


def nin_block(channels: int, out: int, k: int, stride: int = 1, padding: int = 0) -> nn.Sequential:
    """A convolution and two 1 × 1 convolutions."""
    return nn.Sequential(
        *(nn.Conv2d(channels, out, k, stride, padding), nn.ReLU()),
        *(nn.Conv2d(out, out, 1), nn.ReLU(), nn.Conv2d(out, out, 1), nn.ReLU()),
    )


def nin(channels: int = 3, classes: int = 1000) -> nn.Sequential:
    """For 224 × 224 pixels; no linear layer at all."""
    return nn.Sequential(
        *(nin_block(channels, 96, 11, 4), nn.MaxPool2d(3, 2)),
        *(nin_block(96, 256, 5, padding=2), nn.MaxPool2d(3, 2)),
        *(nin_block(256, 384, 3, padding=1), nn.MaxPool2d(3, 2), nn.Dropout()),
        *(nin_block(384, classes, 3, padding=1), nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    )


def normed(channels: int, out: int, k: int, stride: int = 1, padding: int = 0) -> nn.Sequential:
    """A convolution without biases and a normalization behind it."""
    conv = nn.Conv2d(channels, out, k, stride, padding, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(out))


def bent(channels: int, out: int, k: int, stride: int = 1, padding: int = 0) -> nn.Sequential:
    """A convolution with biases and a ReLU behind it."""
    return nn.Sequential(nn.Conv2d(channels, out, k, stride, padding), nn.ReLU())


class Inception(nn.ModuleList):
    """Four ways side by side."""

    def __init__(self, channels: int, c1: int, c2: tuple, c3: tuple, c4: int) -> None:
        (r2, c2), (r3, c3) = c2, c3
        super().__init__(
            [
                bent(channels, c1, 1),
                nn.Sequential(bent(channels, r2, 1), bent(r2, c2, 3, padding=1)),
                nn.Sequential(bent(channels, r3, 1), bent(r3, c3, 5, padding=2)),
                nn.Sequential(nn.MaxPool2d(3, 1, padding=1), bent(channels, c4, 1)),
            ]
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([way(x) for way in self], dim=1)


def googlenet(channels: int = 3, classes: int = 1000) -> nn.Sequential:
    """For 224 × 224 pixels, without the two heads that only training used."""
    down = nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(
        *(bent(channels, 64, 7, 2, 3), down),
        *(bent(64, 64, 1), bent(64, 192, 3, padding=1), down),
        Inception(192, 64, (96, 128), (16, 32), 32),
        *(Inception(256, 128, (128, 192), (32, 96), 64), down),
        Inception(480, 192, (96, 208), (16, 48), 64),
        Inception(512, 160, (112, 224), (24, 64), 64),
        Inception(512, 128, (128, 256), (24, 64), 64),
        Inception(512, 112, (144, 288), (32, 64), 64),
        *(Inception(528, 256, (160, 320), (32, 128), 128), down),
        Inception(832, 256, (160, 320), (32, 128), 128),
        Inception(832, 384, (192, 384), (48, 128), 128),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4), nn.Linear(1024, classes)),
    )


class Residual(nn.Module):
    """A branch and a way around it, a ReLU behind their sum."""

    def __init__(self, branch: nn.Module, shortcut: nn.Module) -> None:
        super().__init__()
        self.branch, self.shortcut = branch, shortcut

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.branch(x) + self.shortcut(x))


def basic(channels: int, width: int, stride: int) -> tuple[nn.Module, int]:
    """Two 3 × 3 convolutions, and how many channels come out."""
    first, second = normed(channels, width, 3, stride, 1), normed(width, width, 3, padding=1)
    return nn.Sequential(first, nn.ReLU(), second), width


def bottleneck(channels: int, width: int, stride: int) -> tuple[nn.Module, int]:
    """1 × 1 down, 3 × 3, 1 × 1 up to four times the width."""
    middle = normed(width, width, 3, stride, 1)
    layers = normed(channels, width, 1), nn.ReLU(), middle, nn.ReLU(), normed(width, 4 * width, 1)
    return nn.Sequential(*layers), 4 * width


def resnet(block: Callable, *counts: int) -> Callable[..., nn.Sequential]:
    """A ResNet for 224 × 224 pixels with so many blocks in each of its four stages."""

    def build(channels: int = 3, classes: int = 1000) -> nn.Sequential:
        layers = [normed(channels, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, padding=1)]
        channels = 64
        for stage, count in enumerate(counts):
            for place in range(count):
                stride = 2 if stage and not place else 1
                branch, out = block(channels, 64 * 2**stage, stride)
                same = stride == 1 and out == channels
                shortcut = nn.Identity() if same else normed(channels, out, 1, stride)
                layers.append(Residual(branch, shortcut))
                channels = out
        head = nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)
        return nn.Sequential(*layers, *head)

    return build


NETWORKS: dict[str, Callable[..., nn.Sequential]] = {
    "lenet": lenet,
    "alexnet": alexnet,
    "vgg11": vgg(1, 1, 2, 2, 2),
    "vgg13": vgg(2, 2, 2, 2, 2),
    "vgg16": vgg(2, 2, 3, 3, 3),
    "vgg19": vgg(2, 2, 4, 4, 4),
    "nin": nin,
    "googlenet": googlenet,
    "resnet18": resnet(basic, 2, 2, 2, 2),
    "resnet34": resnet(basic, 3, 4, 6, 3),
    "resnet50": resnet(bottleneck, 3, 4, 6, 3),
}


def summary(name: str, channels: int = 3, classes: int = 1000) -> int:
    """How many numbers the network learns."""
    with torch.device("meta"):
        network = NETWORKS[name](channels, classes)
    return sum(parameter.numel() for parameter in network.parameters())
