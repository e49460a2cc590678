"""Answers with keepdims and tuples of axes: the closed form."""

import numpy as np


def _axes(x):
    return (0,) if x.ndim == 2 else (0, 2, 3)


def _wide(v, x):
    return v if x.ndim == 2 else v[None, :, None, None]


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    axes = _axes(x)
    m = x.size // x.shape[1]
    mean = np.mean(x, axis=axes, keepdims=True)
    var = np.var(x, axis=axes, keepdims=True)
    y = _wide(gamma, x) * (x - mean) / np.sqrt(var + eps) + _wide(beta, x)
    new_mean = (1 - momentum) * running_mean + momentum * mean.ravel()
    new_var = (1 - momentum) * running_var + momentum * var.ravel() * m / (m - 1)
    return y, new_mean, new_var


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5):
    xhat = (x - _wide(running_mean, x)) / np.sqrt(_wide(running_var, x) + eps)
    return _wide(gamma, x) * xhat + _wide(beta, x)


def bn_backward(dy, x, gamma, eps):
    axes = _axes(x)
    rstd = 1 / np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    xhat = (x - x.mean(axis=axes, keepdims=True)) * rstd
    dbeta, dgamma = dy.sum(axis=axes), (dy * xhat).sum(axis=axes)
    m = x.size // x.shape[1]
    dx = _wide(gamma, x) * rstd / m * (m * dy - _wide(dbeta, x) - xhat * _wide(dgamma, x))
    return dx, dgamma, dbeta


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    return bn_forward_train(x, gamma, beta, running_mean, running_var, momentum, eps)


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
    if b is None:
        b = np.zeros_like(gamma)
    scale = gamma / np.sqrt(running_var + eps)
    return w * scale[:, None, None, None], (b - running_mean) * scale + beta


def to_torch_momentum(momentum, convention):
    return momentum if convention == "torch" else 1 - momentum


def running_after(x, k, momentum, convention):
    kept = (1 - to_torch_momentum(momentum, convention)) ** k
    var = x.var(axis=0, ddof=1 if convention == "torch" else 0)
    return (1 - kept) * x.mean(axis=0), kept + (1 - kept) * var
