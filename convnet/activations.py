"""Activation functions as layers: each bends every number by itself."""

from abc import ABC, abstractmethod

import numpy as np

from convnet.functional.activations import (
    along_channels,
    leaky_relu,
    leaky_relu_slope,
    sigmoid,
    sigmoid_slope,
    softplus,
    tanh_slope,
)


class Activation(ABC):
    """A function of each number, and its slope; the layers below say which.

    Shapes:
        x of any shape -> y like x.
    """

    def __init__(self) -> None:
        self.params, self.grads = {}, {}
        self.x = None

    @abstractmethod
    def value(self, x):
        """The function itself."""

    @abstractmethod
    def slope(self, x):
        """Its derivative at x."""

    def forward(self, x):
        """Return y, and keep x for `backward`: do not change x in between."""
        self.x = x
        return self.value(x)

    def backward(self, dy):
        """Return dx = dy * slope.

        Raises:
            ValueError: dy does not have the shape of x, or there was no `forward`.
        """
        return check_slopes(dy, self.x) * self.slope(self.x)


def check_slopes(dy, x):
    """Return dy if it fits the x of the forward call.

    Raises:
        ValueError: there was no forward call, or dy has another shape.
    """
    if x is None:
        raise ValueError("backward needs the x of a forward call, and there was none")
    if dy.shape != x.shape:
        raise ValueError(f"dy has shape {dy.shape}, y has shape {x.shape}")
    return dy


class LeakyReLU(Activation):
    """x where it is positive, negative_slope * x elsewhere.

    Args:
        negative_slope: the slope of the negative side, and at 0.
    """

    def __init__(self, negative_slope=0.01) -> None:
        super().__init__()
        self.negative_slope = negative_slope

    def value(self, x):
        """max(x, 0) + negative_slope * min(x, 0)."""
        return leaky_relu(x, self.negative_slope)

    def slope(self, x):
        """1 where x is positive, negative_slope elsewhere."""
        return leaky_relu_slope(x, self.negative_slope)


class ReLU(LeakyReLU):
    """max(x, 0), with slope 0 at 0."""

    def __init__(self) -> None:
        super().__init__(negative_slope=0)


class Sigmoid(Activation):
    """1 / (1 + exp(-x)), between 0 and 1."""

    value = staticmethod(sigmoid)
    slope = staticmethod(sigmoid_slope)


class Tanh(Activation):
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)), between -1 and 1."""

    value = staticmethod(np.tanh)
    slope = staticmethod(tanh_slope)


class Softplus(Activation):
    """log(1 + exp(x)), a ReLU without a kink.

    PyTorch's returns x itself from 20 on, which differs by less than 3e-9.
    """

    value = staticmethod(softplus)
    slope = staticmethod(sigmoid)


class PReLU:
    """A leaky ReLU that learns its slopes: one for each channel, or one for all.

    Shapes:
        x (N, C, ...), weight (C,) or (1,) -> y like x.

    Args:
        num_parameters: how many slopes, 1 or C.
        init: their first value.
        dtype: of the parameters.

    Source:
        He, Zhang, Ren & Sun (2015), section 2.1, https://arxiv.org/abs/1502.01852
    """

    def __init__(self, num_parameters=1, init=0.25, *, dtype=np.float32) -> None:
        self.params = {"weight": np.full(num_parameters, init, dtype=dtype)}
        self.grads = {"weight": np.zeros_like(self.params["weight"])}
        self.x = None

    def forward(self, x):
        """Return y, and keep x for `backward`: do not change x in between.

        Raises:
            ValueError: there are neither one nor C slopes.
        """
        self.x = x
        return np.where(x > 0, x, along_channels(self.params["weight"], x) * x)

    def backward(self, dy):
        """Set `grads` (anew: nothing adds up from call to call) and return dx.

        Raises:
            ValueError: dy does not have the shape of x, or there was no `forward`.
        """
        x, a = self.x, self.params["weight"]
        shares = check_slopes(dy, x) * np.minimum(x, 0)
        # With a single slope, the channels are only more numbers that it serves.
        self.grads = {"weight": shares.reshape(len(x), len(a), -1).sum(axis=(0, 2))}
        return np.where(x > 0, dy, along_channels(a, x) * dy)
