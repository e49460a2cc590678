"""Answers nobody expects: a column of ones, a cache, piecewise, logaddexp, one big matrix."""

from functools import reduce

import numpy as np


def forward_with_cache(x, w, b):
    """The bias as one more weight, of an input that is always 1."""
    b = np.zeros(len(w), x.dtype) if b is None else b
    inputs = np.hstack([x, np.ones((len(x), 1), x.dtype)])
    return np.inner(inputs, np.column_stack([w, b])), inputs


def linear(x, w, b):
    y, _ = forward_with_cache(x, w, b)
    return y


def linear_backward(dy, x, w):
    _, inputs = forward_with_cache(x, w, None)
    slopes = np.tensordot(dy, inputs, axes=(0, 0))
    return [(w.T @ dy.T).T, slopes[:, :-1], slopes[:, -1]]


def relu(x):
    return (x + np.abs(x)) / 2


def relu_backward(dy, x):
    return np.multiply(dy, np.heaviside(x, 0))


def leaky_relu(x, negative_slope=0.01):
    pieces = [lambda v: v, lambda v: negative_slope * v]
    return np.piecewise(x, [x > 0, x <= 0], pieces)


def leaky_relu_backward(dy, x, negative_slope=0.01):
    return relu_backward(dy, x) + negative_slope * (dy - relu_backward(dy, x))


@np.errstate(over="ignore")
def sigmoid(x):
    return np.reciprocal(1 + np.exp(-x))


def sigmoid_backward(dy, x):
    return sigmoid(x) * sigmoid(-x) * dy


@np.errstate(all="ignore")
def tanh(x):
    y = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return np.where(np.isnan(y), np.sign(x), y)


@np.errstate(over="ignore")
def tanh_backward(dy, x):
    return dy / np.cosh(x) ** 2


def softplus(x):
    return np.logaddexp(0, x)


def softplus_backward(dy, x):
    return dy * np.exp(x - softplus(x))


def prelu(x, a):
    last = np.swapaxes(x, 1, -1)
    return np.swapaxes(relu(last) - a * relu(-last), 1, -1)


def prelu_backward(dy, x, a):
    last, d = np.swapaxes(x, 1, -1), np.swapaxes(dy, 1, -1)
    dx = np.swapaxes(d * np.where(last > 0, 1, a), 1, -1)
    shares = (d * np.minimum(last, 0)).reshape(-1, last.shape[-1]).sum(axis=0)
    return dx, shares if len(a) > 1 else np.array([shares.sum()])


def softmax_cross_entropy(z, t):
    apart = z - np.diag(z[:, t])[:, None]
    losses = reduce(np.logaddexp, apart.T)
    dz = np.exp(apart - losses[:, None])
    np.subtract.at(dz, (range(len(z)), t), 1)
    return np.average(losses).item(), dz * (1 / len(z))


def flatten(x):
    return np.concatenate([x[:, c, i] for c, i in np.ndindex(x.shape[1:3])], axis=1)


def unflatten(y, chw):
    x = np.empty((len(y), *chw), y.dtype)
    x.flat = y
    return x


def fc_to_conv(w, chw):
    return np.moveaxis(w.T.reshape(*chw, -1), -1, 0)


def score_map(x, w, b, chw):
    places = np.arange(x[0].size).reshape(x.shape[1:])
    OH, OW = x.shape[2] - chw[1] + 1, x.shape[3] - chw[2] + 1
    matrix = np.zeros((len(w), OH, OW, places.size), x.dtype)
    for i, j in np.ndindex(OH, OW):
        matrix[:, i, j, places[:, i : i + chw[1], j : j + chw[2]].ravel()] = w
    scores = np.inner(flatten(x), matrix)
    return scores if b is None else scores + np.expand_dims(b, (1, 2))


def numerical_grad(f, x, h=1e-5):
    # Moves the caller's own numbers if it may, and puts them back.
    moved = x if x.dtype == np.float64 else x.astype(np.float64)
    dx = np.zeros(x.shape)
    for place, kept in np.ndenumerate(moved.copy()):
        slopes = []
        for sign in (1, -1):
            moved[place] = kept + sign * h
            slopes.append(sign * f(moved) / (2 * h))
        moved[place] = kept
        dx[place] = sum(slopes)
    return dx.astype(x.dtype)


def relative_error(a, b):
    pairs = zip(a.flat, b.flat, strict=True)
    return max(abs(p - q) / max(abs(p), abs(q), 1e-8) for p, q in pairs)


def head_params(C, H, W, classes, kind):
    if kind == "fc":
        return head_params(C * H * W, 1, 1, classes, "gap")
    if kind == "fc4096":
        hidden = head_params(C, H, W, 4096, "fc") + head_params(4096, 1, 1, 4096, "fc")
        return hidden + head_params(4096, 1, 1, classes, "fc")
    return classes * (C + 1)
