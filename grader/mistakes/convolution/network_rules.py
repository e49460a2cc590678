"""A description of a network by rules that can be replaced, one mistake at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod
from typing import Any

Layer = dict[str, Any]
Shape = tuple[int, ...]
Count = Callable[["Conv"], int]


@dataclass(frozen=True)
class Conv:
    """What the number of parameters of a convolution may depend on, rightly or wrongly."""

    F: int
    C: int
    k: int  # KH * KW
    groups: int
    bias: bool
    positions: int  # OH * OW
    pixels: int  # H * W
    image_channels: int

    @property
    def weights(self) -> int:
        """The right number of weights."""
        return self.F * self.C // self.groups * self.k


def conv_parameters(conv: Conv) -> int:
    """The right number for a convolution."""
    return conv.weights + conv.F * conv.bias


def linear_parameters(features: int, out: int, bias: bool) -> int:
    """The right number for a linear layer."""
    return features * out + out * bias


def round_as_told(kind: str, ceil: bool) -> bool:
    """Whether a pool rounds up; right if it does as its key `ceil` says."""
    return ceil


@dataclass(frozen=True)
class Rules:
    """How each kind of layer is counted; right unless replaced."""

    conv: Count = conv_parameters
    linear: Callable[[int, int, bool], int] = linear_parameters
    bn: Callable[[Shape], int] = lambda shape: 2 * shape[0]
    pool: Callable[[int, int], int] = lambda channels, k: 0
    rounds_up: Callable[[str, bool], bool] = round_as_told


def described(rules: Rules) -> Callable[[list[Layer], Shape], list[tuple[Shape, int]]]:
    """A `describe` that follows these rules."""

    def describe(net, input_shape):
        shape, rows = tuple(input_shape), []
        for layer in net:
            new = shape_after(layer, shape, rules)
            rows.append((new, parameters(layer, (shape, new), input_shape[0], rules)))
            shape = new
        return rows

    return describe


def shape_after(layer: Layer, shape: Shape, rules: Rules) -> Shape:
    """The shape behind a layer."""
    kind = layer["kind"]
    if kind == "linear":
        return (layer["out"],)
    if kind == "flatten":
        return (prod(shape),)
    if kind == "gap":
        return shape[0], 1, 1
    if kind == "conv" or kind.endswith("pool"):
        return layer.get("out", shape[0]), *sides_after(layer, shape, rules)
    return shape


def sides_after(layer: Layer, shape: Shape, rules: Rules) -> list[int]:
    """Height and width behind a convolution or a pool."""
    pool, k = layer["kind"] != "conv", sides(layer["k"])
    stride = layer.get("s", k[0] if pool else 1)
    up = pool and rules.rounds_up(layer["kind"], layer.get("ceil", False))
    lengths = []
    for n, window in zip(shape[1:], k, strict=True):
        last = n + 2 * layer.get("p", 0) - layer.get("d", 1) * (window - 1) - 1
        lengths.append((-(-last // stride) if up else last // stride) + 1)
    return lengths


def sides(k: int | Shape) -> Shape:
    """A kernel's height and width."""
    return (k, k) if isinstance(k, int) else tuple(k)


def conv_facts(layer: Layer, shape: Shape, new: Shape, image_channels: int) -> Conv:
    """Collect what may be counted of a convolution."""
    return Conv(
        F=new[0],
        C=shape[0],
        k=prod(sides(layer["k"])),
        groups=layer.get("groups", 1),
        bias=layer.get("bias", True),
        positions=prod(new[1:]),
        pixels=prod(shape[1:]),
        image_channels=image_channels,
    )


def parameters(layer: Layer, shapes: tuple[Shape, Shape], first: int, rules: Rules) -> int:
    """The number of parameters of a layer, by the rules."""
    kind, (shape, new) = layer["kind"], shapes
    if kind == "conv":
        return rules.conv(conv_facts(layer, shape, new, first))
    if kind == "linear":
        return rules.linear(shape[0], new[0], layer.get("bias", True))
    if kind == "bn":
        return rules.bn(shape)
    return rules.pool(shape[0], layer["k"]) if kind.endswith("pool") else 0


RIGHT = Rules()


def with_conv(*counts: Count) -> tuple[Callable[..., Any], ...]:
    """Variants with another rule for convolutions."""
    return tuple(described(replace(RIGHT, conv=count)) for count in counts)


def with_linear(*counts: Callable[[int, int, bool], int]) -> tuple[Callable[..., Any], ...]:
    """Variants with another rule for linear layers."""
    return tuple(described(replace(RIGHT, linear=count)) for count in counts)


def with_bn(*counts: Callable[[Shape], int]) -> tuple[Callable[..., Any], ...]:
    """Variants with another rule for batch normalization."""
    return tuple(described(replace(RIGHT, bn=count)) for count in counts)


def with_pool(*counts: Callable[[int, int], int]) -> tuple[Callable[..., Any], ...]:
    """Variants with parameters for pools."""
    return tuple(described(replace(RIGHT, pool=count)) for count in counts)


def with_rounding(*rules: Callable[[str, bool], bool]) -> tuple[Callable[..., Any], ...]:
    """Variants whose pools round in another way."""
    return tuple(described(replace(RIGHT, rounds_up=rule)) for rule in rules)


def with_both(conv: Count, linear: Callable[[int, int, bool], int]) -> tuple[Callable, ...]:
    """A slip in the convolutions, in the linear layers, and in both."""
    return tuple(
        described(replace(RIGHT, **changes))
        for changes in ({"conv": conv, "linear": linear}, {"conv": conv}, {"linear": linear})
    )
