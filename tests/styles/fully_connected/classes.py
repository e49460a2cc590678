"""Answers with small classes that remember what the way back needs."""

from functools import partial, reduce
from operator import mul

import numpy as np


class Linear:
    def __init__(self, w, b=None):
        self.w, self.b = w, b

    def forward(self, x):
        product = np.tensordot(x, self.w, axes=([1], [1]))
        return product if self.b is None else np.add(product, self.b)

    def backward(self, dy, x):
        dw = np.tensordot(dy, x, axes=([0], [0]))
        return np.matmul(dy, self.w), dw, np.sum(dy, axis=0)


def linear(x, w, b):
    return Linear(w, b).forward(x)


def linear_backward(dy, x, w):
    return Linear(w).backward(dy, x)


class Kinked:
    def __init__(self, slope=0.0):
        self.slope = slope

    def derivative(self, x):
        return np.where(x > 0, np.ones_like(x), np.full_like(x, self.slope))

    def __call__(self, x):
        return self.derivative(x) * x


def relu(x):
    return Kinked()(x)


def relu_backward(dy, x):
    return Kinked().derivative(x) * dy


def leaky_relu(x, negative_slope=0.01):
    return Kinked(negative_slope)(x)


def leaky_relu_backward(dy, x, negative_slope=0.01):
    return Kinked(negative_slope).derivative(x) * dy


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_backward(dy, x):
    e = np.exp(-np.abs(x))
    return dy * e / np.square(1 + e)


tanh = np.tanh


def tanh_backward(dy, x):
    return dy - dy * np.square(np.tanh(x))


def softplus(x):
    return -np.log(sigmoid(np.abs(x))) + x.clip(min=0)


def softplus_backward(dy, x):
    return np.multiply(dy, sigmoid(x))


def _columns(a, x):
    return np.expand_dims(a, tuple(range(1, x.ndim - 1)))


def prelu(x, a):
    return np.fmax(x, 0) + _columns(a, x) * np.fmin(x, 0)


def prelu_backward(dy, x, a):
    dx = np.where(x > 0, dy, dy * _columns(a, x))
    da = np.zeros_like(a)
    axis = 1 if len(a) > 1 else None
    places = np.zeros(x.shape, dtype=int)
    if axis:
        places += np.arange(x.shape[1]).reshape(-1, *[1] * (x.ndim - 2))
    np.add.at(da, places.ravel(), (dy * np.minimum(x, 0)).ravel())
    return dx, da


class CrossEntropy:
    def __init__(self, z, t):
        top = z.max(1)[:, None]
        self.top, self.e = top, np.exp(z - top)
        self.total = self.e.sum(1)[:, None]
        self.z, self.t = z, t[:, None]

    @property
    def loss(self):
        chosen = np.take_along_axis(self.z, self.t, axis=1)
        return np.average(np.log(self.total) + self.top - chosen)

    @property
    def gradient(self):
        hit = self.t == np.arange(self.z.shape[1])
        return (self.e / self.total - hit).astype(self.z.dtype) / len(self.z)


def softmax_cross_entropy(z, t):
    answer = CrossEntropy(z, t)
    return answer.loss, answer.gradient


def flatten(x):
    N, C, H, W = x.shape
    return np.concatenate([x[:, c].reshape(N, H * W) for c in range(C)], axis=1)


def unflatten(y, chw):
    C, H, W = chw
    channels = np.split(y, C, axis=1)
    return np.stack([channel.reshape(-1, H, W) for channel in channels], axis=1)


fc_to_conv = unflatten


def score_map(x, w, b, chw):
    C, KH, KW = chw
    N, _, H, W = x.shape
    layer = Linear(w, b)
    rows = []
    for i in range(H - KH + 1):
        row = [layer.forward(flatten(x[:, :, i : i + KH, j : j + KW])) for j in range(W - KW + 1)]
        rows.append(np.stack(row, axis=2))
    return np.stack(rows, axis=2)


def numerical_grad(f, x, h=1e-5):
    def along(index):
        step = np.zeros(x.shape)
        step[index] = h
        return (f(np.float64(x) + step) - f(np.float64(x) - step)) * (0.5 / h)

    slopes = [along(index) for index in np.ndindex(*x.shape)]
    return np.array(slopes, dtype=x.dtype).reshape(x.shape)


def relative_error(a, b):
    bounds = partial(np.maximum, 1e-8)
    return (np.abs(b - a) / bounds(np.maximum(np.abs(b), np.abs(a)))).max().item()


class Head:
    def __init__(self, *widths):
        self.widths = widths

    def count(self):
        pairs = zip(self.widths[:-1], self.widths[1:], strict=True)
        return sum(fan_in * fan_out for fan_in, fan_out in pairs) + sum(self.widths[1:])


def head_params(C, H, W, classes, kind):
    pixels = reduce(mul, (C, H, W))
    heads = {
        "fc": Head(pixels, classes),
        "fc4096": Head(pixels, 4096, 4096, classes),
        "gap": Head(C, classes),
        "conv1x1+gap": Head(C, classes),
    }
    return heads[kind].count()
