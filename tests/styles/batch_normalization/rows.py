"""Answers that turn everything into rows of features first, and follow the graph backward."""

import numpy as np


def _rows(x):
    return np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])


def _unrows(rows, x):
    if x.ndim == 2:
        return rows
    N, C, H, W = x.shape
    return np.moveaxis(rows.reshape(N, H, W, C), -1, 1)


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    rows = _rows(x)
    mean, var = rows.mean(0), rows.var(0)
    y = gamma * ((rows - mean) / np.sqrt(var + eps)) + beta
    new_mean = running_mean - momentum * (running_mean - mean)
    new_var = running_var - momentum * (running_var - rows.var(0, ddof=1))
    return _unrows(y, x), new_mean, new_var


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / np.sqrt(running_var + eps)
    return _unrows(_rows(x) * scale + (beta - running_mean * scale), x)


def bn_backward(dy, x, gamma, eps):
    rows, drows = _rows(x), _rows(dy)
    M = len(rows)
    # Forward, one step a line.
    mu = 1.0 / M * np.sum(rows, axis=0)
    centred = rows - mu
    var = 1.0 / M * np.sum(centred**2, axis=0)
    root = np.sqrt(var + eps)
    inverse = 1.0 / root
    xhat = centred * inverse
    # Backward, the same lines from below.
    dbeta = np.sum(drows, axis=0)
    dgamma = np.sum(drows * xhat, axis=0)
    dxhat = drows * gamma
    dinverse = np.sum(dxhat * centred, axis=0)
    dcentred = dxhat * inverse
    droot = -1.0 / root**2 * dinverse
    dvar = 0.5 / root * droot
    dcentred = dcentred + 2.0 / M * centred * dvar
    dmu = -np.sum(dcentred, axis=0)
    drows = dcentred + np.ones_like(rows) / M * dmu
    return _unrows(drows, x), dgamma, dbeta


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    N, C, H, W = x.shape
    rows = x.transpose(0, 2, 3, 1).reshape(N * H * W, C)
    y, *running = bn_forward_train(rows, gamma, beta, running_mean, running_var, momentum, eps)
    return y.reshape(N, H, W, C).transpose(0, 3, 1, 2), running[0], running[1]


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
    F = w.shape[0]
    scale = np.diag(gamma / np.sqrt(running_var + eps))
    w2 = (scale @ w.reshape(F, -1)).reshape(w.shape)
    shift = -running_mean if b is None else b - running_mean
    return w2, scale @ shift + beta


def to_torch_momentum(momentum, convention):
    return {"torch": momentum, "keras": 1 - momentum, "d2l": 1 - momentum}[convention]


def running_after(x, k, momentum, convention):
    mean, var = np.zeros_like(x[0]), np.ones_like(x[0])
    for _ in range(k):
        if convention == "torch":
            mean = (1 - momentum) * mean + momentum * np.mean(x, 0)
            var = (1 - momentum) * var + momentum * np.var(x, 0, ddof=1)
        else:
            mean = momentum * mean + (1 - momentum) * np.mean(x, 0)
            var = momentum * var + (1 - momentum) * np.var(x, 0)
    return mean, var
