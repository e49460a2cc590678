"""Known mistakes of 1.7: how the field r and the jump j grow, with one step replaced."""

from collections.abc import Callable
from math import prod

from grader.exercise import Mistake

Growth = Callable[..., int]
POOLS = ("maxpool", "avgpool")
SLIDING = ("conv", *POOLS)


def grown(r: int, j: int, layer: dict, strides: list[int]) -> int:
    """The right field: it grows by the kernel's gaps, in steps of the jump before the layer."""
    return r + layer["d"] * (layer["k"] - 1) * j


def jumped(j: int, s: int) -> int:
    """The right jump: the product of all strides."""
    return j * s


def fields(
    grow: Growth = grown,
    jump: Callable[[int, int], int] = jumped,
    *,
    start: int = 1,
    others_jump: bool = False,
    blind: tuple[str, ...] = (),
    stuck: tuple[str, ...] = (),
    told: Callable[[list[int]], int] | None = None,
) -> Callable[[list[dict]], list[tuple[int, int]]]:
    """A `receptive_field` with its steps replaced; right without any argument.

    Args:
        grow: the next field, from the field, the jump, the layer and all strides before it.
        jump: the next jump, from the jump and the stride.
        start: the field before the first layer.
        others_jump: layers that do not slide count as having stride 1.
        blind: the kinds of layers that do not widen the field.
        stuck: the kinds of layers that do not change the jump.
        told: what is returned for the jump, from all strides, if not what is used.
    """

    def receptive_field(net):
        r, j, strides, rows = start, 1, [], []
        for layer in map(completed, net):
            kind, before = layer["kind"], j
            if kind not in stuck and (others_jump or kind in SLIDING):
                j = jump(j, layer["s"])
            if kind not in blind and kind in SLIDING:
                r = grow(r, before, layer, strides)
            strides = [*strides, layer["s"]] if kind in SLIDING else strides
            rows.append((r, told(strides) if told else j))
        return rows

    return receptive_field


def completed(layer: dict) -> dict:
    """The layer with its defaults filled in."""
    k = layer.get("k", 1)
    return {"k": k, "s": k if layer["kind"] in POOLS else 1, "d": 1} | layer


def summed(kernel: Callable[[dict], int]) -> tuple[Callable, ...]:
    """Fields that grow by the whole kernel, with and without the jump, from 1 and from 0."""
    grows = (
        lambda r, j, layer, strides: r + kernel(layer) * j,
        lambda r, j, layer, strides: r + kernel(layer),
    )
    return tuple(fields(grow, start=start) for grow in grows for start in (1, 0))


def covered(layer: dict) -> int:
    """How many pixels the kernel covers."""
    return layer["d"] * (layer["k"] - 1) + 1


MISTAKES = (
    Mistake(
        "no_jump",
        "receptive_field",
        "The growth of the field misses the jump. Behind strides a step of one pixel is `jump` "
        "pixels of the image: r += dilation * (k - 1) * jump, with the product of all earlier "
        "strides.",
        (
            fields(lambda r, j, layer, strides: grown(r, 1, layer, strides)),
            fields(lambda r, j, layer, strides: r + layer["k"] - 1),
        ),
    ),
    Mistake(
        "jump_first",
        "receptive_field",
        "You multiplied the jump by this layer's stride before you used it. The field grows by "
        "the jump *before* the layer: first r += dilation * (k - 1) * jump, then jump *= stride.",
        (
            fields(lambda r, j, layer, strides: grown(r, j * layer["s"], layer, strides)),
            fields(lambda r, j, layer, strides: grown(r, layer["s"], layer, strides)),
        ),
    ),
    Mistake(
        "no_dilation",
        "receptive_field",
        "A dilation widens the kernel without adding pixels to it: its k - 1 gaps are `dilation` "
        "wide, so r += dilation * (k - 1) * jump.",
        (
            fields(lambda r, j, layer, strides: r + (layer["k"] - 1) * j),
            fields(lambda r, j, layer, strides: r + (layer["d"] * layer["k"] - 1) * j),
            fields(lambda r, j, layer, strides: r + (layer["k"] + layer["d"] - 2) * j),
        ),
    ),
    Mistake(
        "kernel_summed",
        "receptive_field",
        "You add the whole kernel. One of its pixels was seen already: start with r = 1 and add "
        "the k - 1 others, r += dilation * (k - 1) * jump.",
        (
            *summed(covered),
            *summed(lambda layer: layer["k"]),
            *summed(lambda layer: layer["d"] * layer["k"]),
        ),
    ),
    Mistake(
        "product",
        "receptive_field",
        "You multiplied the fields. They add: a layer widens the field by dilation * (k - 1) "
        "steps of `jump` pixels, whatever it was before.",
        (
            fields(lambda r, j, layer, strides: r * covered(layer)),
            fields(lambda r, j, layer, strides: r * layer["k"]),
            fields(lambda r, j, layer, strides: r * layer["k"] * layer["d"]),
            fields(lambda r, j, layer, strides: r * layer["k"] * j),
            fields(
                lambda r, j, layer, strides: (
                    r * layer["k"] if layer["kind"] in POOLS else grown(r, j, layer, strides)
                )
            ),
            fields(
                lambda r, j, layer, strides: (
                    r * layer["s"] if layer["kind"] in POOLS else grown(r, j, layer, strides)
                )
            ),
        ),
    ),
    Mistake(
        "pool_ignored",
        "receptive_field",
        "A pool is a window too. It widens the field as a convolution of the same size does, and "
        "its stride (k unless it says otherwise) multiplies the jump.",
        (
            fields(blind=POOLS, stuck=POOLS),
            fields(blind=POOLS),
            fields(stuck=POOLS),
            *(fields(blind=(kind,), stuck=(kind,)) for kind in POOLS),
        ),
    ),
    Mistake(
        "jump_last_stride_only",
        "receptive_field",
        "The jump is the product of the strides of all layers so far, not the last one alone and "
        "not their sum: jump *= stride.",
        (
            fields(jump=lambda j, s: s),
            fields(jump=lambda j, s: s, others_jump=True),
            fields(told=lambda strides: strides[-1] if strides else 1),
            fields(
                lambda r, j, layer, strides: grown(
                    r, strides[-1] if strides else 1, layer, strides
                ),
                told=prod,
            ),
            fields(jump=lambda j, s: j + s),
            fields(jump=lambda j, s: j + s - 1),
            fields(jump=lambda j, s: j),
        ),
    ),
    Mistake(
        "pool_stride_one",
        "receptive_field",
        "A pool without the key `s` moves by its own size: layer.get('s', layer['k']). Only a "
        "convolution's stride is 1 by default.",
        (
            lambda net: fields()(
                [{"s": 1} | layer if layer["kind"] in POOLS else layer for layer in net]
            ),
        ),
    ),
    Mistake(
        "starts_at_zero",
        "receptive_field",
        "Your fields are all one too small. Before the first layer a pixel sees itself: start "
        "with r = 1.",
        (fields(start=0),),
    ),
)
