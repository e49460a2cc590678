"""What dropout multiplies by: 0 for what it drops, 1 / (1 - p) for what it keeps."""

import numpy as np


def dropout_mask(u, p):
    """The factor of each number: 0 where u < p, 1 / (1 - p) elsewhere; all 0 for p = 1.

    Multiplying by it keeps the mean: a share 1 - p is kept, and counts 1 / (1 - p) times.
    The loss's gradient is multiplied by the same factors on its way back.

    Shapes:
        u of any shape -> the same shape.

    Args:
        u: draws, evenly spread from 0 up to, but not including, 1.
        p: the probability to be dropped.

    Raises:
        ValueError: p is no probability.

    Source:
        Srivastava et al. (2014), https://jmlr.org/papers/v15/srivastava14a.html
    """
    check_probability(p)
    mask = np.zeros_like(u)
    if p < 1:
        mask[u >= p] = 1 / (1 - p)
    return mask


def check_probability(p) -> None:
    """Stop if p lies outside of 0 to 1.

    Raises:
        ValueError: it does.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}, but a probability lies between 0 and 1")
