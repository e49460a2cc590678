"""A right softmax with cross-entropy, whose parts can be spoilt one by one."""

from __future__ import annotations

import numpy as np


def log_softmax(z):
    """The logarithms of the probabilities, (N, K), by log-sum-exp."""
    z = z - z.max(1, keepdims=True)
    return z - np.log(np.exp(z).sum(1, keepdims=True))


def softmax(z):
    """The probabilities, (N, K)."""
    return np.exp(log_softmax(z))


def onehot(z, t):
    """1 for the target of each row and 0 elsewhere, (N, K)."""
    return np.eye(z.shape[1])[t]


def per_row(z, t):
    """The loss of each row."""
    return -log_softmax(z)[np.arange(len(z)), t]


def right_loss(z, t):
    """The mean over the rows."""
    return float(np.mean(per_row(z, t)))


def right_dz(z, t):
    """The gradient, (N, K)."""
    return (softmax(z) - onehot(z, t)) / len(z)


def less_one(p, t):
    """Probabilities less 1 at the target of each row, whatever shape they have by mistake."""
    p = p.copy()
    p[np.arange(len(t)), t] -= 1
    return p


def spoilt(loss=right_loss, dz=right_dz):
    """The pair of a loss and a gradient, either of them a function of z and t."""
    return lambda z, t: (loss(z, t), dz(z, t))


def loss_only(rule):
    """A wrong loss beside the right gradient."""
    return spoilt(loss=rule)


def dz_only(rule):
    """A wrong gradient beside the right loss."""
    return spoilt(dz=rule)


def both(log_p):
    """Loss and gradient from other log-probabilities, a function of z."""
    return spoilt(
        lambda z, t: float(-np.mean(log_p(z)[np.arange(len(z)), t])),
        lambda z, t: less_one(np.exp(log_p(z)), t) / len(z),
    )


def from_p(p, log=np.log):
    """Loss and gradient from other probabilities p(z), whose logarithm is taken by `log`."""
    return spoilt(
        lambda z, t: float(-np.mean(log(p(z)[np.arange(len(z)), t]))),
        lambda z, t: less_one(p(z), t) / len(z),
    )


def shifted(top, *, axis=1, keepdims=True):
    """A slip coded as p and its logarithm, as log-sum-exp, and as p beside log-sum-exp.

    Args:
        top: what is subtracted from the logits first, a function of them.
        axis: along which the exponentials are summed; None for all of them.
        keepdims: whether the sum keeps that axis.
    """

    def p(z):
        e = np.exp(z - top(z))
        return e / e.sum(axis=axis, keepdims=keepdims)

    def log_p(z):
        s = z - top(z)
        return s - np.log(np.exp(s).sum(axis=axis, keepdims=keepdims))

    return (
        from_p(p),
        both(log_p),
        lambda z, t: (both(log_p)(z, t)[0], from_p(p)(z, t)[1]),
    )


def careless(loss=np.mean, dz=None):
    """A slip together with another: p that overflows, or a p of 0 whose logarithm is taken.

    Args:
        loss: of minus the logarithms of the targets' probabilities.
        dz: of p, the one-hot targets and N; right if None.
    """

    def with_p(p):
        return spoilt(
            lambda z, t: float(loss(-np.log(p(z)[np.arange(len(z)), t]))),
            lambda z, t: (dz or _right)(p(z), onehot(z, t), len(z)),
        )

    return with_p(lambda z: np.exp(z) / np.exp(z).sum(1, keepdims=True)), with_p(softmax)


def _right(p, hit, n):
    return (p - hit) / n
