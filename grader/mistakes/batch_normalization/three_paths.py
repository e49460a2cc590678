"""dx along the statement's three paths: straight, through the variance, through the mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, Step, backward, total

Gradient = Callable[[np.ndarray, Call], np.ndarray]


def root(call: Call) -> np.ndarray:
    """The standard deviation."""
    return np.sqrt(call.var + call.eps)


def bare(call: Call) -> np.ndarray:
    """The standard deviation without eps."""
    return np.sqrt(call.var)


def outside(call: Call) -> np.ndarray:
    """The standard deviation with eps outside the root."""
    return np.sqrt(call.var) + call.eps


def cube(call: Call) -> np.ndarray:
    """What the derivative of 1 / root multiplies by, up to the factor -1/2."""
    return (call.var + call.eps) ** -1.5


def centred(call: Call) -> np.ndarray:
    """x minus its mean."""
    return call.centred


def scaled(dy: np.ndarray, call: Call) -> np.ndarray:
    """dy times gamma."""
    return dy * call.g


def unscaled(dy: np.ndarray, call: Call) -> np.ndarray:
    """dy without gamma."""
    return dy


def walked(
    *,
    straight: Step = root,
    down: Step = root,
    cube: Step = cube,
    inner: Step = centred,
    outer: Step = centred,
    to_var: Gradient = scaled,
    to_mean: Gradient = scaled,
) -> Gradient:
    """dx with slips.

    Args:
        straight, down: what dxhat is divided by, on the straight path and on the mean's.
        cube: what the variance's gradient is multiplied by.
        inner, outer: what stands for x - mean in the variance's gradient, and behind it.
        to_var, to_mean: what stands for dxhat in the gradients of variance and mean.
    """

    def gradient(dy: np.ndarray, call: Call) -> np.ndarray:
        dvar = -0.5 * cube(call) * total(to_var(dy, call) * inner(call), call)
        dmean = -total(to_mean(dy, call) / down(call), call)
        far = dvar * 2 * outer(call) / call.m + dmean / call.m
        return scaled(dy, call) / straight(call) + far

    return gradient


def walk(**slips) -> Callable:
    """A backward pass with slips on its three paths."""
    return backward(walked(**slips))


def power(exponent: float) -> Callable:
    """A backward pass with another power in the derivative of 1 / root."""
    return walk(cube=lambda c: (c.var + c.eps) ** exponent)


def by_root(other: Step) -> Callable:
    """A backward pass with another root in xhat and on two paths; only the cube is right."""

    def dgamma(dy: np.ndarray, call: Call) -> np.ndarray:
        return total(dy * (call.centred / other(call)), call).reshape(-1)

    return backward(walked(straight=other, down=other), dgamma)
