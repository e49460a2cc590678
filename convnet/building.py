"""Build a network that is written down: from a list of layers to layers that can be trained."""

import numpy as np

from convnet.activations import ReLU
from convnet.batch_norm import BatchNorm2d
from convnet.conv import Conv2d
from convnet.linear import Flatten, Linear
from convnet.network import Concat, Residual, Sequential
from convnet.outline import Row, behind
from convnet.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d

PLAIN = {"relu": ReLU, "flatten": Flatten, "gap": GlobalAvgPool2d}
POOLS = {"maxpool": MaxPool2d, "avgpool": AvgPool2d}


def build(net: list[dict], shape: tuple[int, ...], *, rng, dtype=np.float32) -> Sequential:
    """Layers with first parameters, ready to be trained.

    Args:
        net: the layers, as in `convnet.architectures`.
        shape: of an image, (C, H, W).
        rng: a `numpy.random.Generator` for the first parameters.
        dtype: of the parameters.

    Raises:
        ValueError: a kind is not known, or the layers do not fit together.
    """
    row, layers = Row("image", tuple(shape), 0, 0, 1, 1), []
    for layer in net:
        layers.append(_one(layer, row.shape, {"rng": rng, "dtype": dtype}))
        row = behind(layer, row)
    return Sequential(*layers)


def _one(layer: dict, shape: tuple[int, ...], numbers: dict):
    kind = layer["kind"]
    if kind in PLAIN:
        return PLAIN[kind]()
    if kind in POOLS:
        options = {"padding": layer.get("p", 0), "ceil_mode": layer.get("ceil", False)}
        return POOLS[kind](layer["k"], layer.get("s"), **options)
    if kind == "conv":
        options = {"padding": layer.get("p", 0), "groups": layer.get("groups", 1)}
        options["bias"] = layer.get("bias", True)
        return Conv2d(shape[0], layer["out"], layer["k"], layer.get("s", 1), **options, **numbers)
    if kind == "linear":
        return Linear(shape[0], layer["out"], **numbers)
    if kind == "bn":
        return BatchNorm2d(shape[0], dtype=numbers["dtype"])
    if kind == "concat":
        return Concat(*(build(way, shape, **numbers) for way in layer["branches"]))
    if kind == "residual":
        around = build(layer["shortcut"], shape, **numbers) if layer.get("shortcut") else None
        return Residual(build(layer["branch"], shape, **numbers), around)
    raise ValueError(f"there is no kind {kind!r}")
