"""Right answers that look odd: index arrays, closures, float64 inside, lookups, lists returned."""

from functools import reduce
from itertools import repeat

import numpy as np

F8 = np.float64


def _gather(x, k, stride, padding, fill=0.0):
    """All windows by index arrays: (N, C, k0, k1, OH, OW)."""
    N, C, H, W = x.shape
    p, (k0, k1) = padding, k
    wide = np.full((N, C, H + 2 * p, W + 2 * p), fill, F8)
    wide[:, :, p : p + H, p : p + W] = x
    OH, OW = (H + 2 * p - k0) // stride + 1, (W + 2 * p - k1) // stride + 1
    rows = np.arange(k0)[:, None, None, None] + stride * np.arange(OH)[:, None]
    columns = np.arange(k1)[:, None, None] + stride * np.arange(OW)
    rows, columns = np.broadcast_arrays(rows, columns)
    return wide[:, :, rows, columns], (rows, columns, wide.shape)


class Conv:
    """A convolution by one matrix product, in float64."""

    def __init__(self, w, b=None, stride=1, padding=0):
        self.w, self.b, self.stride, self.padding = w.astype(F8), b, stride, padding

    def __call__(self, x):
        self.x = x
        self.windows, self.places = _gather(x, self.w.shape[2:], self.stride, self.padding)
        y = np.tensordot(self.w, self.windows, ((1, 2, 3), (1, 2, 3))).swapaxes(0, 1)
        return y if self.b is None else y + self.b.astype(F8)[:, None, None]

    def back(self, dy):
        rows, columns, shape = self.places
        dw = np.tensordot(dy, self.windows, ((0, 2, 3), (0, 4, 5)))
        spread = np.tensordot(dy, self.w, (1, 0)).transpose(0, 3, 4, 5, 1, 2)
        wide = np.zeros(shape)
        np.add.at(wide, (slice(None), slice(None), rows, columns), spread)
        p, (H, W) = self.padding, self.x.shape[2:]
        return wide[:, :, p : p + H, p : p + W], dw, np.add.reduce(dy, (0, 2, 3))


def _norm(a, w, b):
    """Normalized over all but axis 1 (or 0 for rows), with the way back."""
    axes = (0, 2, 3) if a.ndim == 4 else (0,)
    wide = (1, -1, 1, 1) if a.ndim == 4 else (1, -1)
    m = a.size / a.shape[1]
    centred = a - a.sum(axes, keepdims=True) / m
    var = (centred * centred).sum(axes, keepdims=True) / m
    inverse = 1 / np.sqrt(var + 1e-5)
    scale, shift = (np.asarray(v, F8).reshape(wide) for v in (w, b))

    def back(d):
        dhat = d * scale
        dvar = (dhat * centred).sum(axes, keepdims=True) * -0.5 * inverse**3
        dmean = -(dhat * inverse).sum(axes, keepdims=True)
        da = dhat * inverse + dvar * 2 * centred / m + dmean / m
        return da, (d * centred * inverse).sum(axes), d.sum(axes)

    return centred * inverse * scale + shift, back


class LeNet:
    def __init__(self, params):
        self.names = list(params)
        self.params = {name: np.array(value, F8) for name, value in params.items()}

    def loss_and_grads(self, x, t):
        p = self.params
        convs = [
            Conv(p["conv1.weight"], p["conv1.bias"], padding=2),
            Conv(p["conv2.weight"], p["conv2.bias"]),
        ]
        h, pools = x.astype(F8), []
        for conv in convs:
            a = conv(h)
            windows, places = _gather(np.where(a > 0, a, 0.0), (2, 2), 2, 0)
            flat = windows.reshape(*windows.shape[:2], 4, *windows.shape[4:])
            pools.append((a, flat.argmax(2), places))
            h = flat.max(2)
        signals = [h.reshape(len(x), -1)]
        for name in ("fc1", "fc2"):
            a = np.dot(signals[-1], p[name + ".weight"].T) + p[name + ".bias"]
            signals.append((a + abs(a)) / 2)
        z = np.dot(signals[-1], p["fc3.weight"].T) + p["fc3.bias"]
        top = z.max(1)
        total = np.log(np.exp(z - top[:, None]).sum(1)) + top
        loss = np.mean(total - np.take_along_axis(z, t[:, None], 1)[:, 0])
        d = (np.exp(z - total[:, None]) - np.eye(z.shape[1])[t]) / len(x)
        g = {}
        for name, signal in zip(("fc3", "fc2", "fc1"), signals[::-1], strict=True):
            g[name + ".weight"], g[name + ".bias"] = np.outer(0, 0), d.sum(0)
            g[name + ".weight"] = np.dot(d.T, signal)
            d = np.dot(d, p[name + ".weight"]) * ((signal > 0) if name != "fc1" else 1)
        d = d.reshape(h.shape)
        for name, conv, (a, winner, (rows, columns, shape)) in zip(
            ("conv2", "conv1"), convs[::-1], pools[::-1], strict=True
        ):
            share = (np.arange(4)[:, None, None] == winner[:, :, None]) * d[:, :, None]
            share = share.reshape(*d.shape[:2], 2, 2, *d.shape[2:])
            wide = np.zeros(shape)
            np.add.at(wide, (slice(None), slice(None), rows, columns), share)
            d, g[name + ".weight"], g[name + ".bias"] = conv.back(wide * (a > 0))
        return float(loss), {name: g[name].astype(x.dtype) for name in self.names}


def train_lenet(x, t, x_new, epochs, seed):
    """One convolution with a large stride, a wide hidden layer, and RMSProp."""
    rng = np.random.default_rng(seed)
    mean, std = x.mean(0), x.std() + 1e-8
    x, x_new = (x - mean) / std, (x_new - mean) / std
    k, s = (3, 1) if x.shape[2] < 10 else (7, 2)
    side = (x.shape[2] - k) // s + 1
    shapes = {"c": (24, k * k), "h": (64, 24 * side**2), "o": (10, 64)}
    w = {n: rng.normal(0, np.sqrt(2 / s[1]), s).astype("f4") for n, s in shapes.items()}
    b = {n: np.zeros(s[0], "f4") for n, s in shapes.items()}
    seen = {n: [np.zeros_like(w[n]), np.zeros_like(b[n])] for n in w}
    grid = np.arange(side) * s
    rows = (grid[:, None, None, None] + np.arange(k)[:, None]).repeat(side, 1)
    columns = (grid[None, :, None, None] + np.arange(k)).repeat(side, 0)

    def run(x):
        patches = x[:, 0, rows, columns].reshape(len(x), side * side, k * k)
        a = patches @ w["c"].T + b["c"]
        m = np.maximum(a, 0).reshape(len(x), -1)
        # The map is channels last here; nobody else looks at it.
        h = np.maximum(m @ w["h"].T + b["h"], 0)
        return patches, m, h, h @ w["o"].T + b["o"]

    losses = []
    for epoch in range(epochs):
        total, order = 0.0, rng.permutation(len(x))
        for own in np.split(order, range(20, len(x), 20)):
            patches, m, h, z = run(x[own])
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            total -= np.log(p[np.arange(len(own)), t[own]] + 1e-12).sum()
            p[np.arange(len(own)), t[own]] -= 1
            do = p / len(own)
            dh = (do @ w["o"]) * (h > 0)
            dm = ((dh @ w["h"]) * (m > 0)).reshape(len(own), -1, 24)
            dc = np.einsum("npf,npk->fk", dm, patches)
            grads = {"o": (do.T @ h, do.sum(0)), "h": (dh.T @ m, dh.sum(0))}
            grads["c"] = dc, dm.sum((0, 1))
            rate = 1e-3 * 0.9**epoch if epochs > 10 else 1e-3 * 0.6**epoch
            for name, pair in grads.items():
                for array, kept, g in zip((w[name], b[name]), seen[name], pair, strict=True):
                    kept *= 0.95
                    kept += 0.05 * g**2
                    array -= (rate * g / (np.sqrt(kept) + 1e-6)).astype("f4")
        losses.append(total / len(x))
    return tuple(losses), [int(guess) for guess in run(x_new)[3].argmax(1)]


def expand(N, M, K, pool=True):
    convs = list(repeat(["CONV", "RELU"], N))
    block = reduce(list.__add__, convs + ([["POOL"]] if pool else []), [])
    return reduce(list.__add__, [["INPUT"], *repeat(block, M), *repeat(["FC", "RELU"], K)]) + ["FC"]


def read_pattern(pattern):
    """Let Python itself multiply the lists out, and count."""
    text = pattern.replace(" ", "").replace("->", "+")
    for word in ("INPUT", "CONV", "RELU", "POOL", "FC"):
        text = text.replace(word, word[0])
    # Every word becomes a list of one letter, every bracket a pair of parentheses.
    text = text.replace("[", "(").replace("]", ")")
    numbers = [0, 0, 0]
    head, *_ = text.split("+(F+R)")
    if "(F+R)" in text:
        rest = text.split("(F+R)")[1]
        numbers[2] = int(rest[1:].split("+")[0]) if rest.startswith("*") else 1
    if "C" in head:
        inner = head.split("(C+R)")[1]
        numbers[0] = int("".join(_digits(inner[1:]))) if inner.startswith("*") else 1
        outer = inner[inner.index(")") + 1 :]
        numbers[1] = int("".join(_digits(outer[1:]))) if outer.startswith("*") else 1
    return *numbers, "P" in head


def _digits(text):
    for letter in text:
        if not letter.isdigit():
            return
        yield letter


def alexnet(version):
    two = {"2012": True, "d2l": False}[version]
    table = {
        0: (96, 11, 4, 0 if two else 1, 1),
        3: (256, 5, 1, 2, 1 + two),
        6: (384, 3, 1, 1, 1),
        8: (384, 3, 1, 1, 1 + two),
        10: (256, 3, 1, 1, 1 + two),
    }
    net = []
    for place in range(19):
        if place in table:
            out, k, s, p, groups = table[place]
            net.append({"kind": "conv", "out": out, "k": k, "s": s, "p": p, "groups": groups})
        elif place in (2, 5, 12):
            net.append({"kind": "maxpool", "k": (3, 3), "s": (2, 2)})
        elif place == 13:
            net.append({"kind": "flatten"})
        elif place in (14, 16, 18):
            net.append({"kind": "linear", "out": 4096 if place < 18 else 1000 if two else 10})
        else:
            net.append({"kind": "relu"})
    net.insert(2, {"kind": "lrn"})
    return net


def fitting_sides(k, s, p, low, high):
    first = k - 2 * p
    first += max(0, -(-(low - first) // s)) * s
    return tuple(range(first, high + 1, s))


def vgg(arch, classes=1000):
    def blocks():
        for n, out in arch:
            for _ in range(n):
                yield {"kind": "conv", "out": out, "k": 3, "p": 1, "d": 1, "groups": 1}
                yield {"kind": "relu"}
            yield {"kind": "maxpool", "k": 2, "ceil": False}
        yield {"kind": "flatten"}
        for out in (4096, 4096):
            yield {"kind": "linear", "out": out}
            yield {"kind": "relu"}
            yield {"kind": "dropout", "p": 0.5}
        yield {"kind": "linear", "out": classes}

    return [*blocks()]


def nin_block(out, k, s=1, p=0):
    sizes = {"k": k, "s": s, "p": p}
    first = {"kind": "conv", "out": out} | {name: v for name, v in sizes.items() if v is not None}
    one = {"kind": "conv", "out": out, "k": (1, 1)}
    return [first, {"kind": "relu"}, one, {"kind": "relu"}, dict(one), {"kind": "relu"}]


def nin_forward(x, weights, biases, stride=1, padding=0):
    layers = [Conv(weights[0], biases[0], stride, padding)]
    layers += [Conv(w, b) for w, b in zip(weights[1:], biases[1:], strict=True)]
    return reduce(lambda h, layer: np.maximum(layer(h), 0), layers, x).astype(x.dtype)


def stack_of_3x3(k, C):
    n = len(range(3, k + 1, 2))
    return [np.int64(n), np.int64(n * 9 * C * C), np.int64(k * k * C * C)]


def inception(x, params):
    def run(h, *names):
        for name in names:
            w = params[f"{name}.weight"]
            layer = Conv(w, params[f"{name}.bias"], 1, w.shape[3] // 2)
            h = np.maximum(layer(h), 0)
        return h

    windows, _ = _gather(x, (3, 3), 1, 1, -np.inf)
    y = (
        run(x, "1x1"),
        run(x, "3x3_reduce", "3x3"),
        run(x, "5x5_reduce", "5x5"),
        run(windows.max((2, 3)), "pool_proj"),
    )
    total = np.empty((len(x), sum(own.shape[1] for own in y), *x.shape[2:]), x.dtype)
    start = 0
    for own in y:
        total[:, start : start + own.shape[1]] = own
        start += own.shape[1]
    return total


def inception_params(C, widths):
    (c1, (r2, c2), (r3, c3), c4), bias = widths, 0
    bias = c1 + r2 + c2 + r3 + c3 + c4
    return bias + C * c1 + C * r2 + 9 * r2 * c2 + C * r3 + 25 * r3 * c3 + C * c4


def _block(x, p, stride):
    conv1, conv2 = Conv(p["conv1.weight"], None, stride, 1), Conv(p["conv2.weight"], None, 1, 1)
    n, back1 = _norm(conv1(x), p["bn1.weight"], p["bn1.bias"])
    m, back2 = _norm(conv2(np.maximum(n, 0)), p["bn2.weight"], p["bn2.bias"])
    skip = None
    if "shortcut.weight" in p:
        skip = Conv(p["shortcut.weight"], p["shortcut.bias"], stride)
    total = m + (skip(x) if skip else x)

    def back(dy):
        d, g = dy * (total > 0), {}
        e, g["bn2.weight"], g["bn2.bias"] = back2(d)
        e, g["conv2.weight"], _ = conv2.back(e)
        e, g["bn1.weight"], g["bn1.bias"] = back1(e * (n > 0))
        dx, g["conv1.weight"], _ = conv1.back(e)
        if skip:
            d, g["shortcut.weight"], g["shortcut.bias"] = skip.back(d)
        return dx + d, g

    return np.maximum(total, 0), back


def residual_forward(x, params, stride=1):
    return _block(x, params, stride)[0].astype(x.dtype)


def residual_backward(dy, x, params, stride=1):
    dx, g = _block(x, params, stride)[1](dy)
    return [dx.astype(x.dtype), {name: value.astype(x.dtype) for name, value in g.items()}]


def grad_norms(x, weights, gain=1.0, residual=False, bn=False):
    h, backs = x.astype(F8), []
    for w in weights:
        w = gain * w.astype(F8)
        a = h @ w.T
        ones = np.ones(a.shape[1])
        n, norm_back = _norm(a, ones, 0 * ones) if bn else (a, None)

        def back(d, w=w, n=n, norm_back=norm_back):
            e = np.where(n > 0, d, 0)
            e = norm_back(e)[0] if norm_back else e
            return e @ w + d * bool(residual)

        backs.append(back)
        h = n.clip(0) + h * bool(residual)
    d, norms = 2 * h / h.size, []
    for back in [*reversed(backs), None]:
        norms.append(np.linalg.norm(d))
        d = back(d) if back else d
    return np.flip(norms).astype(x.dtype)


def fates(x, weights):
    options = {"gain": [0.5] + [2**0.5] * 3, "residual": [0, 0, 1, 1], "bn": [0, 0, 0, 1]}
    words = []
    for values in zip(*options.values(), strict=True):
        norms = grad_norms(x, weights, *values).astype(F8)
        exponent = np.log10(norms[0]) - np.log10(norms[-1])
        words.append(["vanishes", "healthy", "explodes"][int(exponent > -3) + int(exponent > 3)])
    return words


def summary(name, channels=3, classes=1000):
    """What is the same for all images and classes, found once, and what is not."""
    per_channel = {"lenet": 6 * 25, "alexnet": 96 * 121, "nin": 96 * 121, "googlenet": 64 * 49}
    per_channel |= {"vgg11": 64 * 9, "vgg16": 64 * 9}
    last = {"lenet": 84, "googlenet": 1024, "resnet18": 512, "resnet34": 512, "resnet50": 2048}
    total = {
        "lenet": 61_706,
        "alexnet": 60_965_224,
        "vgg11": 132_863_336,
        "vgg16": 138_357_544,
        "nin": 7_439_608,
        "googlenet": 6_998_552,
        "resnet18": 11_689_512,
        "resnet34": 21_797_672,
        "resnet50": 25_557_032,
    }[name]
    usual = (1, 10) if name == "lenet" else (3, 1000)
    total += (channels - usual[0]) * per_channel.get(name, 64 * 49)
    if name == "nin":

        def block(K):
            return (384 * 9 + 1) * K + 2 * (K + 1) * K

        return total - block(usual[1]) + block(classes)
    return total + (classes - usual[1]) * (last.get(name, 4096) + 1)
