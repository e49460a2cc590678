"""Draw the first values of weights and biases, as PyTorch does."""

import numpy as np


def uniform_by_fan_in(rng, shape, *, fan_in: int, dtype=np.float32):
    """Draw from the uniform distribution between -1 / sqrt(fan_in) and 1 / sqrt(fan_in).

    PyTorch calls this Kaiming's uniform initialisation with a = sqrt(5), where the constants
    cancel to this bound. It uses it for the weights and biases of its convolutions and linear
    layers.

    Args:
        rng: a `numpy.random.Generator`.
        shape: of the array to make.
        fan_in: how many inputs one output is computed from.
        dtype: of the array to make.

    Source:
        He, Zhang, Ren & Sun (2015), section 2.2, https://arxiv.org/abs/1502.01852
    """
    bound = 1 / np.sqrt(fan_in)
    return rng.uniform(-bound, bound, shape).astype(dtype)
