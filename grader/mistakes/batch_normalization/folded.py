"""A right folding of a normalization into a convolution, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.mistakes.batch_normalization.spoilt import across
from grader.mistakes.shapes import only_if


@dataclass(frozen=True)
class Fold:
    """The arguments of one folding, with a bias in any case."""

    w: np.ndarray
    b: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    mean: np.ndarray
    var: np.ndarray
    eps: float
    without: bool

    @property
    def root(self) -> np.ndarray:
        """The running standard deviation."""
        return np.sqrt(self.var + self.eps)

    @property
    def scale(self) -> np.ndarray:
        """What each filter is multiplied by."""
        return self.gamma / self.root

    def times(self, scale: np.ndarray, axis: int = 0) -> np.ndarray:
        """The weights times a number for each filter."""
        fits = self.w.shape[axis] == len(scale) or len(scale) == 1
        return only_if(fits, self.w * across(scale, 4, axis))


def right_bias(f: Fold) -> np.ndarray:
    """The right b2."""
    return (f.b - f.mean) * f.scale + f.beta


def fold(
    weights: Callable[[Fold], np.ndarray] = lambda f: f.times(f.scale),
    bias: Callable[[Fold], np.ndarray] = right_bias,
) -> Callable:
    """A folding with slips."""

    def fold_bn(w, b, gamma, beta, running_mean, running_var, eps):
        given = np.zeros_like(gamma) if b is None else b
        call = Fold(w, given, gamma, beta, running_mean, running_var, eps, b is None)
        return weights(call), bias(call)

    return fold_bn


def scaled(scale: Callable[[Fold], np.ndarray], *, apart: bool = True) -> tuple:
    """Foldings with another scale: in both results, in w alone, in b alone."""

    def weights(f: Fold) -> np.ndarray:
        return f.times(scale(f))

    def bias(f: Fold) -> np.ndarray:
        return (f.b - f.mean) * scale(f) + f.beta

    both = fold(weights, bias)
    return (both, fold(weights=weights), fold(bias=bias)) if apart else (both,)
