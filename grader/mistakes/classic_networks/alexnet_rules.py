"""AlexNet in its versions, and what changes their layers, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercises.convolution.networks import (
    ALEXNET,
    FLATTEN,
    RELU,
    Network,
    conv,
    linear,
    maxpool,
)

TWO_TOWERS: Network = [
    *(conv(96, 11, s=4), RELU, maxpool(3, s=2)),
    *(conv(256, 5, p=2, groups=2), RELU, maxpool(3, s=2)),
    *(conv(384, 3, p=1), RELU, conv(384, 3, p=1, groups=2), RELU),
    *(conv(256, 3, p=1, groups=2), RELU, maxpool(3, s=2)),
    *(FLATTEN, linear(4096), RELU, linear(4096), RELU, linear(1000)),
]
D2L: Network = [layer for layer in ALEXNET if layer["kind"] != "dropout"]

Change = Callable[[int, dict], dict | None]


def right(version: str) -> Network:
    """The network of a version."""
    return TWO_TOWERS if version == "2012" else D2L


def edited(change: Change, *versions: str) -> Callable[[str], Network]:
    """An `alexnet` with each layer changed, or left out for None, in some versions or in all."""

    def alexnet(version):
        net = right(version)
        if versions and version not in versions:
            return net
        made = [change(place, {**layer}) for place, layer in enumerate(net)]
        return [layer for layer in made if layer is not None]

    return alexnet


def every(change: Change) -> tuple[Callable, ...]:
    """A change in both versions, and in either."""
    return edited(change), edited(change, "2012"), edited(change, "d2l")


def without(key: str, kind: str = "conv") -> Change:
    """The key of a kind of layer left out."""

    def change(place, layer):
        if layer["kind"] == kind:
            layer.pop(key, None)
        return layer

    return change


def with_(kind: str, place: int | None = None, **changes) -> Change:
    """Other numbers in all layers of a kind, or in the one at a place."""

    def change(at, layer):
        fits = layer["kind"] == kind and place in (None, at)
        return layer | changes if fits else layer

    return change


def rebuilt(change: Callable[[Network], Network]) -> tuple[Callable, ...]:
    """The list of layers changed as a whole, in both versions and in either."""

    def some(*versions):
        return lambda version: (change if version in versions else list)(right(version))

    return some("2012", "d2l"), some("2012"), some("d2l")
