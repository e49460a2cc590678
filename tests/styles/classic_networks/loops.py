"""Answers by hand, with loops over kernel offsets and nothing of the course's layers."""

import numpy as np


def _conv(x, w, b=None, stride=1, padding=0):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    OH, OW = (H + 2 * padding - KH) // stride + 1, (W + 2 * padding - KW) // stride + 1
    y = np.zeros((N, F, OH, OW), x.dtype)
    for i in range(KH):
        for j in range(KW):
            part = xp[:, :, i : i + stride * OH : stride, j : j + stride * OW : stride]
            part = part[:, :, :OH, :OW]
            y += np.tensordot(part, w[:, :, i, j], axes=([1], [1])).transpose(0, 3, 1, 2)
    if b is not None:
        y += b.reshape(1, -1, 1, 1)
    return y


def _conv_back(dy, x, w, stride=1, padding=0):
    H, W = x.shape[2:]
    _, F, OH, OW = dy.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            rows = slice(i, i + stride * (OH - 1) + 1, stride)
            columns = slice(j, j + stride * (OW - 1) + 1, stride)
            part = xp[:, :, rows, columns]
            dw[:, :, i, j] = np.tensordot(dy, part, axes=([0, 2, 3], [0, 2, 3]))
            back = np.tensordot(dy, w[:, :, i, j], axes=([1], [0]))
            dxp[:, :, rows, columns] += back.transpose(0, 3, 1, 2)
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dy.sum((0, 2, 3))


def _pool(x):
    N, C, H, W = x.shape
    corners = [x[:, :, i : H // 2 * 2 : 2, j : W // 2 * 2 : 2] for i in (0, 1) for j in (0, 1)]
    stacked = np.stack(corners)
    return stacked.max(0), stacked.argmax(0)


def _pool_back(dy, winner, shape):
    dx = np.zeros(shape, dy.dtype)
    H, W = shape[2:]
    for place, (i, j) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
        dx[:, :, i : H // 2 * 2 : 2, j : W // 2 * 2 : 2] = dy * (winner == place)
    return dx


def _loss(z, t):
    z = z - z.max(axis=1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    N = len(t)
    dz = np.exp(logs)
    for n in range(N):
        dz[n, t[n]] -= 1
    return -sum(float(logs[n, t[n]]) for n in range(N)) / N, dz / N


class LeNet:
    def __init__(self, params):
        self.p = params

    def loss_and_grads(self, x, t):
        p, g = self.p, {}
        a1 = _conv(x, p["conv1.weight"], p["conv1.bias"], padding=2)
        # The largest of a window first and the ReLU behind it give the same.
        m1, i1 = _pool(a1)
        h1 = np.where(m1 > 0, m1, 0).astype(x.dtype)
        a2 = _conv(h1, p["conv2.weight"], p["conv2.bias"])
        m2, i2 = _pool(a2)
        h2 = np.where(m2 > 0, m2, 0).astype(x.dtype)
        rows = h2.reshape(x.shape[0], -1)
        a3 = rows @ p["fc1.weight"].T + p["fc1.bias"]
        h3 = a3.clip(0)
        a4 = h3 @ p["fc2.weight"].T + p["fc2.bias"]
        h4 = a4.clip(0)
        z = h4 @ p["fc3.weight"].T + p["fc3.bias"]
        loss, d = _loss(z, t)
        for name, h, a in (("fc3", h4, a4), ("fc2", h3, a3), ("fc1", rows, None)):
            g[name + ".weight"], g[name + ".bias"] = d.T @ h, d.sum(0)
            d = d @ p[name + ".weight"]
            if a is not None:
                d = d * (a > 0)
        d = _pool_back(d.reshape(h2.shape) * (m2 > 0), i2, a2.shape)
        d, g["conv2.weight"], g["conv2.bias"] = _conv_back(d, h1, p["conv2.weight"])
        d = _pool_back(d * (m1 > 0), i1, a1.shape)
        _, g["conv1.weight"], g["conv1.bias"] = _conv_back(d, x, p["conv1.weight"], padding=2)
        return loss, g


def train_lenet(x, t, x_new, epochs, seed):
    rng = np.random.default_rng(seed)
    mean, std = np.mean(x), np.std(x)
    x, x_new = (x - mean) / std, (x_new - mean) / std
    side = x.shape[2] // 4

    def draw(*shape):
        return rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape).astype("float32")

    p = {"w1": draw(8, 1, 3, 3), "w2": draw(16, 8, 3, 3), "w3": draw(10, 16 * side * side)}
    p |= {"b1": np.zeros(8, "f4"), "b2": np.zeros(16, "f4"), "b3": np.zeros(10, "f4")}
    v = {name: np.zeros_like(value) for name, value in p.items()}

    def forward(x):
        a1 = _conv(x, p["w1"], p["b1"], padding=1)
        m1, i1 = _pool(np.maximum(a1, 0))
        a2 = _conv(m1, p["w2"], p["b2"], padding=1)
        m2, i2 = _pool(np.maximum(a2, 0))
        return m2.reshape(len(x), -1) @ p["w3"].T + p["b3"], (a1, i1, m1, a2, i2, m2)

    losses = []
    for epoch in range(epochs):
        order, total = rng.permutation(len(x)), 0
        for i in range(0, len(x), 16):
            own = order[i : i + 16]
            z, (a1, i1, m1, a2, i2, m2) = forward(x[own])
            loss, dz = _loss(z, t[own])
            dz = dz.astype("float32")
            total += loss * len(own)
            g = {"w3": dz.T @ m2.reshape(len(own), -1), "b3": dz.sum(0)}
            d = _pool_back((dz @ p["w3"]).reshape(m2.shape), i2, a2.shape) * (a2 > 0)
            d, g["w2"], g["b2"] = _conv_back(d, m1, p["w2"], padding=1)
            d = _pool_back(d, i1, a1.shape) * (a1 > 0)
            _, g["w1"], g["b1"] = _conv_back(d, x[own], p["w1"], padding=1)
            for name in p:
                v[name] = 0.9 * v[name] + g[name]
                p[name] = p[name] - 0.02 * (1 - epoch / epochs) * v[name]
        losses.append(total / len(x))
    return np.array(losses), forward(x_new)[0].argmax(1)


def expand(N, M, K, pool=True):
    layers = ["INPUT"]
    for _ in range(M):
        for _ in range(N):
            layers.append("CONV")
            layers.append("RELU")
        if pool:
            layers.append("POOL")
    for _ in range(K):
        layers.append("FC")
        layers.append("RELU")
    layers.append("FC")
    return layers


def read_pattern(pattern):
    words, stack, found = pattern.replace("->", " ").replace(" ", "\0"), [], {}
    text = words.replace("\0", "")
    i = 0
    while i < len(text):
        if text[i] == "[":
            stack.append(i)
        if text[i] == "]":
            inside = text[stack.pop() : i]
            j = i + 1
            if text[j : j + 1] == "*":
                j += 1
                while text[j : j + 1].isdigit():
                    j += 1
            factor = int(text[i + 2 : j]) if j > i + 1 else 1
            kind = "K" if "FC" in inside else "M" if "[" in inside[1:] else "N"
            found[kind] = factor
        i += 1
    return found.get("N", 0), found.get("M", 0), found.get("K", 0), int("POOL" in pattern)


def alexnet(version):
    g = 2 if version == "2012" else 1
    rows = [
        ("conv", 96, 11, 4, 0 if g == 2 else 1, 1),
        ("pool",),
        ("conv", 256, 5, 1, 2, g),
        ("pool",),
        ("conv", 384, 3, 1, 1, 1),
        ("conv", 384, 3, 1, 1, g),
        ("conv", 256, 3, 1, 1, g),
        ("pool",),
    ]
    net = []
    for kind, *numbers in rows:
        if kind == "pool":
            net.append({"kind": "maxpool", "k": 3, "s": 2, "p": 0})
        else:
            out, k, s, p, groups = numbers
            layer = {"kind": "conv", "out": out, "k": (k, k), "s": s, "p": p}
            net += [layer | {"groups": groups, "bias": True}, {"kind": "relu"}]
    net.append({"kind": "flatten"})
    for _ in range(2):
        net += [{"kind": "linear", "out": 4096, "bias": True}, {"kind": "relu"}]
    net.append({"kind": "linear", "out": 1000 if g == 2 else 10})
    return net


def fitting_sides(k, s, p, low, high):
    found, n = [], low
    while n <= high:
        position = 0
        while position + k < n + 2 * p:
            position += s
        if position + k == n + 2 * p:
            found.append(n)
        n += 1
    return np.array(found, dtype=int)


def vgg(arch, classes=1000):
    net = []
    for block in arch:
        for _ in range(block[0]):
            net.append({"kind": "conv", "out": block[1], "k": 3, "s": 1, "p": 1})
            net.append({"kind": "relu"})
        net.append({"kind": "maxpool", "k": 2})
    net.append({"kind": "flatten"})
    net.append({"kind": "linear", "out": 4096})
    net.append({"kind": "relu"})
    net.append({"kind": "linear", "out": 4096})
    net.append({"kind": "relu"})
    net.append({"kind": "linear", "out": classes})
    return tuple(net)


def nin_block(out, k, s=1, p=0):
    net = []
    for number in range(3):
        layer = {"kind": "conv", "out": out, "k": k if number == 0 else 1}
        if number == 0:
            layer["s"], layer["p"] = s, p
        net.extend([layer, {"kind": "relu"}])
    return net


def nin_forward(x, weights, biases, stride=1, padding=0):
    y = _conv(x, weights[0], biases[0], stride, padding)
    y[y < 0] = 0
    for i in (1, 2):
        y = _conv(y, weights[i], biases[i])
        y[y < 0] = 0
    return y


def stack_of_3x3(k, C):
    reach, layers = 1, 0
    while reach < k:
        reach += 2
        layers += 1
    return [layers, 3 * 3 * C * C * layers, k * k * C * C]


def inception(x, params):
    def layer(x, name):
        w = params[name + ".weight"]
        y = _conv(x, w, params[name + ".bias"], padding=w.shape[2] // 2)
        y[y < 0] = 0
        return y

    N, C, H, W = x.shape
    pooled = np.full_like(x, -np.inf)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            to = (slice(max(i, 0), H + min(i, 0)), slice(max(j, 0), W + min(j, 0)))
            of = (slice(max(-i, 0), H + min(-i, 0)), slice(max(-j, 0), W + min(-j, 0)))
            view = pooled[:, :, to[0], to[1]]
            np.maximum(view, x[:, :, of[0], of[1]], out=view)
    y = [layer(x, "1x1")]
    y.append(layer(layer(x, "3x3_reduce"), "3x3"))
    y.append(layer(layer(x, "5x5_reduce"), "5x5"))
    y.append(layer(pooled, "pool_proj"))
    return np.hstack(y)


def inception_params(C, widths):
    c1, reduced3, reduced5, c4 = widths
    total = C * c1 + c1
    for (r, c), k in ((reduced3, 3), (reduced5, 5)):
        total += C * r + r
        total += r * k * k * c + c
    return total + C * c4 + c4


def _norm(a, w, b):
    m = a.mean((0, 2, 3), keepdims=True)
    s = np.sqrt(((a - m) ** 2).mean((0, 2, 3), keepdims=True) + 1e-5)
    hat = (a - m) / s
    return hat * w.reshape(1, -1, 1, 1) + b.reshape(1, -1, 1, 1), (hat, s)


def _norm_back(dy, kept, w):
    hat, s = kept
    m = dy.size // dy.shape[1]
    dw, db = (dy * hat).sum((0, 2, 3)), dy.sum((0, 2, 3))
    wide = (1, -1, 1, 1)
    inner = m * dy - db.reshape(wide) - hat * dw.reshape(wide)
    return w.reshape(wide) / (m * s) * inner, dw, db


def _run(x, p, stride):
    a = _conv(x, p["conv1.weight"], None, stride, 1)
    n, kept1 = _norm(a, p["bn1.weight"], p["bn1.bias"])
    h = np.maximum(n, 0)
    c = _conv(h, p["conv2.weight"], None, 1, 1)
    branch, kept2 = _norm(c, p["bn2.weight"], p["bn2.bias"])
    if "shortcut.weight" in p:
        around = _conv(x, p["shortcut.weight"], p["shortcut.bias"], stride)
    else:
        around = x
    return branch + around, (n, kept1, h, kept2)


def residual_forward(x, params, stride=1):
    total, _ = _run(x, params, stride)
    return np.where(total > 0, total, 0).astype(x.dtype)


def residual_backward(dy, x, params, stride=1):
    p, g = params, {}
    total, (n, kept1, h, kept2) = _run(x, p, stride)
    d = dy * (total > 0)
    e, g["bn2.weight"], g["bn2.bias"] = _norm_back(d, kept2, p["bn2.weight"])
    e, g["conv2.weight"], _ = _conv_back(e, h, p["conv2.weight"], 1, 1)
    e, g["bn1.weight"], g["bn1.bias"] = _norm_back(e * (n > 0), kept1, p["bn1.weight"])
    dx, g["conv1.weight"], _ = _conv_back(e, x, p["conv1.weight"], stride, 1)
    if "shortcut.weight" in p:
        f, g["shortcut.weight"], g["shortcut.bias"] = _conv_back(d, x, p["shortcut.weight"], stride)
        dx = dx + f
    else:
        dx = dx + d
    return dx, {name: g[name] for name in params}


def grad_norms(x, weights, gain=1.0, residual=False, bn=False):
    h, kept = x, []
    for w in weights:
        a = h @ (gain * w).T
        s, hat = None, a
        if bn:
            s = np.sqrt(((a - a.mean(0)) ** 2).mean(0) + 1e-5)
            hat = (a - a.mean(0)) / s
        kept.append((hat, s))
        y = hat * (hat > 0)
        h = h + y if residual else y
    d = 2 * h / (h.shape[0] * h.shape[1])
    norms = [float(np.sqrt((d * d).sum()))]
    for w, (hat, s) in list(zip(weights, kept, strict=True))[::-1]:
        e = d * (hat > 0)
        if bn:
            e = (e - e.mean(0) - hat * (e * hat).mean(0)) / s
        e = e @ (gain * w)
        d = d + e if residual else e
        norms.insert(0, float(np.sqrt((d * d).sum())))
    return np.array(norms, dtype=x.dtype)


def fates(x, weights):
    answers = ()
    for gain, residual, bn in ((0.5, 0, 0), (2**0.5, 0, 0), (2**0.5, 1, 0), (2**0.5, 1, 1)):
        n = grad_norms(x, weights, gain, residual, bn)
        ratio = n[0] / n[-1]
        if ratio < 0.001:
            answers += ("vanishes",)
        elif ratio > 1000:
            answers += ("explodes",)
        else:
            answers += ("healthy",)
    return answers


def summary(name, channels=3, classes=1000):
    total, at = 0, channels

    def conv(F, k, groups=1, bias=1, norm=0):
        nonlocal total, at
        total += at // groups * F * k * k + bias * F + norm * 2 * F
        at = F

    def linear(*sizes):
        nonlocal total
        for D, M in zip(sizes, sizes[1:]):  # noqa: B905
            total += D * M + M

    if name == "lenet":
        conv(6, 5)
        conv(16, 5)
        linear(400, 120, 84, classes)
    elif name == "alexnet":
        conv(96, 11)
        conv(256, 5, 2)
        conv(384, 3)
        conv(384, 3, 2)
        conv(256, 3, 2)
        linear(9216, 4096, 4096, classes)
    elif name.startswith("vgg"):
        for count, F in zip(
            "11222" if name == "vgg11" else "22333", (64, 128, 256, 512, 512), strict=False
        ):
            for _ in range(int(count)):
                conv(F, 3)
        linear(25088, 4096, 4096, classes)
    elif name == "nin":
        for F, k in ((96, 11), (256, 5), (384, 3), (classes, 3)):
            conv(F, k)
            conv(F, 1)
            conv(F, 1)
    elif name == "googlenet":
        conv(64, 7)
        conv(64, 1)
        conv(192, 3)
        for c1, r2, c2, r3, c3, c4 in _BLOCKS:
            total += inception_params(at, (c1, (r2, c2), (r3, c3), c4))
            at = c1 + c2 + c3 + c4
        linear(1024, classes)
    else:
        conv(64, 7, bias=0, norm=1)
        counts = (2, 2, 2, 2) if name == "resnet18" else (3, 4, 6, 3)
        for stage in range(4):
            F = 64 * 2**stage
            for _ in range(counts[stage]):
                start = at
                if name == "resnet50":
                    conv(F, 1, bias=0, norm=1)
                    conv(F, 3, bias=0, norm=1)
                    conv(4 * F, 1, bias=0, norm=1)
                else:
                    conv(F, 3, bias=0, norm=1)
                    conv(F, 3, bias=0, norm=1)
                if start != at:
                    total += start * at + 2 * at
        linear(at, classes)
    return total


_BLOCKS = (
    (64, 96, 128, 16, 32, 32),
    (128, 128, 192, 32, 96, 64),
    (192, 96, 208, 16, 48, 64),
    (160, 112, 224, 24, 64, 64),
    (128, 128, 256, 24, 64, 64),
    (112, 144, 288, 32, 64, 64),
    (256, 160, 320, 32, 128, 128),
    (256, 160, 320, 32, 128, 128),
    (384, 192, 384, 48, 128, 128),
)
