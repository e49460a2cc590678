"""Known mistakes of 8.4: another AlexNet than the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake
from grader.exercises.convolution.networks import FLATTEN, GAP, RELU, avgpool, maxpool
from grader.mistakes.classic_networks.alexnet_rules import (
    D2L,
    TWO_TOWERS,
    Change,
    edited,
    every,
    rebuilt,
    right,
    with_,
    without,
)
from grader.mistakes.classic_networks.alexnet_versions import VERSIONS


def smaller_pools(place, layer):
    """Pools of 2 × 2 pixels."""
    return maxpool(2) if layer["kind"] == "maxpool" else layer


def stride_forgotten(place, layer):
    """Pools of 3 × 3 pixels that do not overlap."""
    return maxpool(3) if layer["kind"] == "maxpool" else layer


def no_padding_but_first(place, layer):
    """The later convolutions without padding."""
    if layer["kind"] == "conv" and place:
        layer.pop("p")
    return layer


def pooled_everywhere(version):
    """A pool behind every convolution's ReLU."""
    net = []
    for layer, following in zip(right(version), [*right(version)[1:], None], strict=True):
        net.append(layer)
        behind = len(net) > 1 and net[-2]["kind"] == "conv"
        if layer == RELU and behind and following and following["kind"] == "conv":
            net.append(maxpool(3, s=2))
    return net


def pools_of(make: Callable[[], dict]) -> Change:
    """Other pools."""
    return lambda place, layer: make() if layer["kind"] == "maxpool" else layer


def relu_behind_pools(net):
    """Each pool before its ReLU."""
    net = list(net)
    for place, layer in enumerate(net):
        if layer["kind"] == "maxpool":
            net[place - 1 : place + 1] = [layer, RELU]
    return net


def pooled_head(version):
    """Global average pooling in the place of the hidden linear layers."""
    net = right(version)
    start = net.index(FLATTEN)
    return [*net[:start], GAP, FLATTEN, net[-1]]


LISTED = {
    **VERSIONS,
    "first_padding": (
        "The first convolution has another padding. In 2012 there is none, and the image has 227 "
        "pixels; the version 'd2l' pads one pixel and takes 224.",
        (
            edited(with_("conv", 0, p=2)),
            edited(with_("conv", 0, p=2), "2012"),
            edited(with_("conv", 0, p=2), "d2l"),
            edited(with_("conv", 0, p=1)),
            edited(with_("conv", 0, p=0)),
            edited(with_("conv", 0, p=5)),
        ),
    ),
    "first_stride": (
        "The first convolution steps by 4 pixels.",
        (*every(without("s")), *every(with_("conv", 0, s=2))),
    ),
    "pools_do_not_overlap": (
        "AlexNet's pools overlap: windows of 3 × 3 pixels that step by 2.",
        (*every(smaller_pools), *every(stride_forgotten)),
    ),
    "padding_forgotten": (
        "The later convolutions are padded so that they keep the size: 5 × 5 by 2 and 3 × 3 by 1.",
        (
            *every(no_padding_but_first),
            *every(with_("conv", 3, p=1)),
            *every(with_("conv", 3, p=0)),
            *every(lambda place, layer: layer | ({"p": 0} if layer.get("k") == 3 else {})),
        ),
    ),
    "biases_left_out": (
        "AlexNet's layers have biases: leave bias=False out.",
        (*every(with_("conv", bias=False)), *every(with_("linear", bias=False))),
    ),
    "classes": (
        "The last layer has one output for each class: 1000 in 2012, 10 in the version 'd2l'.",
        (
            edited(with_("linear", 18, out=1000)),
            edited(with_("linear", 18, out=10)),
            edited(with_("linear", 18, out=10), "2012"),
        ),
    ),
    "hidden_layer_missing": (
        "There are two hidden linear layers with 4096 features each, and then the last one.",
        (*rebuilt(lambda net: net[:-3] + net[-1:]), pooled_head),
    ),
    "relu_missing": (
        "A ReLU is missing. One follows every convolution and every linear layer but the last.",
        (
            *every(lambda place, layer: None if layer == RELU else layer),
            *every(lambda place, layer: None if layer == RELU and place > 13 else layer),
            *every(lambda place, layer: None if layer == RELU and place < 13 else layer),
            *(
                coding
                for missing in (1, 4, 7, 9, 11, 15, 17)
                for coding in every(lambda place, layer, at=missing: None if place == at else layer)
            ),
        ),
    ),
    "relu_at_the_end": (
        "There is a ReLU behind the last layer, whose scores must be free to be negative.",
        rebuilt(lambda net: [*net, RELU]),
    ),
    "relu_behind_pools": (
        "Your ReLUs stand behind the pools. Here they come before them: convolution, ReLU, pool.",
        rebuilt(relu_behind_pools),
    ),
    "other_pools": (
        "The pools take the largest of 3 × 3 pixels, step by 2 and have no padding.",
        (
            *every(pools_of(lambda: maxpool(3, s=1))),
            *every(pools_of(lambda: maxpool(3, s=2, p=1))),
            *every(pools_of(lambda: avgpool(3, s=2))),
        ),
    ),
    "convolution_missing": (
        "There are five convolutions, with 96, 256, 384, 384 and 256 filters.",
        (
            *rebuilt(lambda net: net[:6] + net[8:]),
            *rebuilt(lambda net: net[:8] + net[10:]),
            *rebuilt(lambda net: net[:10] + net[12:]),
        ),
    ),
    "other_widths": (
        "The convolutions have 96, 256, 384, 384 and 256 filters, the hidden linear layers 4096 "
        "features.",
        (
            *every(with_("conv", 0, out=64)),
            *every(with_("conv", 6, out=256)),
            *every(with_("conv", 8, out=256)),
            *every(with_("conv", 10, out=384)),
            *every(lambda place, layer: layer | ({"out": 2048} if place in (14, 16) else {})),
            *every(lambda place, layer: layer | ({"out": 1024} if place in (14, 16) else {})),
            *every(lambda place, layer: layer | ({"out": 1000} if place == 16 else {})),
        ),
    ),
    "normalized": (
        "AlexNet is older than batch normalization: there is none in it.",
        rebuilt(
            lambda net: [
                made
                for layer in net
                for made in ([layer, {"kind": "bn"}] if layer["kind"] == "conv" else [layer])
            ]
        ),
    ),
    "flatten_missing": (
        "Before the first linear layer the maps are laid in a row: {'kind': 'flatten'}.",
        (
            *every(lambda place, layer: None if layer == FLATTEN else layer),
            *every(lambda place, layer: GAP if layer == FLATTEN else layer),
        ),
    ),
    "pooled_everywhere": (
        "There are three pools only: behind the first, the second and the fifth convolution.",
        (
            pooled_everywhere,
            lambda version: pooled_everywhere(version) if version == "2012" else D2L,
            lambda version: TWO_TOWERS if version == "2012" else pooled_everywhere(version),
            *rebuilt(lambda net: net[:10] + [maxpool(3, s=2)] + net[10:]),
        ),
    ),
    "last_pool_missing": (
        "A pool is missing. There are three: behind the first, the second and the fifth "
        "convolution.",
        (
            *every(lambda place, layer: None if place == 12 else layer),
            *every(lambda place, layer: None if place == 5 else layer),
            *every(lambda place, layer: None if place == 2 else layer),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "alexnet", message, variants) for slug, (message, variants) in LISTED.items()
)
