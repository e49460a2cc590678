"""Exercises 1.1, 1.6, 1.7 and 1.9 with tables of functions and itertools."""

from functools import reduce
from itertools import accumulate
from operator import mul

import numpy as np


def conv_out(n, k, stride=1, padding=0, dilation=1):
    span = dilation * (k - 1) + 1
    return len(range(-padding, n + padding - span + 1, stride))


def same_pads(n, k, stride=1, dilation=1):
    last_start = (n - 1) // stride * stride
    total = max(last_start + 1 + dilation * (k - 1) - n, 0)
    return divmod(total, 2)[0], sum(divmod(total, 2))


CONV = {"s": 1, "p": 0, "d": 1, "groups": 1, "bias": True}


def conv(layer, shape):
    o = {**CONV, **layer}
    k = o["k"] if isinstance(o["k"], tuple) else (o["k"],) * 2
    sides = [conv_out(n, m, o["s"], o["p"], o["d"]) for n, m in zip(shape[1:], k, strict=True)]
    return (o["out"], *sides), (reduce(mul, k, shape[0]) // o["groups"] + o["bias"]) * o["out"]


def pool(layer, shape):
    o = {"s": layer["k"], "p": 0, "ceil": False, **layer}
    spare = o["s"] - 1 if o["ceil"] else 0
    sides = [(n + 2 * o["p"] - o["k"] + spare) // o["s"] + 1 for n in shape[1:]]
    return (shape[0], *sides), 0


def linear(layer, shape):
    return (layer["out"],), layer["out"] * (shape[0] + layer.get("bias", True))


RULES = {
    "conv": conv,
    "maxpool": pool,
    "avgpool": pool,
    "bn": lambda layer, shape: (shape, shape[0] + shape[0]),
    "gap": lambda layer, shape: (shape[:1] + (1, 1), 0),
    "flatten": lambda layer, shape: ((reduce(mul, shape),), 0),
    "linear": linear,
}


def describe(net, input_shape):
    def step(row, layer):
        rule = RULES.get(layer["kind"], lambda layer, shape: (shape, 0))
        return rule(layer, row[0])

    return list(accumulate(net, step, initial=(input_shape, 0)))[1:]


def receptive_field(net):
    kernels = [layer.get("k", 1) for layer in net]
    strides = [layer.get("s", layer.get("k", 1) if "pool" in layer["kind"] else 1) for layer in net]
    dilations = [layer.get("d", 1) for layer in net]
    jumps = list(accumulate(strides, mul, initial=1))
    growth = [d * (k - 1) * j for k, d, j in zip(kernels, dilations, jumps, strict=False)]
    fields = [1 + total for total in accumulate(growth)]
    return [[r, j] for r, j in zip(fields, jumps[1:], strict=True)]


def equivariance_gap(f, x, shift):
    y, z = f(x), f(np.roll(x, shift, (2, 3)))
    ratios = [before // after for before, after in zip(x.shape[2:], y.shape[2:], strict=True)]
    back = [-(pixels // ratio) for pixels, ratio in zip(shift, ratios, strict=True)]
    return max(abs(np.roll(z, back, (2, 3)) - y).ravel().tolist())
