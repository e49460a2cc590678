"""Known mistakes of 8.8 in the normalization of a branch, there and back."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.grad_norms_rules import grad_norms, norm


def constant_norm(a):
    """As if mean and deviation were constants."""
    root = np.sqrt(a.var(0) + 1e-5)
    return (a - a.mean(0)) / root, lambda d: d / root


def row_norm(a):
    """Each image normalized by itself."""
    hat, back = norm(a.T)
    return hat.T, lambda d: back(d.T).T


def unbiased_norm(a):
    """The unbiased variance, forward and backward."""
    n = max(len(a) - 1, 1)
    centred = a - a.mean(0)
    root = np.sqrt((centred**2).sum(0) / n + 1e-5)
    hat = centred / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).sum(0) / n) / root


def with_eps(eps):
    """Another eps."""

    def other(a):
        root = np.sqrt(a.var(0) + eps)
        hat = (a - a.mean(0)) / root
        return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root

    return other


def gone_back(way):
    """Right forward, and another way back from d, the normalized numbers and the root."""

    def other(a):
        root = np.sqrt(a.var(0) + 1e-5)
        hat = (a - a.mean(0)) / root
        return hat, lambda d: way(d, hat, root)

    return other


def biased_back(a):
    """The unbiased variance forward, and the usual way back."""
    root = np.sqrt(a.var(0) * len(a) / max(len(a) - 1, 1) + 1e-5)
    hat = (a - a.mean(0)) / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root


def whole_norm(a):
    """One mean and one variance for all numbers."""
    root = np.sqrt(a.var() + 1e-5)
    hat = (a - a.mean()) / root
    return hat, lambda d: (d - d.mean() - hat * (d * hat).mean()) / root


BRANCH = {
    "norm_on_the_trunk": (
        "The normalization stands on the trunk. It belongs to the branch, between the matrix and "
        "the ReLU, so that the way around stays free.",
        (grad_norms(where="trunk"),),
    ),
    "norm_as_constants": (
        "Mean and variance depend on the activations, too; the gradient flows through them.",
        (
            grad_norms(norm=constant_norm),
            grad_norms(norm=gone_back(lambda d, hat, root: (d - d.mean(0)) / root)),
            grad_norms(norm=gone_back(lambda d, hat, root: (d - hat * (d * hat).mean(0)) / root)),
        ),
    ),
    "norm_not_gone_back": (
        "The normalization changes the gradient, too: go back through it, and divide by the root.",
        (
            grad_norms(norm=gone_back(lambda d, hat, root: d)),
            grad_norms(
                norm=gone_back(lambda d, hat, root: d - d.mean(0) - hat * (d * hat).mean(0))
            ),
        ),
    ),
    "other_eps": (
        "eps = 0.00001, neither more nor less, is added to the variance, inside the root.",
        tuple(grad_norms(norm=with_eps(eps)) for eps in (0, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-12)),
    ),
    "other_statistics": (
        "Each feature is normalized over the batch, axis 0, by the biased variance.",
        (
            grad_norms(norm=row_norm),
            grad_norms(norm=unbiased_norm),
            grad_norms(norm=biased_back),
            grad_norms(norm=whole_norm),
        ),
    ),
    "norm_ignored": (
        "With bn=True there is a normalization between the matrix and the ReLU.",
        (grad_norms(norm=lambda a: (a, lambda d: d)),),
    ),
}
