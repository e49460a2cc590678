"""A linear layer, and what turns images into the rows it reads."""

from functools import partial

import numpy as np

from convnet.functional.linear import linear_backward, linear_forward
from convnet.initialisation import uniform_by_fan_in


class Linear:
    """Let every output weigh every input: y = x @ weight.T + bias.

    Shapes:
        x (N, D), weight (M, D), bias (M,) -> y (N, M),
        where D is in_features and M is out_features.

    Args:
        in_features, out_features: D and M.
        bias: whether each output adds a number of its own.
        dtype: of the parameters. An x of another dtype follows NumPy's rules for mixing.
        rng: a `numpy.random.Generator` for the first parameters.
    """

    def __init__(self, in_features, out_features, *, bias=True, dtype=np.float32, rng) -> None:
        draw = partial(uniform_by_fan_in, rng, fan_in=in_features, dtype=dtype)
        self.params = {"weight": draw((out_features, in_features))}
        if bias:
            self.params["bias"] = draw((out_features,))
        self.grads = {name: np.zeros_like(value) for name, value in self.params.items()}
        self.x = None

    def forward(self, x):
        """Return y, and keep x for `backward`: do not change x in between.

        Raises:
            ValueError: x does not fit the weight.
        """
        self.x = x
        return linear_forward(x, self.params["weight"], self.params.get("bias"))

    def backward(self, dy):
        """Set `grads` (anew: nothing adds up from call to call) and return dx.

        Shapes:
            dy (N, M) -> dx (N, D).

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        if self.x is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        dx, dweight, dbias = linear_backward(dy, self.x, self.params["weight"])
        gradients = {"weight": dweight, "bias": dbias}
        self.grads = {name: gradients[name] for name in self.params}
        return dx


class Flatten:
    """Turn each image into a row, channel by channel, each channel row by row.

    Shapes:
        x (N, C, H, W) -> y (N, C * H * W); any number of axes after the first will do.
    """

    def __init__(self) -> None:
        self.params, self.grads = {}, {}
        self.shape = None

    def forward(self, x):
        """Return y, and keep the shape of x for `backward`."""
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dy):
        """Give dy the shape of x again.

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        if self.shape is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        yshape = self.shape[0], int(np.prod(self.shape[1:]))
        if dy.shape != yshape:
            raise ValueError(f"dy has shape {dy.shape}, y has shape {yshape}")
        return dy.reshape(self.shape)
