"""Batch normalization as a layer: it learns a scale and a shift, and remembers running statistics.

It has two faces, as torch's has: after `train()` it uses the batch's own mean and variance and
updates the running ones; after `eval()` it uses the running ones and changes nothing.
"""

import numpy as np

from convnet.functional.batch_norm import (
    batch_norm_backward,
    batch_norm_backward_eval,
    batch_norm_forward,
    batch_statistics,
    numbers_per_channel,
)


class BatchNorm2d:
    """Normalize each channel over all images and pixels of the batch.

    y = weight * (x - mean) / sqrt(var + eps) + bias

    Shapes:
        x (N, C, H, W), weight (C,), bias (C,) -> y like x.

    Args:
        num_features: C.
        eps: added to the variance, inside the root.
        momentum: how much a new batch counts in the running statistics.
        dtype: of the parameters and the running statistics.

    Attributes:
        buffers: `running_mean` and `running_var` (unbiased), which are kept but not learned.
        training: whether the batch's own statistics are used.

    Source:
        Ioffe & Szegedy (2015), https://arxiv.org/abs/1502.03167
    """

    axes = 4

    def __init__(self, num_features, eps=1e-5, momentum=0.1, *, dtype=np.float32) -> None:
        ones, zeros = np.ones(num_features, dtype=dtype), np.zeros(num_features, dtype=dtype)
        self.eps, self.momentum, self.training = eps, momentum, True
        self.params = {"weight": ones.copy(), "bias": zeros.copy()}
        self.grads = {"weight": zeros.copy(), "bias": zeros.copy()}
        self.buffers = {"running_mean": zeros, "running_var": ones}
        self.x = None

    def train(self, mode: bool = True):
        """Use the batch's own statistics (or, with False, the running ones); return the layer."""
        self.training = mode
        return self

    def eval(self):
        """Use the running statistics from now on; return the layer."""
        return self.train(False)

    def forward(self, x):
        """Return y, and keep x for `backward`; in training, update the running statistics.

        Raises:
            ValueError: x does not fit, or in training has only one number for each channel.
        """
        if x.ndim != self.axes:
            name = type(self).__name__
            raise ValueError(f"x has {x.ndim} axes, {name} needs {self.axes}")
        statistics = batch_statistics(x) if self.training else self.buffers.values()
        y = batch_norm_forward(x, *self.params.values(), *statistics, eps=self.eps)
        if self.training:
            self._remember(x, *statistics)
        self.x = x
        return y

    def _remember(self, x, mean, var) -> None:
        m = numbers_per_channel(x)
        new = {"running_mean": mean, "running_var": var * (m / (m - 1))}
        for name, old in self.buffers.items():
            mixed = (1 - self.momentum) * old + self.momentum * new[name]
            self.buffers[name] = mixed.astype(old.dtype)

    def backward(self, dy):
        """Set `grads` (anew: nothing adds up from call to call) and return dx.

        Call it in the same mode as the forward pass it belongs to.

        Shapes:
            dy like y -> dx like x.

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        if self.x is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        weight = self.params["weight"]
        if self.training:
            dx, dweight, dbias = batch_norm_backward(dy, self.x, weight, eps=self.eps)
        else:
            statistics = self.buffers.values()
            arrays = (dy, self.x, weight, *statistics)
            dx, dweight, dbias = batch_norm_backward_eval(*arrays, eps=self.eps)
        self.grads = {"weight": dweight, "bias": dbias}
        return dx


class BatchNorm1d(BatchNorm2d):
    """Normalize each feature over all rows of the batch.

    y = weight * (x - mean) / sqrt(var + eps) + bias

    Shapes:
        x (N, C), weight (C,), bias (C,) -> y like x.
    """

    axes = 2
