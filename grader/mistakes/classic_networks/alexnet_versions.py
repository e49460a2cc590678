"""Known mistakes of 8.4 between AlexNet's versions: their groups, and which one it is."""

from __future__ import annotations

from grader.exercises.convolution.networks import FLATTEN, RELU, Network, conv, linear, maxpool
from grader.mistakes.classic_networks.alexnet_rules import (
    D2L,
    TWO_TOWERS,
    edited,
    right,
    with_,
    without,
)

TORCHVISION: Network = [
    *(conv(64, 11, s=4, p=2), RELU, maxpool(3, s=2)),
    *(conv(192, 5, p=2), RELU, maxpool(3, s=2)),
    *(conv(384, 3, p=1), RELU, conv(256, 3, p=1), RELU, conv(256, 3, p=1), RELU),
    *(maxpool(3, s=2), FLATTEN),
    *(linear(4096), RELU, linear(4096), RELU, linear(1000)),
]


def all_grouped(place, layer):
    """Groups in every convolution but the first."""
    return layer | {"groups": 2} if layer["kind"] == "conv" and place else layer


VERSIONS = {
    "groups_forgotten": (
        "The groups are missing: without them the network of 2012 would have 62,378,344 "
        "parameters. It was spread over two graphics cards, and in the second, fourth and fifth "
        "convolution each card saw its own channels only.",
        (edited(without("groups"), "2012"),),
    ),
    "groups_misplaced": (
        "Groups are only in the second, fourth and fifth convolution. The first sees the colours, "
        "and for the third the two cards exchanged all channels.",
        (
            edited(all_grouped, "2012"),
            edited(with_("conv", 8, groups=1), "2012"),
            edited(with_("conv", 10, groups=1), "2012"),
            edited(with_("conv", 3, groups=1), "2012"),
            edited(with_("conv", 6, groups=2), "2012"),
            edited(all_grouped),
            edited(with_("conv", 3, groups=2)),
        ),
    ),
    "groups_in_d2l": (
        "The version 'd2l' has no groups: graphics cards have become large enough.",
        (
            edited(all_grouped, "d2l"),
            lambda version: [
                layer | ({"groups": two["groups"]} if "groups" in two else {})
                for layer, two in zip(right(version), TWO_TOWERS, strict=True)
            ],
        ),
    ),
    "versions_swapped": (
        "The two versions are swapped.",
        (lambda version: right("d2l" if version == "2012" else "2012"),),
    ),
    "one_version": (
        "You return the same network for both versions. Look at `version`.",
        (lambda version: D2L, lambda version: TWO_TOWERS),
    ),
    "torchvision": (
        "This is torchvision's AlexNet, with 64 and 192 filters at the start: Krizhevsky's later "
        "version for one card, 61,100,840 parameters. Here the numbers are those of the table.",
        (
            lambda version: TORCHVISION,
            lambda version: TORCHVISION if version == "2012" else D2L,
            lambda version: TWO_TOWERS if version == "2012" else [*TORCHVISION[:-1], linear(10)],
        ),
    ),
}
