"""Answers in stages with a cache between the two passes, one gradient for each step forward."""

import numpy as np


def _to_rows(x):
    return x if x.ndim == 2 else np.rollaxis(x, 1, 4).reshape(-1, x.shape[1])


def _from_rows(rows, shape):
    if len(shape) == 2:
        return rows
    N, C, H, W = shape
    return np.rollaxis(rows.reshape(N, H, W, C), 3, 1)


def _forward(x, gamma, beta, param):
    """Return out, and in a cache all that backward needs; write new running statistics."""
    m = x.shape[0]
    mu = 1.0 / m * np.sum(x, axis=0)
    xmu = x - mu
    var = 1.0 / m * np.sum(xmu**2, axis=0)
    sqrtvar = np.sqrt(var + param["eps"])
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    keep = 1 - param["momentum"]
    for name, new in (("running_mean", mu), ("running_var", var * m / (m - 1))):
        param[name] = keep * param[name] + param["momentum"] * new
    return gamma * xhat + beta, (xhat, gamma, xmu, ivar, sqrtvar)


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    param = {"momentum": momentum, "eps": eps}
    param |= {"running_mean": running_mean, "running_var": running_var}
    out, _ = _forward(_to_rows(x), gamma, beta, param)
    return _from_rows(out, x.shape), param["running_mean"], param["running_var"]


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5):
    y = x.copy()
    for c in range(x.shape[1]):
        y[:, c] -= running_mean[c]
        y[:, c] /= np.sqrt(running_var[c] + eps)
        y[:, c] *= gamma[c]
        y[:, c] += beta[c]
    return y


def bn_backward(dy, x, gamma, eps):
    dout, rows = _to_rows(dy), _to_rows(x)
    zeros = np.zeros_like(gamma)
    param = {"momentum": 0.1, "eps": eps, "running_mean": zeros, "running_var": zeros}
    _, (xhat, gamma, xmu, ivar, sqrtvar) = _forward(rows, gamma, zeros, param)
    m = len(rows)
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dsqrtvar = -1.0 / sqrtvar**2 * divar
    dvar = 0.5 / sqrtvar * dsqrtvar
    dsquares = np.ones_like(rows) / m * dvar
    dxmu = dxhat * ivar + 2 * xmu * dsquares
    dmu = -np.sum(dxmu, axis=0)
    dx = dxmu + np.ones_like(rows) / m * dmu
    return _from_rows(dx, x.shape), dgamma, dbeta


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    places = tuple(np.indices((x.shape[0], *x.shape[2:])).reshape(3, -1))
    n, i, j = places
    table = x[n, :, i, j]
    new = bn_forward_train(table, gamma, beta, running_mean, running_var, momentum, eps)
    y = np.zeros_like(x)
    y[n, :, i, j] = new[0]
    return y, *new[1:]


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
    scale = gamma * (running_var + eps) ** -0.5
    w2 = np.diag(scale) @ w.reshape(len(w), -1)
    b2 = beta - scale * running_mean
    if b is not None:
        b2 += scale * b
    return w2.reshape(w.shape), b2


def to_torch_momentum(momentum, convention):
    old = 1 - momentum if convention == "torch" else momentum
    return 1 - old


def running_after(x, k, momentum, convention):
    if k == 0:
        return np.zeros(x.shape[1], x.dtype), np.ones(x.shape[1], x.dtype)
    mean, var = running_after(x, k - 1, momentum, convention)
    new, m = to_torch_momentum(momentum, convention), len(x)
    batch_var = np.var(x, axis=0, ddof=1)
    if convention != "torch":
        batch_var = batch_var * (m - 1) / m
    return mean + new * (np.mean(x, axis=0) - mean), var + new * (batch_var - var)
