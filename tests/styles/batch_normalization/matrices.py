"""Answers that centre by a matrix and take the Jacobian as a matrix, channel by channel."""

import numpy as np


def _columns(x):
    """One column for each channel, in float64."""
    return np.moveaxis(x, 1, 0).reshape(x.shape[1], -1).T.astype(float)


def _back(columns, x):
    moved = columns.T.reshape(x.shape[1], x.shape[0], *x.shape[2:])
    return np.ascontiguousarray(np.moveaxis(moved, 0, 1)).astype(x.dtype)


def _centring(m):
    return np.eye(m) - np.ones((m, m)) / m


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    columns = _columns(x)
    centred = _centring(len(columns)) @ columns
    squares = np.diag(centred.T @ centred)
    y = centred / np.sqrt(squares / len(columns) + eps) @ np.diag(gamma) + beta
    keep = 1 - momentum
    new_mean = keep * running_mean + momentum * columns.mean(axis=0)
    new_var = keep * running_var + momentum * squares / (len(columns) - 1)
    return _back(y, x), new_mean.astype(x.dtype), new_var.astype(x.dtype)


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5):
    columns = _columns(x)
    deviations = np.array([np.sqrt(v + eps) for v in running_var.tolist()])
    return _back((columns - running_mean) / deviations * gamma + beta, x)


def bn_backward(dy, x, gamma, eps):
    columns, slopes = _columns(x), _columns(dy)
    m = len(columns)
    centring = _centring(m)
    centred = centring @ columns
    deviations = np.sqrt((centred**2).mean(axis=0) + eps)
    xhat = centred / deviations
    dx = np.empty_like(columns)
    for c in range(columns.shape[1]):
        jacobian = gamma[c] / deviations[c] * (centring - np.outer(xhat[:, c], xhat[:, c]) / m)
        dx[:, c] = jacobian.T @ slopes[:, c]
    dgamma = np.diag(slopes.T @ xhat)
    return _back(dx, x), dgamma.astype(x.dtype), slopes.sum(axis=0).astype(x.dtype)


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    pixels = np.stack([x[:, c].ravel() for c in range(x.shape[1])], axis=1)
    y, new_mean, new_var = bn_forward_train(
        pixels, gamma, beta, running_mean, running_var, momentum=momentum, eps=eps
    )
    maps = [y[:, c].reshape(len(x), *x.shape[2:]) for c in range(x.shape[1])]
    return np.stack(maps, axis=1), new_mean, new_var


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
    scale = np.divide(gamma, np.sqrt(np.add(running_var, eps)))
    w2 = np.stack([kernel * s for kernel, s in zip(w, scale, strict=True)])
    b2 = beta - running_mean * scale
    return w2, b2 if b is None else b2 + b * scale


def to_torch_momentum(momentum, convention):
    return np.float64(momentum if convention.lower() == "torch" else (1 - momentum))


def running_after(x, k, momentum, convention):
    if k == 0:
        return np.zeros(x.shape[1], x.dtype), np.ones(x.shape[1], x.dtype)
    mean, var = running_after(x, k - 1, momentum, convention)
    new = 1 - momentum if convention != "torch" else momentum
    seen = np.cov(x.T, bias=convention != "torch").reshape(x.shape[1], -1).diagonal()
    mean = (1 - new) * mean + new * x.mean(axis=0)
    return mean.astype(x.dtype), ((1 - new) * var + new * seen).astype(x.dtype)
