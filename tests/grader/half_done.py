"""A convolution as a beginner writes it first: one stride, one padding, nothing else."""

import numpy as np


def correlate(x, w, b, stride, padding):
    """x (N, C, H, W), w (F, C, KH, KW), b (F,) or None -> y (N, F, OH, OW)."""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    (N, _, H, W), (F, _, KH, KW) = x.shape, w.shape
    y = np.zeros((N, F, (H - KH) // stride + 1, (W - KW) // stride + 1), dtype=x.dtype)
    for f, i, j in np.ndindex(y.shape[1:]):
        window = x[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
        y[:, f, i, j] = np.sum(window * w[f], axis=(1, 2, 3)) + (0 if b is None else b[f])
    return y
