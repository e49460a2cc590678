"""Answers through small layer objects that keep their mask between the two passes."""

import numpy as np


class _Dropout:
    def __init__(self, p, axes=None):
        self.p, self.axes, self.mask = p, axes, None

    def forward(self, x, u, train):
        keep_prob = 1.0 - self.p
        if not train:
            self.mask = np.ones(u.shape, dtype=x.dtype)
        elif keep_prob == 0:
            self.mask = np.zeros(u.shape, dtype=x.dtype)
        else:
            self.mask = (u >= self.p).astype(x.dtype) / np.asarray(keep_prob, dtype=x.dtype)
        return x * self._wide()

    def backward(self, dy):
        return dy * self._wide()

    def _wide(self):
        return self.mask if self.axes is None else np.expand_dims(self.mask, self.axes)


def dropout(x, u, p, train):
    layer = _Dropout(p)
    return layer.forward(x, u, train), layer.mask


def dropout_backward(dy, mask):
    layer = _Dropout(0.5)
    layer.mask = mask
    return layer.backward(dy)


class _Net2012:
    def __init__(self, w, p):
        self.w, self.keep = w, 1 - p

    def mean_weights(self):
        return self.keep * self.w

    def predict(self, x, b):
        return np.matmul(x, self.mean_weights().transpose()) + b


def to_inverted(w_next, p):
    return _Net2012(w_next, p).mean_weights()


def predict_old(x, w_next, b_next, p):
    return _Net2012(w_next, p).predict(x, b_next)


def dropout2d(x, u, p, train):
    layer = _Dropout(p, axes=(2, 3))
    return layer.forward(x, u, train), layer.mask


def dropout2d_backward(dy, mask):
    layer = _Dropout(0.5, axes=(2, 3))
    layer.mask = mask
    return layer.backward(dy)


def dropconnect(x, w, b, u, p, train):
    layer = _Dropout(p)
    return x @ layer.forward(w, u, train).T + b, layer.mask


def dropconnect_backward(dy, x, w, mask):
    layer = _Dropout(0.5)
    layer.mask = mask
    return dy @ (w * mask), layer.backward(dy.T @ x), np.sum(dy, 0)


class _Term:
    """A random number, of which only mean and variance are known."""

    def __init__(self, mean, var):
        self.mean, self.var = mean, var

    def __add__(self, other):
        return _Term(self.mean + other.mean, self.var + other.var)

    def times(self, factor):
        return _Term(factor * self.mean, factor**2 * self.var)


def dropout_moments(x, w, b, p):
    total = _Term(np.zeros((len(x), 1), x.dtype) + b, np.zeros((len(x), len(b)), x.dtype))
    for d in range(x.shape[1]):
        mask = _Term(1.0, p / (1 - p))
        total = total + mask.times(np.outer(x[:, d], w[:, d]))
    return total.mean, total.var
