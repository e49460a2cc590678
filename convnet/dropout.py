"""Dropout as a layer: in training it switches off a random part of what goes through.

It has two faces, as batch normalization has: after `train()` it draws a mask at every forward
call; after `eval()` it does nothing.
"""

import numpy as np

from convnet.functional.dropout import check_probability, dropout_mask


class Dropout:
    """Multiply each number by 0, with probability p, or else by 1 / (1 - p).

    Shapes:
        x of any shape -> y like x.

    Args:
        p: the probability to be dropped.
        rng: the `numpy.random.Generator` that draws the masks.

    Attributes:
        mask: the factors of the last forward call in training.
        training: whether anything is dropped.

    Raises:
        ValueError: p is no probability.

    Source:
        Srivastava et al. (2014), https://jmlr.org/papers/v15/srivastava14a.html
    """

    def __init__(self, p=0.5, *, rng) -> None:
        check_probability(p)
        self.p, self.rng, self.training = p, rng, True
        self.params, self.grads = {}, {}
        self.mask = self.shape = None

    def train(self, mode: bool = True):
        """Drop from now on (or, with False, do nothing); return the layer."""
        self.training = mode
        return self

    def eval(self):
        """Do nothing from now on; return the layer."""
        return self.train(False)

    def mask_shape(self, x) -> tuple[int, ...]:
        """One factor for each number."""
        return x.shape

    def forward(self, x):
        """Return y, and in training keep the mask for `backward`.

        Raises:
            ValueError: x does not have the axes that the layer needs.
        """
        shape = self.mask_shape(x)
        mask = dropout_mask(self.rng.random(shape), self.p) if self.training else np.ones(())
        self.shape, self.mask = x.shape, mask.astype(x.dtype)
        return x * self.mask

    def backward(self, dy):
        """Return dx = dy * mask, with the mask of the forward call.

        Shapes:
            dy like y -> dx like x.

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        if self.shape is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        if dy.shape != self.shape:
            raise ValueError(f"dy has shape {dy.shape}, y has shape {self.shape}")
        return dy * self.mask


class Dropout2d(Dropout):
    """Multiply each map by 0, with probability p, or else by 1 / (1 - p).

    Shapes:
        x (N, C, H, W) -> y like x; every channel of every image has a factor of its own.

    Source:
        Tompson et al. (2015), https://arxiv.org/abs/1411.4280
    """

    def mask_shape(self, x) -> tuple[int, ...]:
        """One factor for each map.

        Raises:
            ValueError: x has not four axes.
        """
        if x.ndim != 4:
            raise ValueError(f"x has {x.ndim} axes, Dropout2d needs 4 (N, C, H, W)")
        return *x.shape[:2], 1, 1
