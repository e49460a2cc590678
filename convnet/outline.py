"""Follow a network that is written down: shapes, parameters, work and reach of every layer."""

from dataclasses import dataclass
from math import prod

# How many axes what comes in must have, without the batch.
AXES = {"linear": 1, **dict.fromkeys(("conv", "maxpool", "avgpool", "gap"), 3)}


@dataclass(frozen=True)
class Row:
    """What is known behind one layer.

    Args:
        kind: of the layer.
        shape: of what comes out, without the batch.
        parameters: how many numbers the layer learns.
        multiply_adds: how many products it adds up for one image.
        reach: how many pixels of the image one output sees, in a row; of several ways, the most.
        step: how many pixels lie between neighbours.
    """

    kind: str
    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    reach: int
    step: int


def outline(net: list[dict], shape: tuple[int, ...]) -> list[Row]:
    """A row for each layer; a block of several ways is one row.

    Args:
        net: the layers, as in `convnet.architectures`.
        shape: of an image, (C, H, W).

    Raises:
        ValueError: a kind is not known, or a layer does not fit on what comes before it.
    """
    row, rows = Row("image", tuple(shape), 0, 0, 1, 1), []
    for layer in net:
        row = behind(layer, row)
        rows.append(row)
    return rows


def behind(layer: dict, before: Row) -> Row:
    """The row of a layer, from the row before it."""
    kind = layer["kind"]
    axes = AXES.get(kind, len(before.shape))
    if len(before.shape) != axes:
        wanted = "maps (C, H, W)" if axes == 3 else "a list of numbers, so flatten first"
        raise ValueError(f"{kind} takes {wanted}; what comes has shape {before.shape}")
    if kind in ("concat", "residual"):
        return _block(layer, before)
    if kind == "conv":
        return _conv(layer, before)
    if kind in ("maxpool", "avgpool"):
        size = {"k": layer["k"], "s": layer.get("s", layer["k"])}
        reach = before.reach + (layer["k"] - 1) * before.step
        shape = before.shape[0], *_sides(layer | size, before.shape)
        return Row(kind, shape, 0, 0, reach, before.step * size["s"])
    if kind == "linear":
        return _linear(layer, before)
    if kind == "gap":
        reach = before.reach + (max(before.shape[1:]) - 1) * before.step
        return Row(kind, (before.shape[0], 1, 1), 0, 0, reach, before.step)
    shapes = {"relu": before.shape, "bn": before.shape, "flatten": (prod(before.shape),)}
    if kind not in shapes:
        raise ValueError(f"there is no kind {kind!r}; those without a size are {[*shapes]}")
    learned = 2 * before.shape[0] if kind == "bn" else 0
    return Row(kind, shapes[kind], learned, 0, before.reach, before.step)


def _conv(layer: dict, before: Row) -> Row:
    channels = before.shape[0] // layer.get("groups", 1)
    shape = layer["out"], *_sides(layer, before.shape)
    weights = channels * layer["k"] ** 2 * layer["out"]
    biases = layer["out"] * layer.get("bias", True)
    reach = before.reach + (layer["k"] - 1) * before.step
    step = before.step * layer.get("s", 1)
    return Row("conv", shape, weights + biases, weights * prod(shape[1:]), reach, step)


def _linear(layer: dict, before: Row) -> Row:
    weights = before.shape[0] * layer["out"]
    shape = (layer["out"],)
    return Row("linear", shape, weights + layer["out"], weights, before.reach, before.step)


def _sides(layer: dict, shape: tuple[int, ...]) -> tuple[int, ...]:
    size = {"stride": layer.get("s", 1), "padding": layer.get("p", 0)}
    ceil = layer.get("ceil", False)
    return tuple(_side(n, layer["k"], **size, ceil=ceil) for n in shape[1:])


def _side(n: int, k: int, *, stride: int, padding: int, ceil: bool) -> int:
    way = n + 2 * padding - k
    if way < 0:
        raise ValueError(f"a window of {k} does not fit on {n} pixels with padding {padding}")
    if not ceil:
        return way // stride + 1
    places = -(-way // stride) + 1
    # A window that would start behind the map is dropped.
    return places - ((places - 1) * stride >= n + padding)


def _block(layer: dict, before: Row) -> Row:
    ways = layer.get("branches") or [layer["branch"], layer.get("shortcut") or []]
    ends, learned, work = [], 0, 0
    for way in ways:
        row = before
        for own in way:
            row = behind(own, row)
            learned, work = learned + row.parameters, work + row.multiply_adds
        ends.append(row)
    shapes = [row.shape if layer["kind"] == "residual" else row.shape[1:] for row in ends]
    if len(set(shapes)) > 1:
        raise ValueError(f"the ways of a {layer['kind']} end with other shapes: {shapes}")
    shape = ends[0].shape
    if layer["kind"] == "concat":
        shape = sum(row.shape[0] for row in ends), *shape[1:]
    reach = max(row.reach for row in ends)
    return Row(layer["kind"], shape, learned, work, reach, ends[0].step)
