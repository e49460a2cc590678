"""A right batch normalization, in training and backward, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grader.mistakes.shapes import only_if


def across(value: np.ndarray, ndim: int, axis: int = 1) -> np.ndarray:
    """A number for each channel, laid along the channels' axis of an array with ndim axes."""
    return value.reshape([-1 if a == axis else 1 for a in range(ndim)])


@dataclass(frozen=True)
class Call:
    """The arguments of one normalization, and what follows from them.

    Args:
        axes: over which the mean is taken; None for all but the channels'.
    """

    x: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    running_mean: np.ndarray
    running_var: np.ndarray
    momentum: float = 0.1
    eps: float = 1e-5
    axes: tuple[int, ...] | None = None

    @property
    def over(self) -> tuple[int, ...]:
        """The axes of the mean."""
        return (0, *range(2, self.x.ndim)) if self.axes is None else self.axes

    @property
    def m(self) -> int:
        """How many numbers share a mean."""
        return int(np.prod([self.x.shape[axis] for axis in self.over]))

    @cached_property
    def mean(self) -> np.ndarray:
        """The batch's mean, with the axes kept, such as (1, C, 1, 1)."""
        return self.x.mean(self.over, keepdims=True)

    @cached_property
    def var(self) -> np.ndarray:
        """The batch's biased variance, with the axes kept."""
        return self.centred_square.mean(self.over, keepdims=True)

    @property
    def centred_square(self) -> np.ndarray:
        """The squares of which the variance is the mean."""
        return self.centred**2

    @property
    def unbiased(self) -> np.ndarray:
        """The batch's unbiased variance, with the axes kept."""
        return self.var * self.m / (self.m - 1)

    @property
    def centred(self) -> np.ndarray:
        """x minus its mean."""
        return self.x - self.mean

    @property
    def xhat(self) -> np.ndarray:
        """x with mean 0 and variance 1."""
        return self.centred / np.sqrt(self.var + self.eps)

    @property
    def g(self) -> np.ndarray:
        """gamma, as wide as x."""
        return across(self.gamma, self.x.ndim)

    @property
    def b(self) -> np.ndarray:
        """beta, as wide as x."""
        return across(self.beta, self.x.ndim)

    @property
    def old_mean(self) -> np.ndarray:
        """The running mean before, as wide as x."""
        return across(self.running_mean, self.x.ndim)

    @property
    def old_var(self) -> np.ndarray:
        """The running variance before, as wide as x."""
        return across(self.running_var, self.x.ndim)

    def affine(self, xhat: np.ndarray) -> np.ndarray:
        """Scale and shift."""
        return self.g * xhat + self.b

    def blend(self, old: np.ndarray, new: np.ndarray) -> np.ndarray:
        """Some of the old value, some of the new one; a number for each channel."""
        mixed = (1 - self.momentum) * old + self.momentum * np.asarray(new).reshape(-1)
        return only_if(mixed.shape == old.shape, mixed)


Step = Callable[[Call], np.ndarray]


def normalized(call: Call) -> np.ndarray:
    """The right y."""
    return call.affine(call.xhat)


def next_mean(call: Call) -> np.ndarray:
    """The right running mean."""
    return call.blend(call.running_mean, call.mean)


def next_var(call: Call) -> np.ndarray:
    """The right running variance."""
    return call.blend(call.running_var, call.unbiased)


def train(
    y: Step = normalized, mean: Step = next_mean, var: Step = next_var, *, order=(0, 1, 2)
) -> Callable:
    """A normalization with slips.

    Args:
        y, mean, var: functions of the call that make the three results.
        order: the order in which they are returned.
    """

    def bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
        call = Call(x, gamma, beta, running_mean, running_var, momentum, eps)
        results = y(call), mean(call), var(call)
        return tuple(results[place] for place in order)

    return bn


def scaled(root: Step) -> Callable:
    """A normalization that divides by something else."""
    return train(y=lambda c: c.affine(c.centred / root(c)))


def backward(dx: Step | None = None, dgamma=None, dbeta=None, *, order=(0, 1, 2)) -> Callable:
    """A backward pass with slips.

    Args:
        dx, dgamma, dbeta: functions of dy and the call.
        order: the order in which they are returned.
    """

    def bn(dy, x, gamma, eps):
        nothing = np.zeros_like(gamma)
        call = Call(x, gamma, nothing, nothing, nothing, eps=eps)
        steps = dx or input_gradient, dgamma or gamma_gradient, dbeta or beta_gradient
        gradients = [step(dy, call) for step in steps]
        return tuple(gradients[place] for place in order)

    return bn


def total(values: np.ndarray, call: Call) -> np.ndarray:
    """The sum over all that share a mean, with the axes kept."""
    return values.sum(call.over, keepdims=True)


def gamma_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """dgamma (C,)."""
    return total(dy * call.xhat, call).reshape(-1)


def beta_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """dbeta (C,)."""
    return total(dy, call).reshape(-1)


def input_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """dx, by the closed form."""
    return through(dy, call)


def through(
    dy: np.ndarray,
    call: Call,
    *,
    mean: float = 1.0,
    var: float = 1.0,
    root: np.ndarray | None = None,
    xhat: np.ndarray | None = None,
    m: float | None = None,
) -> np.ndarray:
    """dx from its three parts: straight, through the mean and through the variance.

    Args:
        dy: the gradient.
        call: the forward pass.
        mean, var: factors of the last two parts.
        root: what is divided by; the standard deviation if None.
        xhat: what stands for the normalized x.
        m: what stands for the number of values that share a mean.
    """
    dxhat, m = dy * call.g, m or call.m
    xhat = call.xhat if xhat is None else xhat
    root = np.sqrt(call.var + call.eps) if root is None else root
    by_mean = mean * total(dxhat, call) / m
    by_var = var * xhat * total(dxhat * xhat, call) / m
    return (dxhat - by_mean - by_var) / root
