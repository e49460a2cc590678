"""Activation functions and their slopes, safe for numbers whose exponential overflows.

A slope is that at x, the input of the forward pass. Where a function has a kink, at x = 0, it is
the slope of the negative side, as in PyTorch.
"""

import numpy as np


def leaky_relu(x, negative_slope=0.01):
    """x where it is positive, negative_slope * x elsewhere; with 0 it is ReLU.

    Source:
        Maas, Hannun & Ng (2013), section 2,
        https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf
    """
    return np.where(x > 0, x, negative_slope * x)


def leaky_relu_slope(x, negative_slope=0.01):
    """1 where x is positive, negative_slope elsewhere."""
    return np.where(x > 0, 1, negative_slope).astype(x.dtype)


def sigmoid(x):
    """1 / (1 + exp(-x)).

    The exponent is never positive: the two cases are the same fraction, reduced differently.
    """
    small = np.exp(-np.abs(x))
    return np.where(x < 0, small, 1) / (1 + small)


def sigmoid_slope(x):
    """s * (1 - s), where s = sigmoid(x)."""
    s = sigmoid(x)
    return s * (1 - s)


def tanh_slope(x):
    """1 - tanh(x) ** 2."""
    return 1 - np.tanh(x) ** 2


def softplus(x):
    """log(1 + exp(x)), whose slope is the sigmoid.

    Source:
        Dugas, Bengio, Bélisle, Nadeau & Garcia (2000),
        https://www.cirano.qc.ca/en/summaries/2002s-46
    """
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def along_channels(a, x):
    """The slopes a (C,) or (1,) as they lie beside x (N, C, ...).

    Raises:
        ValueError: there are neither one nor C of them.
    """
    if x.ndim < 2 or a.shape not in ((1,), (x.shape[1],)):
        raise ValueError(f"weight has shape {a.shape}, x has shape {x.shape}: needs (1,) or (C,)")
    return a.reshape(-1, *[1] * (x.ndim - 2))
