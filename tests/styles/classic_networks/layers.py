"""Answers that put the layer objects of the course together."""

import io
import re

import numpy as np

from convnet import (
    Adam,
    BatchNorm1d,
    BatchNorm2d,
    Concat,
    Conv2d,
    CrossEntropyLoss,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Residual,
    Sequential,
    fit,
    predict,
)

RNG = np.random.default_rng(0)


def _conv(w, b=None, **options):
    layer = Conv2d(w.shape[1], w.shape[0], w.shape[2:], bias=b is not None, **options, rng=RNG)
    layer.params = {"weight": w} if b is None else {"weight": w, "bias": b}
    return layer


def _linear(w, b=None):
    layer = Linear(w.shape[1], w.shape[0], bias=b is not None, rng=RNG)
    layer.params = {"weight": w} if b is None else {"weight": w, "bias": b}
    return layer


def _norm(w, b, kind=BatchNorm2d):
    layer = kind(len(w))
    layer.params = {"weight": w, "bias": b}
    return layer


class LeNet:
    def __init__(self, params):
        def pair(name):
            return params[name + ".weight"], params[name + ".bias"]

        self.layers = {
            "conv1": _conv(*pair("conv1"), padding=2),
            "relu1": ReLU(),
            "pool1": MaxPool2d(2),
            "conv2": _conv(*pair("conv2")),
            "relu2": ReLU(),
            "pool2": MaxPool2d(2),
            "flatten": Flatten(),
            "fc1": _linear(*pair("fc1")),
            "relu3": ReLU(),
            "fc2": _linear(*pair("fc2")),
            "relu4": ReLU(),
            "fc3": _linear(*pair("fc3")),
        }
        self.network, self.loss = Sequential(*self.layers.values()), CrossEntropyLoss()

    def loss_and_grads(self, x, t):
        loss = self.loss.forward(self.network.forward(x), t)
        self.network.backward(self.loss.backward())
        return loss, {
            f"{name}.{key}": grad
            for name, layer in self.layers.items()
            for key, grad in layer.grads.items()
        }


def train_lenet(x, t, x_new, epochs, seed):
    rng = np.random.default_rng(seed)
    mean, std = x.mean(), x.std()
    side = x.shape[-1] // 4
    network = Sequential(
        *(Conv2d(1, 8, 3, padding=1, rng=rng), BatchNorm2d(8), ReLU(), MaxPool2d(2)),
        *(Conv2d(8, 16, 3, padding=1, rng=rng), BatchNorm2d(16), ReLU(), MaxPool2d(2)),
        *(Flatten(), Linear(16 * side * side, 10, rng=rng)),
    )
    history = fit(
        *(network, CrossEntropyLoss(), Adam(network, lr=2e-3), ((x - mean) / std, t)),
        epochs=epochs,
        batch_size=32,
        rng=rng,
        stream=io.StringIO(),
    )
    return history.loss, predict(network, (x_new - mean) / std).argmax(1)


def expand(N, M, K, pool=True):
    layers = ["INPUT"]
    for _ in range(M):
        layers.extend(["CONV", "RELU"] * N)
        if pool:
            layers.append("POOL")
    for _ in range(K):
        layers.extend(("FC", "RELU"))
    return [*layers, "FC"]


def read_pattern(pattern):
    text = re.sub(r"\s+", "", pattern)

    def factor(expression):
        found = re.search(expression + r"(\*\d+)?", text)
        return 0 if not found else int(found[1][1:]) if found[1] else 1

    inner = r"\[CONV->RELU\]"
    numbers = [factor(own) for own in (inner, inner + r"(?:\*\d+)?(?:->POOL)?\]", r"\[FC->RELU\]")]
    return (*numbers, "POOL" in text)


def alexnet(version):
    def block(out, k, **options):
        return {"kind": "conv", "out": out, "k": k, **options}, {"kind": "relu"}

    pool = {"kind": "maxpool", "k": 3, "s": 2}
    net = [
        *(*block(96, 11, s=4), pool, *block(256, 5, p=2, groups=2), pool),
        *(*block(384, 3, p=1), *block(384, 3, p=1, groups=2), *block(256, 3, p=1, groups=2)),
        *(pool, {"kind": "flatten"}, {"kind": "dropout"}),
        *({"kind": "linear", "out": 4096}, {"kind": "relu"}, {"kind": "dropout"}),
        *({"kind": "linear", "out": 4096}, {"kind": "relu"}, {"kind": "linear", "out": 1000}),
    ]
    if version == "d2l":
        for layer in net:
            layer.pop("groups", None)
        net[0]["p"], net[-1]["out"] = 1, 10
    return net


def fitting_sides(k, s, p, low, high):
    sides = []
    for n in range(low, high + 1):
        way = n + 2 * p - k
        if way >= 0 and way % s == 0:
            sides.append(n)
    return sides


def vgg(arch, classes=1000):
    net = []
    for count, out in arch:
        net += count * [{"kind": "conv", "out": out, "k": 3, "p": 1}, {"kind": "relu"}]
        net += [{"kind": "maxpool", "k": 2, "s": 2}]
    hidden = [{"kind": "linear", "out": 4096}, {"kind": "relu"}, {"kind": "dropout"}]
    return [*net, {"kind": "flatten"}, *hidden, *hidden, {"kind": "linear", "out": classes}]


def nin_block(out, k, s=1, p=0):
    ones = [{"kind": "conv", "out": out, "k": 1}, {"kind": "relu"}] * 2
    return [{"kind": "conv", "out": out, "k": k, "s": s, "p": p}, {"kind": "relu"}, *ones]


def nin_forward(x, weights, biases, stride=1, padding=0):
    first = _conv(weights[0], biases[0], stride=stride, padding=padding)
    others = [_conv(w, b) for w, b in zip(weights[1:], biases[1:], strict=True)]
    return Sequential(first, ReLU(), others[0], ReLU(), others[1], ReLU()).forward(x)


def stack_of_3x3(k, C):
    n = k // 2
    return n, sum(9 * C**2 for _ in range(n)), (k * C) ** 2


def inception(x, params):
    def layer(name, **options):
        return _conv(params[f"{name}.weight"], params[f"{name}.bias"], **options)

    return Concat(
        Sequential(layer("1x1"), ReLU()),
        Sequential(layer("3x3_reduce"), ReLU(), layer("3x3", padding=1), ReLU()),
        Sequential(layer("5x5_reduce"), ReLU(), layer("5x5", padding=2), ReLU()),
        Sequential(MaxPool2d(3, 1, padding=1), layer("pool_proj"), ReLU()),
    ).forward(x)


def inception_params(C, widths):
    c1, (r2, c2), (r3, c3), c4 = widths
    convs = [(C, c1, 1), (C, r2, 1), (r2, c2, 3), (C, r3, 1), (r3, c3, 5), (C, c4, 1)]
    layers = [Conv2d(*sizes, rng=RNG) for sizes in convs]
    return sum(array.size for layer in layers for array in layer.params.values())


def _block(params, stride):
    branch = Sequential(
        _conv(params["conv1.weight"], stride=stride, padding=1),
        _norm(params["bn1.weight"], params["bn1.bias"]),
        ReLU(),
        _conv(params["conv2.weight"], padding=1),
        _norm(params["bn2.weight"], params["bn2.bias"]),
    )
    around = None
    if "shortcut.weight" in params:
        around = _conv(params["shortcut.weight"], params["shortcut.bias"], stride=stride)
    return Sequential(Residual(branch, around), ReLU())


def residual_forward(x, params, stride=1):
    return _block(params, stride).forward(x)


def residual_backward(dy, x, params, stride=1):
    block = _block(params, stride)
    block.forward(x)
    dx = block.backward(dy)
    places = {"0": "conv1", "1": "bn1", "3": "conv2", "4": "bn2"}
    grads = {}
    for name, grad in block.grads.items():
        _, way, *rest = name.split(".")
        own = ["shortcut", *rest] if way == "shortcut" else [places[rest[0]], *rest[1:]]
        grads[".".join(own)] = grad
    return dx, grads


def grad_norms(x, weights, gain=1.0, residual=False, bn=False):
    ones, layers, h = np.ones(x.shape[1], x.dtype), [], x
    for w in weights:
        norm = [_norm(ones, 0 * ones, BatchNorm1d)] if bn else []
        branch = Sequential(_linear(np.asarray(gain * w, x.dtype)), *norm, ReLU())
        layers.append(Residual(branch) if residual else branch)
        h = layers[-1].forward(h)
    grads = [h * (2 / h.size)]
    for layer in reversed(layers):
        grads.append(layer.backward(grads[-1]))
    return np.array([np.linalg.norm(g) for g in reversed(grads)], dtype=x.dtype)


def fates(x, weights):
    def word(**options):
        norms = grad_norms(x, weights, **options)
        if norms[0] > 1000 * norms[-1]:
            return "explodes"
        return "vanishes" if norms[0] < norms[-1] / 1000 else "healthy"

    he = 2**0.5
    return [
        word(gain=0.5),
        word(gain=he),
        word(gain=he, residual=True),
        word(gain=he, residual=True, bn=True),
    ]


def _count(*layers):
    return sum(array.size for layer in layers for array in layer.params.values())


def summary(name, channels=3, classes=1000):
    # Large layers are counted without being made.
    totals = {
        "lenet": lambda: _lenet(channels, classes),
        "alexnet": lambda: _alexnet(channels, classes),
        "nin": lambda: _nin(channels, classes),
        "googlenet": lambda: _googlenet(channels, classes),
    }
    if name in totals:
        return totals[name]()
    return _vgg(name, channels, classes) if name[0] == "v" else _resnet(name, channels, classes)


def _c(C, F, k, groups=1):
    return C // groups * F * k * k + F


def _cn(C, F, k):
    return C * F * k * k + 2 * F


def _l(D, M):
    return D * M + M


def _lenet(channels, classes):
    head = Linear(400, 120, rng=RNG), Linear(120, 84, rng=RNG), Linear(84, classes, rng=RNG)
    return _count(Conv2d(channels, 6, 5, rng=RNG), Conv2d(6, 16, 5, rng=RNG), *head)


def _alexnet(channels, classes):
    convs = _c(channels, 96, 11) + _c(96, 256, 5, 2) + _c(256, 384, 3)
    convs += _c(384, 384, 3, 2) + _c(384, 256, 3, 2)
    return convs + _l(9216, 4096) + _l(4096, 4096) + _l(4096, classes)


def _vgg(name, channels, classes):
    counts = {"vgg11": [1, 1, 2, 2, 2], "vgg16": [2, 2, 3, 3, 3]}[name]
    widths = [64] * counts[0] + [128] * counts[1] + [256] * counts[2]
    widths += [512] * (counts[3] + counts[4])
    before = [channels, *widths[:-1]]
    convs = sum(_c(C, F, 3) for C, F in zip(before, widths, strict=True))
    return convs + _l(25088, 4096) + _l(4096, 4096) + _l(4096, classes)


def _nin(channels, classes):
    total = 0
    for C, F, k in ((channels, 96, 11), (96, 256, 5), (256, 384, 3), (384, classes, 3)):
        total += _c(C, F, k) + _c(F, F, 1) + _c(F, F, 1)
    return total


BLOCKS = """64 96 128 16 32 32; 128 128 192 32 96 64; 192 96 208 16 48 64; 160 112 224 24 64 64;
128 128 256 24 64 64; 112 144 288 32 64 64; 256 160 320 32 128 128; 256 160 320 32 128 128;
384 192 384 48 128 128"""


def _googlenet(channels, classes):
    total, C = _c(channels, 64, 7) + _c(64, 64, 1) + _c(64, 192, 3) + _l(1024, classes), 192
    for block in BLOCKS.split(";"):
        c1, r2, c2, r3, c3, c4 = map(int, block.split())
        total += inception_params(C, (c1, (r2, c2), (r3, c3), c4))
        C = c1 + c2 + c3 + c4
    return total


def _resnet(name, channels, classes):
    counts = [2, 2, 2, 2] if name == "resnet18" else [3, 4, 6, 3]
    total, C = _cn(channels, 64, 7), 64
    for stage, count in enumerate(counts):
        F = 64 << stage
        for _ in range(count):
            if name == "resnet50":
                total += _cn(C, F, 1) + _cn(F, F, 3) + _cn(F, 4 * F, 1)
                out = 4 * F
            else:
                total += _cn(C, F, 3) + _cn(F, F, 3)
                out = F
            if out != C:
                total += _cn(C, out, 1)
            C = out
    return total + _l(C, classes)
