"""Answers in loops, one number after the other."""

import math

import numpy as np


def linear(x, w, b):
    N, D = x.shape
    M = w.shape[0]
    y = np.zeros((N, M), dtype=x.dtype)
    for n in range(N):
        for m in range(M):
            for d in range(D):
                y[n, m] += x[n, d] * w[m, d]
            if b is not None:
                y[n, m] += b[m]
    return y


def linear_backward(dy, x, w):
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros(len(w), dtype=dy.dtype)
    for n in range(x.shape[0]):
        for m in range(w.shape[0]):
            db[m] += dy[n, m]
            for d in range(x.shape[1]):
                dx[n, d] += dy[n, m] * w[m, d]
                dw[m, d] += dy[n, m] * x[n, d]
    return [dx, dw, db]


def _each(function, *arrays):
    """The function of each number, or of each pair of numbers."""
    y = np.empty(arrays[0].shape, dtype=arrays[0].dtype)
    for index in np.ndindex(y.shape):
        y[index] = function(*(float(array[index]) for array in arrays))
    return y


def relu(x):
    return _each(lambda v: max(v, 0.0), x)


def relu_backward(dy, x):
    return _each(lambda g, v: g if v > 0 else 0.0, dy, x)


def leaky_relu(x, negative_slope=0.01):
    return _each(lambda v: v if v > 0 else negative_slope * v, x)


def leaky_relu_backward(dy, x, negative_slope=0.01):
    return _each(lambda g, v: g if v > 0 else negative_slope * g, dy, x)


def _sigma(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))


def sigmoid(x):
    return _each(_sigma, x)


def sigmoid_backward(dy, x):
    return _each(lambda g, v: g * _sigma(v) * (1 - _sigma(v)), dy, x)


def tanh(x):
    return _each(math.tanh, x)


def tanh_backward(dy, x):
    return _each(lambda g, v: g * (1 - math.tanh(v) ** 2), dy, x)


def softplus(x):
    return _each(lambda v: max(v, 0.0) + math.log1p(math.exp(-abs(v))), x)


def softplus_backward(dy, x):
    return _each(lambda g, v: g * _sigma(v), dy, x)


def prelu(x, a):
    y = np.array(x)
    for index in np.ndindex(x.shape):
        slope = a[index[1]] if len(a) > 1 else a[0]
        if x[index] < 0:
            y[index] = slope * x[index]
    return y


def prelu_backward(dy, x, a):
    dx, da = np.array(dy), np.zeros_like(a)
    for index in np.ndindex(x.shape):
        c = index[1] if len(a) > 1 else 0
        if x[index] <= 0:
            dx[index] = a[c] * dy[index]
            da[c] += dy[index] * x[index]
    return dx, da


def softmax_cross_entropy(z, t):
    N, K = z.shape
    loss, dz = 0.0, np.zeros_like(z)
    for n in range(N):
        row = [float(v) for v in z[n]]
        top = max(row)
        total = sum(math.exp(v - top) for v in row)
        loss += math.log(total) + top - row[t[n]]
        for k in range(K):
            dz[n, k] = (math.exp(row[k] - top) / total - (1 if k == t[n] else 0)) / N
    return loss / N, dz


def flatten(x):
    N, C, H, W = x.shape
    y = np.zeros((N, C * H * W), dtype=x.dtype)
    for n in range(N):
        place = 0
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    y[n, place] = x[n, c, i, j]
                    place += 1
    return y


def unflatten(y, chw):
    C, H, W = chw
    x = np.zeros((y.shape[0], C, H, W), dtype=y.dtype)
    for place in range(C * H * W):
        c, i, j = place // (H * W), place // W % H, place % W
        x[:, c, i, j] = y[:, place]
    return x


def fc_to_conv(w, chw):
    return unflatten(w, chw)


def score_map(x, w, b, chw):
    C, KH, KW = chw
    N, _, H, W = x.shape
    kernels = unflatten(w, chw)
    scores = np.zeros((N, len(w), H - KH + 1, W - KW + 1), dtype=x.dtype)
    for n, m, i, j in np.ndindex(scores.shape):
        scores[n, m, i, j] = (x[n, :, i : i + KH, j : j + KW] * kernels[m]).sum()
        if b is not None:
            scores[n, m, i, j] += b[m]
    return scores


def numerical_grad(f, x, h=1e-5):
    x64 = x.astype(np.float64)
    dx = np.zeros(x.shape, dtype=x.dtype)
    for index in np.ndindex(x.shape):
        old = x64[index]
        x64[index] = old + h
        above = f(x64)
        x64[index] = old - h
        below = f(x64)
        x64[index] = old
        dx[index] = (above - below) / (2 * h)
    return dx


def relative_error(a, b):
    worst = 0
    for one, other in zip(a.ravel(), b.ravel(), strict=True):
        worst = max(worst, abs(one - other) / max(abs(one), abs(other), 1e-8))
    return worst


def head_params(C, H, W, classes, kind):
    widths = {
        "fc": [C * H * W, classes],
        "fc4096": [C * H * W, 4096, 4096, classes],
        "gap": [C, classes],
        "conv1x1+gap": [C, classes],
    }[kind]
    total = 0
    for before, after in zip(widths, widths[1:], strict=False):
        total += before * after + after
    return total
