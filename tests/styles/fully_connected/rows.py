"""Answers a row at a time, computed in float64 and cast back at the end."""

import numpy as np


def linear(x, w, b):
    rows = [w.astype(float) @ row.astype(float) for row in x]
    if b is not None:
        rows = [row + b for row in rows]
    return np.array(rows).astype(x.dtype)


def linear_backward(dy, x, w):
    dw = sum(np.outer(g, row) for g, row in zip(dy, x, strict=True))
    dx = np.array([g @ w for g in dy])
    return dx, dw, np.add.reduce(dy, axis=0)


def relu(x):
    return np.where(x < 0, 0, x).astype(x.dtype)


def relu_backward(dy, x):
    dx = dy.copy()
    dx[relu(x) == 0] = 0
    return dx


def leaky_relu(x, negative_slope=0.01):
    return np.select([x > 0, x <= 0], [x, x * negative_slope])


def leaky_relu_backward(dy, x, negative_slope=0.01):
    slope = np.ones_like(x)
    slope[x <= 0] = negative_slope
    return slope * dy


def sigmoid(x):
    return (1.0 / (1.0 + np.exp(-x.astype(np.float64)))).astype(x.dtype)


def sigmoid_backward(dy, x):
    s = sigmoid(x)
    return (s - s * s) * dy


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def tanh_backward(dy, x):
    t = tanh(x)
    return (1 - t) * (1 + t) * dy


def softplus(x):
    y = x.astype(np.float64)
    low = y < 30
    y[low] = np.log1p(np.exp(y[low]))
    return y.astype(x.dtype)


def softplus_backward(dy, x):
    return dy * sigmoid(x)


def prelu(x, a):
    y = x.copy()
    for c in range(x.shape[1]):
        channel = x[:, c]
        y[:, c] = np.where(channel > 0, channel, a[c % len(a)] * channel)
    return y


def prelu_backward(dy, x, a):
    dx, da = np.zeros_like(dy), np.zeros(len(a))
    channels = np.arange(x.shape[1]) % len(a)
    for c, k in enumerate(channels):
        negative = x[:, c] < 0
        dx[:, c] = np.where(x[:, c] > 0, 1, a[k]) * dy[:, c]
        da[k] += np.sum(dy[:, c][negative] * x[:, c][negative])
    return dx, da.astype(a.dtype)


def softmax_cross_entropy(z, t):
    losses, gradients = [], []
    for row, target in zip(z.astype(np.float64), t, strict=True):
        e = np.exp(row - max(row))
        p = e / e.sum()
        losses.append(np.log(e.sum()) + max(row) - row[target])
        p[target] -= 1
        gradients.append(p)
    return np.mean(losses), (np.array(gradients) / len(z)).astype(z.dtype)


def flatten(x):
    return np.array([image.ravel() for image in x])


def unflatten(y, chw):
    x = np.empty((len(y), *chw), dtype=y.dtype)
    for n, row in enumerate(y):
        x[n] = row.reshape(*chw)
    return x


def fc_to_conv(w, chw):
    C, H, W = chw
    kernels = w.reshape(len(w), C, -1)
    return np.stack(np.split(kernels, H, axis=2), axis=2)


def score_map(x, w, b, chw):
    kernels = fc_to_conv(w, chw)
    (N, _, H, W), (M, _, KH, KW) = x.shape, kernels.shape
    OH, OW = H - KH + 1, W - KW + 1
    scores = np.zeros((N, M, OH, OW), dtype=x.dtype)
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + OH, v : v + OW]
            scores += np.tensordot(seen, kernels[:, :, u, v], (1, 1)).transpose(0, 3, 1, 2)
    for m in range(M):
        scores[:, m] += 0 if b is None else b[m]
    return scores


def numerical_grad(f, x, h=1e-5):
    wide = np.array(x, dtype=np.float64)
    grad = np.zeros_like(wide)
    walk = np.nditer(wide, flags=["multi_index"])
    for _ in walk:
        step = np.zeros_like(wide)
        step[walk.multi_index] = h
        grad[walk.multi_index] = (f(wide + step) - f(wide - step)) / (2.0 * h)
    return grad.astype(x.dtype)


def relative_error(a, b):
    size = np.maximum(abs(a), abs(b))
    size[size < 1e-8] = 1e-8
    return np.asarray(abs((a - b) / size).max())


def head_params(C, H, W, classes, kind):
    features = C if "gap" in kind else C * H * W
    count = 0
    if kind == "fc4096":
        for _ in range(2):
            count += 4096 * (features + 1)
            features = 4096
    return np.int64(count + classes * (features + 1))
