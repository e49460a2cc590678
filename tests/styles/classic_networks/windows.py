"""Answers with sliding windows, einsum and the course's plain functions."""

import re
from itertools import chain, pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convnet import functional as F  # noqa: N812


def _conv(x, w, b, stride=1, padding=0):
    p = padding
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    views = sliding_window_view(xp, w.shape[2:], (2, 3))[:, :, ::stride, ::stride]
    y = np.einsum("nchwij,fcij->nfhw", views, w, optimize=True)
    return y if b is None else y + b[None, :, None, None]


class LeNet:
    """Every layer leaves its way back on a tape."""

    def __init__(self, params):
        self.params = dict(params)

    def loss_and_grads(self, x, t):
        self.tape, self.grads = [], {}
        h = self._bend(self._conv(x, "conv1", 2))
        h = self._bend(self._conv(self._pool(h), "conv2", 0))
        h = self._pool(h)
        shape = h.shape
        self.tape.append(lambda d: d.reshape(shape))
        h = np.reshape(h, (len(x), -1))
        h = self._bend(self._linear(h, "fc1"))
        h = self._bend(self._linear(h, "fc2"))
        loss, d = F.softmax_cross_entropy(self._linear(h, "fc3"), t)
        while self.tape:
            d = self.tape.pop()(d)
        return np.float64(loss), self.grads

    def _pair(self, name):
        return self.params[f"{name}.weight"], self.params[f"{name}.bias"]

    def _keep(self, name, dw, db):
        self.grads[f"{name}.weight"], self.grads[f"{name}.bias"] = dw, db

    def _conv(self, x, name, padding):
        w, b = self._pair(name)

        def back(d):
            dx, *own = F.conv2d_backward(d, x, w, padding=padding)
            self._keep(name, *own)
            return dx

        self.tape.append(back)
        return F.conv2d_forward(x, w, b, padding=padding)

    def _linear(self, x, name):
        w, b = self._pair(name)

        def back(d):
            self._keep(name, np.einsum("nm,nd->md", d, x), np.einsum("nm->m", d))
            return np.einsum("nm,md->nd", d, w)

        self.tape.append(back)
        return np.einsum("nd,md->nm", x, w) + b

    def _bend(self, a):
        self.tape.append(lambda d: np.where(a > 0, d, 0))
        return np.maximum(0, a)

    def _pool(self, a):
        y, winner = F.max_pool2d_forward(a, 2)
        self.tape.append(lambda d: F.max_pool2d_backward(d, winner, a.shape, 2))
        return y


def train_lenet(x, t, x_new, epochs, seed):
    rng = np.random.default_rng(seed)
    scale = x.max()
    x, x_new = x / scale - 0.3, x_new / scale - 0.3
    size = (x.shape[2] // 4) ** 2
    shapes = {"conv1": (6, 1, 3, 3), "conv2": (12, 6, 3, 3), "fc1": (48, 12 * size)}
    shapes["fc2"] = 10, 48
    params = {}
    for name, shape in shapes.items():
        bound = np.sqrt(6 / np.prod(shape[1:]))
        params[f"{name}.weight"] = rng.uniform(-bound, bound, shape).astype(np.float32)
        params[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    state = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in params.items()}
    step, losses = 0, []
    for _ in range(epochs):
        told = []
        for own in np.array_split(rng.permutation(len(x)), -(-len(x) // 25)):
            z, back = _network(params, x[own])
            loss, dz = F.softmax_cross_entropy(z, t[own])
            told.append(loss)
            step += 1
            for name, g in back(dz).items():
                m, v = state[name]
                m[...] = 0.9 * m + 0.1 * g
                v[...] = 0.999 * v + 0.001 * g * g
                root = np.sqrt(v / (1 - 0.999**step)) + 1e-8
                params[name] -= 0.002 * m / (1 - 0.9**step) / root
        losses.append(np.mean(told))
    return losses, np.argmax(_network(params, x_new)[0], axis=1)


def _network(p, x):
    a1 = F.conv2d_forward(x, p["conv1.weight"], p["conv1.bias"], padding=1)
    h1, i1 = F.max_pool2d_forward(np.maximum(a1, 0), 2)
    a2 = F.conv2d_forward(h1, p["conv2.weight"], p["conv2.bias"], padding=1)
    h2, i2 = F.max_pool2d_forward(np.maximum(a2, 0), 2)
    rows = h2.reshape(len(x), -1)
    a3 = F.linear_forward(rows, p["fc1.weight"], p["fc1.bias"])
    h3 = np.maximum(a3, 0)
    z = F.linear_forward(h3, p["fc2.weight"], p["fc2.bias"])

    def back(dz):
        d, w4, b4 = F.linear_backward(dz, h3, p["fc2.weight"])
        d, w3, b3 = F.linear_backward(d * (a3 > 0), rows, p["fc1.weight"])
        d = F.max_pool2d_backward(d.reshape(h2.shape), i2, a2.shape, 2) * (a2 > 0)
        d, w2, b2 = F.conv2d_backward(d, h1, p["conv2.weight"], padding=1)
        d = F.max_pool2d_backward(d, i1, a1.shape, 2) * (a1 > 0)
        _, w1, b1 = F.conv2d_backward(d, x, p["conv1.weight"], padding=1)
        return dict(zip(p, (w1, b1, w2, b2, w3, b3, w4, b4), strict=True))

    return z, back


def expand(N, M, K, pool=True):
    block = ("CONV RELU " * N + "POOL" * bool(pool)).split()
    return ["INPUT", *chain.from_iterable([block] * M), *("FC RELU " * K).split(), "FC"]


def read_pattern(pattern):
    expression = r"""\s* INPUT \s* (?: -> \s* \[ \s* \[ \s* CONV \s* -> \s* RELU \s* \] \s*
        (?: \* \s* (\d+) )? \s* (?: -> \s* POOL )? \s* \] \s* (?: \* \s* (\d+) )? )? \s*
        (?: -> \s* \[ \s* FC \s* -> \s* RELU \s* \] \s* (?: \* \s* (\d+) )? )? \s* -> \s* FC \s*"""
    found = re.fullmatch(expression, pattern, re.VERBOSE)
    there = ("CONV" in pattern,) * 2 + (pattern.count("FC") > 1,)
    N, M, K = (
        int(1 if own is None else own) if is_there else 0
        for own, is_there in zip(found.groups(), there, strict=True)
    )
    return N, M, K, pattern.find("POOL") >= 0


def alexnet(version):
    lines = "conv 96 11 4 0|pool|conv 256 5 1 2|pool|conv 384 3 1 1|conv 384 3 1 1|conv 256 3 1 1"
    net = []
    for place, line in enumerate(f"{lines}|pool|flatten|linear 4096|linear 4096".split("|")):
        kind, *numbers = line.split()
        if kind == "conv":
            out, k, s, p = map(int, numbers)
            layer = {"kind": kind, "out": out, "k": k, "s": s, "p": p}
            layer["p"] += version == "d2l" and place == 0
            if version == "2012" and place in (2, 5, 6):
                layer["groups"] = 2
            net += [layer, {"kind": "relu"}]
        elif kind == "linear":
            net += [{"kind": kind, "out": int(numbers[0])}, {"kind": "relu"}]
        else:
            net += [{"kind": "maxpool", "k": 3, "s": 2} if kind == "pool" else {"kind": kind}]
    return [*net, {"kind": "linear", "out": {"2012": 1000, "d2l": 10}[version]}]


def fitting_sides(k, s, p, low, high):
    n = np.arange(low, high + 1)
    way = n + 2 * p - k
    return n[(way >= 0) & (way % s == 0)]


def vgg(arch, classes=1000):
    three = [
        [*[{"kind": "conv", "out": out, "k": 3, "p": 1}, {"kind": "relu"}] * n]
        + [{"kind": "maxpool", "k": 2}]
        for n, out in arch
    ]
    head = [{"kind": "linear", "out": 4096}, {"kind": "relu"}] * 2
    return sum(three, []) + [{"kind": "flatten"}] + head + [{"kind": "linear", "out": classes}]


def nin_block(out, k, s=1, p=0):
    kernels = ((k, s, p), (1, 1, 0), (1, 1, 0))
    convs = [{"kind": "conv", "out": out, "k": k, "s": s, "p": p} for k, s, p in kernels]
    return [layer for own in convs for layer in (own, {"kind": "relu"})]


def nin_forward(x, weights, biases, stride=1, padding=0):
    y = np.maximum(_conv(x, weights[0], biases[0], stride, padding), 0)
    for w, b in zip(weights[1:], biases[1:], strict=True):
        # A 1 x 1 convolution is a linear layer at each pixel.
        y = np.einsum("nchw,fc->nfhw", y, w[:, :, 0, 0]) + b[:, None, None]
        y = np.maximum(y, 0)
    return y


def stack_of_3x3(k, C):
    n = int((k - 1) / 2)
    return n, n * np.prod((C, C, 3, 3)), np.prod([C, C, k, k])


def inception(x, params):
    def layer(h, name):
        w = params[f"{name}.weight"]
        return np.maximum(_conv(h, w, params[f"{name}.bias"], 1, (w.shape[-1] - 1) // 2), 0)

    ring = [(0, 0), (0, 0), (1, 1), (1, 1)]
    padded = np.pad(x, ring, constant_values=-np.inf)
    pooled = sliding_window_view(padded, (3, 3), (2, 3)).max((4, 5))
    ways = [["1x1"], ["3x3_reduce", "3x3"], ["5x5_reduce", "5x5"], ["pool_proj"]]
    outputs = []
    for names in ways:
        h = pooled if "pool_proj" in names else x
        for name in names:
            h = layer(h, name)
        outputs.append(h)
    return np.concatenate(outputs, 1)


def inception_params(C, widths):
    c1, c2, c3, c4 = widths
    chains = [(C, c1), (C, *c2), (C, *c3), (C, c4)]
    sides = [(1,), (1, 3), (1, 5), (1,)]
    return sum(
        (a * k**2 + 1) * b
        for channels, ks in zip(chains, sides, strict=True)
        for (a, b), k in zip(pairwise(channels), ks, strict=True)
    )


def residual_forward(x, params, stride=1):
    return _residual(x, params, stride)[0]


def residual_backward(dy, x, params, stride=1):
    _, back = _residual(x, params, stride)
    return back(dy)


def _residual(x, p, stride):
    a = F.conv2d_forward(x, p["conv1.weight"], None, stride=stride, padding=1)
    n = F.batch_norm_forward(a, p["bn1.weight"], p["bn1.bias"], *F.batch_statistics(a))
    h = n * (n > 0)
    c = F.conv2d_forward(h, p["conv2.weight"], None, padding=1)
    m = F.batch_norm_forward(c, p["bn2.weight"], p["bn2.bias"], *F.batch_statistics(c))
    short = [p[key] for key in ("shortcut.weight", "shortcut.bias") if key in p]
    total = m + (F.conv2d_forward(x, *short, stride=stride) if short else x)

    def back(dy):
        d = np.where(total > 0, dy, 0).astype(x.dtype)
        dc, w2, b2 = F.batch_norm_backward(d, c, p["bn2.weight"])
        dh, k2, _ = F.conv2d_backward(dc, h, p["conv2.weight"], padding=1)
        da, w1, b1 = F.batch_norm_backward(dh * (n > 0), a, p["bn1.weight"])
        dx, k1, _ = F.conv2d_backward(da, x, p["conv1.weight"], stride=stride, padding=1)
        values = [k1, w1, b1, k2, w2, b2]
        if short:
            ds, *both = F.conv2d_backward(d, x, short[0], stride=stride)
            values += both
        else:
            ds = d
        names = ["conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias"]
        names += ["shortcut.weight", "shortcut.bias"] * bool(short)
        return ds + dx, dict(zip(names, values, strict=True))

    return np.maximum(total, 0), back


def grad_norms(x, weights, gain=1.0, residual=False, bn=False):
    def down(h, rest):
        """The gradients from here on, by recursion."""
        if not rest:
            return [2 * h / h.size]
        w = gain * rest[0]
        a = np.einsum("nd,md->nm", h, w)
        mean, root = a.mean(0), np.sqrt(a.var(0) + 1e-5)
        hat = (a - mean) / root if bn else a
        y = np.maximum(hat, 0) + (h if residual else 0)
        later = down(y, rest[1:])
        d = later[0] * (hat > 0)
        if bn:
            d = (d - d.mean(0) - hat * np.mean(d * hat, axis=0)) / root
        d = np.einsum("nm,md->nd", d, w)
        return [d + later[0] if residual else d, *later]

    return np.array([np.sqrt(np.vdot(d, d)) for d in down(x, list(weights))]).astype(x.dtype)


def fates(x, weights):
    settings = [(0.5, False, False), (2**0.5, False, False), (2**0.5, True, False)]
    ratios = []
    for setting in [*settings, (2**0.5, True, True)]:
        norms = grad_norms(x, weights, *setting)
        ratios.append(norms[0] / norms[-1])
    return np.select(
        [np.array(ratios) < 1e-3, np.array(ratios) > 1e3], ["vanishes", "explodes"], "healthy"
    ).tolist()


def summary(name, channels=3, classes=1000):
    C, K = channels, classes
    fc = [(4096, 4096, 1, 0), (4096, K, 1, 0)]
    vgg16 = [(C, 64), (64, 64), (64, 128), (128, 128), (128, 256), (256, 256), (256, 256)]
    vgg16 += [(256, 512)] + [(512, 512)] * 5
    vgg11 = [(C, 64), (64, 128), (128, 256), (256, 256), (256, 512)] + [(512, 512)] * 3
    deep = [(25088, 4096, 1, 0), *fc]
    nets = {
        "lenet": [(C, 6, 5, 0), (6, 16, 5, 0), (400, 120, 1, 0), (120, 84, 1, 0), (84, K, 1, 0)],
        "alexnet": [
            *((C, 96, 11, 0), (48, 256, 5, 0), (256, 384, 3, 0), (192, 384, 3, 0)),
            *((192, 256, 3, 0), (9216, 4096, 1, 0), *fc),
        ],
        "vgg11": [*((a, b, 3, 0) for a, b in vgg11), *deep],
        "vgg16": [*((a, b, 3, 0) for a, b in vgg16), *deep],
        "nin": [
            *((C, 96, 11, 0), (96, 96, 1, 0), (96, 96, 1, 0)),
            *((96, 256, 5, 0), (256, 256, 1, 0), (256, 256, 1, 0)),
            *((256, 384, 3, 0), (384, 384, 1, 0), (384, 384, 1, 0)),
            *((384, K, 3, 0), (K, K, 1, 0), (K, K, 1, 0)),
        ],
        "googlenet": [
            *((C, 64, 7, 0), (64, 64, 1, 0), (64, 192, 3, 0), (1024, K, 1, 0)),
            *_inceptions(),
        ],
    }
    rows = nets[name] if name in nets else _resnet(name, C, K)
    return sum(a * b * k * k + b * (2 if norm else 1) for a, b, k, norm in rows)


def _inceptions():
    table = np.array(
        [
            [192, 64, 96, 128, 16, 32, 32],
            [256, 128, 128, 192, 32, 96, 64],
            [480, 192, 96, 208, 16, 48, 64],
            [512, 160, 112, 224, 24, 64, 64],
            [512, 128, 128, 256, 24, 64, 64],
            [512, 112, 144, 288, 32, 64, 64],
            [528, 256, 160, 320, 32, 128, 128],
            [832, 256, 160, 320, 32, 128, 128],
            [832, 384, 192, 384, 48, 128, 128],
        ]
    )
    for C, c1, r2, c2, r3, c3, c4 in table.tolist():
        yield from ((C, c1, 1, 0), (C, r2, 1, 0), (r2, c2, 3, 0))
        yield from ((C, r3, 1, 0), (r3, c3, 5, 0), (C, c4, 1, 0))


def _resnet(name, C, K):
    wide = 4 if name.endswith("50") else 1
    counts = (2, 2, 2, 2) if name.endswith("18") else (3, 4, 6, 3)
    yield C, 64, 7, 1
    at = 64
    for width, count in zip((64, 128, 256, 512), counts, strict=True):
        for _ in range(count):
            if wide == 4:
                yield from ((at, width, 1, 1), (width, width, 3, 1), (width, 4 * width, 1, 1))
            else:
                yield from ((at, width, 3, 1), (width, width, 3, 1))
            if at != wide * width:
                yield at, wide * width, 1, 1
            at = wide * width
    yield at, K, 1, 0
