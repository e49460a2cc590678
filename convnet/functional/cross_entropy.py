"""Softmax and cross-entropy together, by log-sum-exp."""

import numpy as np


def log_softmax(z):
    """The logarithms of the probabilities that the logits of a row stand for.

    Subtracting the largest logit changes no probability, and keeps exp from overflowing.

    Shapes:
        z (N, K) -> (N, K).
    """
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_cross_entropy(z, t):
    """The mean of -log p[t], and its gradient by the logits, (p - onehot) / N.

    Shapes:
        z (N, K), t (N,) of whole numbers from 0 to K - 1 -> a number, dz (N, K).

    Raises:
        ValueError: the shapes do not go together, or t names a class that is not there.
    """
    check_targets(z, t)
    rows = np.arange(len(z))
    log_p = log_softmax(z)
    dz = np.exp(log_p)
    dz[rows, t] -= 1
    return -log_p[rows, t].mean(), dz / len(z)


def check_targets(z, t) -> None:
    """Check that there is one target for each row, and a column for each target.

    Raises:
        ValueError: there is not; the message names both sides.
    """
    if z.ndim != 2:
        raise ValueError(f"z has {z.ndim} axes, it needs 2")
    if t.shape != (len(z),) or t.dtype.kind not in "iu":
        raise ValueError(
            f"t has shape {t.shape} and dtype {t.dtype}, z asks for {len(z)} whole numbers"
        )
    if len(t) and not 0 <= t.min() <= t.max() < z.shape[1]:
        raise ValueError(f"t names classes {t.min()} to {t.max()}, z has K={z.shape[1]} of them")
