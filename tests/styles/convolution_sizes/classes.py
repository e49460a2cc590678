"""Exercises 1.1, 1.6, 1.7 and 1.9 with a small class for a window and one for a network."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Window:
    k: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    ceil: bool = False

    @property
    def extent(self):
        return self.dilation * (self.k - 1) + 1

    def slide(self, n):
        full, rest = divmod(n + 2 * self.padding - self.extent, self.stride)
        return full + 1 + (1 if self.ceil and rest else 0)


class Network:
    def __init__(self, net, shape=None):
        self.net = net
        self.shape = shape

    def window(self, layer, k):
        default = layer["k"] if layer["kind"].endswith("pool") else 1
        return Window(
            k,
            layer.get("s", default),
            layer.get("p", 0),
            layer.get("d", 1),
            layer.get("ceil", False),
        )

    def slide(self, layer):
        k = layer["k"]
        kh, kw = k if isinstance(k, (tuple, list)) else (k, k)
        _, H, W = self.shape
        return self.window(layer, kh).slide(H), self.window(layer, kw).slide(W)

    def conv(self, layer):
        weight = np.zeros((layer["out"], self.shape[0] // layer.get("groups", 1)), dtype=np.int64)
        kernel = np.prod(np.ones(2, dtype=np.int64) * np.array(layer["k"]))
        bias = layer["out"] * int(layer.get("bias", True))
        self.shape = (layer["out"], *self.slide(layer))
        return weight.size * kernel + bias

    def maxpool(self, layer):
        self.shape = (self.shape[0], *self.slide(layer))
        return 0

    avgpool = maxpool

    def bn(self, layer):
        gamma_and_beta = 2
        return gamma_and_beta * self.shape[0]

    def gap(self, layer):
        self.shape = (self.shape[0], 1, 1)
        return 0

    def flatten(self, layer):
        self.shape = (np.prod(self.shape),)
        return 0

    def linear(self, layer):
        fan_in = self.shape[0] + (1 if layer.get("bias", True) else 0)
        self.shape = (layer["out"],)
        return fan_in * layer["out"]

    def same(self, layer):
        return 0

    relu = dropout = same

    def describe(self):
        for layer in self.net:
            n_params = getattr(self, layer["kind"])(layer)
            yield self.shape, n_params

    def fields(self):
        r = j = np.int64(1)
        for layer in self.net:
            if "k" in layer:
                window = self.window(layer, layer["k"])
                r = r + (window.extent - 1) * j
                j = j * window.stride
            yield r, j


def conv_out(n, k, stride=1, padding=0, dilation=1):
    return Window(k, stride, padding, dilation).slide(n)


def same_pads(n, k, stride=1, dilation=1):
    starts = np.arange(0, n, stride)
    over = starts[-1] + Window(k, dilation=dilation).extent - n
    before = np.maximum(over, 0) // 2
    return before, np.maximum(over, 0) - before


def describe(net, input_shape):
    return list(Network(net, input_shape).describe())


def receptive_field(net):
    return list(Network(net).fields())


def equivariance_gap(f, x, shift):
    dy, dx = shift
    rows = (np.arange(x.shape[-2]) - dy) % x.shape[-2]
    columns = (np.arange(x.shape[-1]) - dx) % x.shape[-1]
    moved = f(x[..., rows, :][..., columns])
    y = f(x)
    r = round(x.shape[-2] / y.shape[-2])
    rows = (np.arange(y.shape[-2]) - dy // r) % y.shape[-2]
    columns = (np.arange(y.shape[-1]) - dx // r) % y.shape[-1]
    return np.linalg.norm((moved - y[..., rows, :][..., columns]).ravel(), np.inf)
