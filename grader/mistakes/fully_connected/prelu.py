"""Slips with PReLU, whose slopes are learned: one for each channel, or one for all."""

from __future__ import annotations

import numpy as np


def along(a, x):
    """The slopes as they lie beside x (N, C, …)."""
    return a.reshape(1, -1, *[1] * (x.ndim - 2))


def bent(slope):
    """A forward pass with another slope, a function of x and a."""
    return lambda x, a: np.where(x > 0, x, slope(x, a) * x)


def moved(x, a):
    """The right result."""
    return np.where(x > 0, x, along(a, x) * x)


def right_dx(dy, x, a):
    """What x receives."""
    return np.where(x > 0, dy, along(a, x) * dy)


def collected(shares, a):
    """Shares (N, C, …) summed to the shape of a."""
    if len(a) == 1:
        return np.array([shares.sum()])
    return shares.sum(axis=tuple(i for i in range(shares.ndim) if i != 1))


def shares(dy, x):
    """What each number of x sends to its slope."""
    return dy * np.minimum(x, 0)


def back(dx=right_dx, da=None, *, order=(0, 1)):
    """A backward pass with slips; da is a function of dy, x and a."""

    def prelu_backward(dy, x, a):
        slopes = collected(shares(dy, x), a) if da is None else np.asarray(da(dy, x, a))
        gradients = dx(dy, x, a), slopes
        return tuple(gradients[place] for place in order)

    return prelu_backward


def da(rule):
    """A backward pass in which the slopes collect other shares, a function of dy, x and a."""
    return back(da=lambda dy, x, a: collected(rule(dy, x, a), a))


FORWARD = {
    "prelu_slope_along_columns": (
        "a runs along the last axis. It belongs to the channels, axis 1: reshape it to "
        "(1, C, 1, …) for images.",
        (
            bent(lambda x, a: a),
            bent(lambda x, a: a[:, None] if x.ndim == 4 else a[: x.shape[-1]]),
            bent(lambda x, a: a.reshape(-1, *[1] * (x.ndim - 1))),
        ),
    ),
    "prelu_one_slope_for_all": (
        "All channels have the same slope. Channel c has its own, a[c]; only if a has a single "
        "number is it for all.",
        (
            bent(lambda x, a: a[0]),
            bent(lambda x, a: a[-1]),
            bent(lambda x, a: a.mean()),
            bent(lambda x, a: a.sum()),
        ),
    ),
    "prelu_slope_fixed": (
        "a makes no difference. The slope on the negative side is a, which is learned.",
        (
            bent(lambda x, a: 0.01),
            bent(lambda x, a: 0.25),
            bent(lambda x, a: 0.0),
            bent(lambda x, a: 1.0),
        ),
    ),
    "prelu_sides_swapped": (
        "The slope is on the wrong side. Positive numbers stay as they are, negative ones are "
        "multiplied by a.",
        (lambda x, a: np.where(x > 0, along(a, x) * x, x), lambda x, a: along(a, x) * x),
    ),
    "prelu_larger": (
        "You took the larger of x and a * x. That is right only for slopes up to 1, and learned "
        "ones may be anything: choose by the sign of x, np.where(x > 0, …, …).",
        (lambda x, a: np.maximum(x, along(a, x) * x),),
    ),
    "prelu_slope_changed": (
        "You changed the slopes. They are learned, so they may be negative or larger than 1: "
        "multiply by a as it is.",
        (
            bent(lambda x, a: np.abs(along(a, x))),
            bent(lambda x, a: np.clip(along(a, x), 0, 1)),
            bent(lambda x, a: np.minimum(along(a, x), 1)),
            bent(lambda x, a: np.maximum(along(a, x), 0)),
        ),
    ),
    "prelu_abs": (
        "Negative numbers come out positive. PReLU keeps their sign: a * x.",
        (bent(lambda x, a: -along(a, x)),),
    ),
    "prelu_constant": (
        "Negative numbers are replaced by a. Multiply them by it.",
        (
            lambda x, a: np.where(x > 0, x, along(a, x)),
            lambda x, a: np.where(x > 0, x, x + along(a, x)),
            lambda x, a: np.where(x > 0, x, x - along(a, x)),
        ),
    ),
}

BACK = {
    "prelu_swapped": (
        "The gradients are in the wrong order. Return dx, da.",
        (back(order=(1, 0)),),
    ),
    "prelu_dx_0": (
        "Nothing comes through where x is negative. The slope there is a, so dx is a * dy.",
        (back(dx=lambda dy, x, a: dy * (x > 0)),),
    ),
    "prelu_dx_at_0": (
        "At x = 0 PyTorch takes the slope of the negative side. Let dy through whole only where "
        "x > 0.",
        (back(dx=lambda dy, x, a: np.where(x >= 0, dy, along(a, x) * dy)),),
    ),
    "prelu_dx_along_columns": (
        "In dx, a runs along the wrong axis, or all channels use the same number of it. It belongs "
        "to the channels, axis 1.",
        (
            back(dx=lambda dy, x, a: np.where(x > 0, dy, a * dy)),
            back(dx=lambda dy, x, a: np.where(x > 0, dy, a[0] * dy)),
            back(dx=lambda dy, x, a: np.where(x > 0, dy, a.mean() * dy)),
        ),
    ),
    "prelu_dx_wrong": (
        "dx is dy where x is positive and a * dy elsewhere.",
        (
            back(dx=lambda dy, x, a: dy.copy()),
            back(dx=lambda dy, x, a: np.where(x > 0, 1.0, along(a, x))),
            back(dx=lambda dy, x, a: np.where(x > 0, along(a, x) * dy, dy)),
            back(dx=lambda dy, x, a: np.where(x > 0, dy, -along(a, x) * dy)),
            back(dx=lambda dy, x, a: np.where(x > 0, dy, along(a, x) * x)),
            back(dx=lambda dy, x, a: np.where(dy > 0, dy, along(a, x) * dy)),
        ),
    ),
    "prelu_dx_slope_changed": (
        "You changed the slopes. They are learned, so they may be negative or larger than 1: where "
        "x is negative, dx is a * dy with a as it is.",
        (
            back(dx=lambda dy, x, a: right_dx(dy, x, np.abs(a))),
            back(dx=lambda dy, x, a: right_dx(dy, x, np.clip(a, 0, 1))),
            back(dx=lambda dy, x, a: right_dx(dy, x, np.minimum(a, 1))),
            back(dx=lambda dy, x, a: right_dx(dy, x, np.maximum(a, 0))),
        ),
    ),
    "da_not_summed": (
        "da must be summed. A slope serves all the numbers of its channel: sum over all axes but "
        "the channels', so that da has the shape of a.",
        (
            back(da=lambda dy, x, a: shares(dy, x)),
            back(da=lambda dy, x, a: shares(dy, x).sum(0)),
            back(da=lambda dy, x, a: np.full(a.shape, shares(dy, x).sum())),
            back(da=lambda dy, x, a: shares(dy, x).sum()),
            back(da=lambda dy, x, a: shares(dy, x).sum(-1)),
            back(da=lambda dy, x, a: collected(shares(dy, x), a)[None]),
        ),
    ),
    "da_for_one_slope": (
        "With a single slope for all channels, da must be a single number too, of shape (1,): sum "
        "over the channels as well.",
        (
            back(da=lambda dy, x, a: collected(shares(dy, x), np.ones(2))),
            back(da=lambda dy, x, a: shares(dy, x).sum() if len(a) == 1 else _each(dy, x)),
            back(da=lambda dy, x, a: _each(dy, x)[: len(a)]),
        ),
    ),
    "da_mean": (
        "da is a mean. Only sum: the mean belongs to the loss, and dy already has it.",
        (
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / len(x)),
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / (x.size / len(a))),
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / x.size),
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / (x.size / x.shape[1])),
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / (x.size if len(a) == 1 else 1)),
            back(da=lambda dy, x, a: collected(shares(dy, x), a) / (x.shape[1] / len(a))),
        ),
    ),
    "da_wrong_half": (
        "da counts numbers that never met the slope. a multiplies x only where x is negative: sum "
        "dy * x there.",
        (
            da(lambda dy, x, a: dy * x),
            da(lambda dy, x, a: dy * np.maximum(x, 0)),
            da(lambda dy, x, a: dy * np.abs(x)),
            da(lambda dy, x, a: np.minimum(dy, 0) * x),
        ),
    ),
    "da_factor_wrong": (
        "da has a wrong factor. On the negative side y is a * x, so a receives dy * x.",
        (
            da(lambda dy, x, a: dy * (x < 0)),
            da(lambda dy, x, a: dy * (x <= 0)),
            da(lambda dy, x, a: np.minimum(x, 0)),
            da(lambda dy, x, a: along(a, x) * shares(dy, x)),
            da(lambda dy, x, a: -shares(dy, x)),
            back(da=lambda dy, x, a: np.zeros_like(a)),
            back(da=lambda dy, x, a: np.ones_like(a)),
        ),
    ),
    "da_of_one_image": (
        "da leaves rows of the batch out. Sum over all of them: accumulate with +=.",
        (
            back(da=lambda dy, x, a: collected(shares(dy[:1], x[:1]), a)),
            back(da=lambda dy, x, a: collected(shares(dy[-1:], x[-1:]), a)),
        ),
    ),
}


def _each(dy, x):
    return collected(shares(dy, x), np.ones(2))


PRELU = {"prelu": FORWARD, "prelu_backward": BACK}
