"""Exercises 1.1, 1.6, 1.7 and 1.9 by closed formulas."""

import math

import numpy as np


def conv_out(n, k, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def same_pads(n, k, stride=1, dilation=1):
    effective = dilation * (k - 1) + 1
    out = math.ceil(n / stride)
    total = max(0, (out - 1) * stride + effective - n)
    return total // 2, math.ceil(total / 2)


def describe(net, input_shape):
    rows = []
    shape = tuple(input_shape)
    for layer in net:
        kind, get = layer["kind"], layer.get
        params = 0
        if kind == "conv":
            kh, kw = np.broadcast_to(layer["k"], 2).tolist()
            s, p, d = get("s", 1), get("p", 0), get("d", 1)
            params = layer["out"] * (shape[0] // get("groups", 1) * kh * kw + get("bias", True))
            shape = (layer["out"], conv_out(shape[1], kh, s, p, d), conv_out(shape[2], kw, s, p, d))
        elif kind in ("maxpool", "avgpool"):
            k = layer["k"]
            s, p = get("s", k), get("p", 0)
            rounding = math.ceil if get("ceil", False) else math.floor
            shape = (shape[0], *[rounding((n + 2 * p - k) / s) + 1 for n in shape[1:]])
        elif kind == "gap":
            shape = (shape[0], 1, 1)
        elif kind == "flatten":
            shape = (math.prod(shape),)
        elif kind == "linear":
            params = layer["out"] * (shape[0] + get("bias", True))
            shape = (layer["out"],)
        elif kind == "bn":
            params = 2 * shape[0]
        rows.append((shape, params))
    return rows


def receptive_field(net):
    rows = []
    r, jump = 1, 1
    for layer in net:
        if layer["kind"] in ("conv", "maxpool", "avgpool"):
            k = layer["k"]
            default = 1 if layer["kind"] == "conv" else k
            r += layer.get("d", 1) * (k - 1) * jump
            jump *= layer.get("s", default)
        rows.append((r, jump))
    return rows


def equivariance_gap(f, x, shift):
    y = f(x)
    ratio = x.shape[-1] // y.shape[-1]
    small = [pixels // ratio for pixels in shift]
    moved = f(np.roll(x, shift, axis=(-2, -1)))
    return np.abs(moved - np.roll(y, small, axis=(-2, -1))).max()
