"""Answers in loops over channels, images and pixels, in Python's own numbers."""

import math

import numpy as np


def _each_channel(x):
    """Yield c and the list of indices of all numbers of channel c."""
    for c in range(x.shape[1]):
        places = []
        for n in range(x.shape[0]):
            for rest in np.ndindex(x.shape[2:]):
                places.append((n, c, *rest))
        yield c, places


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    y = np.zeros(x.shape, dtype=x.dtype)
    new_mean, new_var = running_mean.copy(), running_var.copy()
    for c, places in _each_channel(x):
        m = len(places)
        mean = sum(float(x[p]) for p in places) / m
        squares = sum((float(x[p]) - mean) ** 2 for p in places)
        for p in places:
            xhat = (float(x[p]) - mean) / math.sqrt(squares / m + eps)
            y[p] = gamma[c] * xhat + beta[c]
        new_mean[c] += momentum * (mean - new_mean[c])
        new_var[c] += momentum * (squares / (m - 1) - new_var[c])
    return y, new_mean, new_var


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5):
    y = np.zeros(x.shape, dtype=x.dtype)
    for c, places in _each_channel(x):
        for p in places:
            y[p] = gamma[c] * (x[p] - running_mean[c]) / np.sqrt(running_var[c] + eps) + beta[c]
    return y


def bn_backward(dy, x, gamma, eps):
    dx = np.zeros(x.shape, dtype=x.dtype)
    dgamma, dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
    for c, places in _each_channel(x):
        m = len(places)
        values = [float(x[p]) for p in places]
        slopes = [float(dy[p]) for p in places]
        mean = sum(values) / m
        root = math.sqrt(sum((v - mean) ** 2 for v in values) / m + eps)
        hats = [(v - mean) / root for v in values]
        dbeta[c] = sum(slopes)
        dgamma[c] = sum(s * h for s, h in zip(slopes, hats, strict=True))
        for p, s, h in zip(places, slopes, hats, strict=True):
            dx[p] = gamma[c] / root * (s - dbeta[c] / m - h * dgamma[c] / m)
    return dx, dgamma, dbeta


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    y = np.empty_like(x)
    means, variances = [], []
    for c in range(x.shape[1]):
        rows = x[:, c].reshape(-1, 1)
        own = slice(c, c + 1)
        out = bn_forward_train(
            rows, gamma[own], beta[own], running_mean[own], running_var[own], momentum, eps
        )
        y[:, c] = out[0].reshape(x[:, c].shape)
        means.append(out[1])
        variances.append(out[2])
    return y, np.concatenate(means), np.concatenate(variances)


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
    w2, b2 = np.array(w), np.array(beta)
    for f in range(len(w)):
        scale = gamma[f] / math.sqrt(running_var[f] + eps)
        w2[f] *= scale
        b2[f] += scale * ((b[f] if b is not None else 0) - running_mean[f])
    return w2, b2


def to_torch_momentum(momentum, convention):
    if convention in ("keras", "d2l"):
        return 1.0 - momentum
    return momentum


def running_after(x, k, momentum, convention):
    weight = to_torch_momentum(momentum, convention)
    mean, var = np.zeros(x.shape[1], dtype=x.dtype), np.ones(x.shape[1], dtype=x.dtype)
    batch_mean = np.add.reduce(x, axis=0) / len(x)
    squares = ((x - batch_mean) ** 2).sum(axis=0)
    batch_var = squares / (len(x) - 1 if convention == "torch" else len(x))
    for _ in range(k):
        mean = mean + weight * (batch_mean - mean)
        var = var + weight * (batch_var - var)
    return mean, var
