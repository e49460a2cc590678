"""VGG by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.exercises.convolution.networks import (
    DROPOUT,
    FLATTEN,
    RELU,
    Network,
    conv,
    linear,
    maxpool,
)


def threes(count: int, width: int) -> Network:
    """The convolutions of one block."""
    return [conv(width, 3, p=1), RELU] * count


def head(classes: int) -> Network:
    """The three linear layers."""
    return [FLATTEN, linear(4096), RELU, DROPOUT, linear(4096), RELU, linear(classes)]


@dataclass(frozen=True)
class Rules:
    """How a VGG is built; right unless replaced."""

    block: Callable[[int, int], Network] = lambda count, width: [*threes(count, width), maxpool(2)]
    head: Callable[[int], Network] = head
    arch: Callable = lambda arch: arch
    classes: Callable[[int], int] = lambda classes: classes


def vgg(**rules) -> Callable[..., Network]:
    """A `vgg` that follows other rules."""
    own = Rules(**rules)

    def build(arch, classes=1000):
        blocks = [layer for entry in own.arch(arch) for layer in own.block(*entry)]
        return [*blocks, *own.head(own.classes(classes))]

    return build


def per_block(make: Callable[[int, int], Network]) -> Callable[..., Network]:
    """Another block, from the number of its convolutions and its channels."""
    return vgg(block=make)


def heads(*nets: Callable[[int], Network]) -> tuple[Callable, ...]:
    """Other heads."""
    return tuple(vgg(head=net) for net in nets)


right = vgg()
