"""Exercises 1.1, 1.6, 1.7 and 1.9 by recursion: one layer, then the rest."""

import numpy as np


def conv_out(n, k, stride=1, padding=0, dilation=1):
    if padding:
        return conv_out(n + 2 * padding, k, stride, 0, dilation)
    if dilation > 1:
        return conv_out(n, k + (k - 1) * (dilation - 1), stride)
    if n < k:
        return 0
    return 1 + conv_out(n - stride, k, stride)


def same_pads(n, k, stride=1, dilation=1):
    effective = k + (k - 1) * (dilation - 1)
    total = effective - (n % stride or stride)
    if total <= 0:
        return (0, 0)
    return (total // 2, total // 2 + total % 2)


def _size(n, layer, k, default):
    s, p, d = layer.get("s", default), layer.get("p", 0), layer.get("d", 1)
    size = conv_out(n, k, s, p, d)
    covered = (size - 1) * s + k
    if layer.get("ceil", False) and covered < n + 2 * p and size * s < n + p:
        size += 1
    return size


def _one(layer, shape):
    kind = layer["kind"]
    if kind == "conv":
        kh, kw = layer["k"] if isinstance(layer["k"], tuple) else (layer["k"], layer["k"])
        weights = layer["out"] * (shape[0] // layer.get("groups", 1)) * kh * kw
        biases = layer["out"] if layer.get("bias", True) else 0
        new = (layer["out"], _size(shape[1], layer, kh, 1), _size(shape[2], layer, kw, 1))
        return new, weights + biases
    if kind in ("maxpool", "avgpool"):
        k = layer["k"]
        return (shape[0], _size(shape[1], layer, k, k), _size(shape[2], layer, k, k)), 0
    if kind == "linear":
        biases = layer["out"] if layer.get("bias", True) else 0
        return (layer["out"],), shape[0] * layer["out"] + biases
    if kind == "flatten":
        return (int(np.prod(shape)),), 0
    if kind == "gap":
        return (shape[0], 1, 1), 0
    return shape, 2 * shape[0] if kind == "bn" else 0


def describe(net, input_shape):
    if not net:
        return []
    shape, n_params = _one(net[0], input_shape)
    return [(shape, n_params)] + describe(net[1:], shape)


def receptive_field(net):
    if not net:
        return []
    before = receptive_field(net[:-1])
    r, j = before[-1] if before else (1, 1)
    layer = net[-1]
    kind, k = layer["kind"], layer.get("k")
    if kind == "conv":
        r, j = r + layer.get("d", 1) * (k - 1) * j, j * layer.get("s", 1)
    if kind in ("maxpool", "avgpool"):
        r, j = r + (k - 1) * j, j * layer.get("s", k)
    return before + [(r, j)]


def _roll(image, down, right):
    if down:
        return _roll(np.concatenate([image[..., -1:, :], image[..., :-1, :]], -2), down - 1, right)
    if right:
        return _roll(np.concatenate([image[..., -1:], image[..., :-1]], -1), down, right - 1)
    return image


def equivariance_gap(f, x, shift):
    y = f(x)
    (H, W), (OH, OW) = x.shape[-2:], y.shape[-2:]
    dy, dx = shift
    moved = f(_roll(x, dy % H, dx % W))
    expected = _roll(y, dy // (H // OH) % OH, dx // (W // OW) % OW)
    return float(np.max(np.abs(moved - expected)))
