"""Normalize each channel by a mean and a variance, and go back through both.

In training they are the batch's own, so every number of a channel acts on all of its outputs;
in evaluation they are given, and the layer is one factor and one offset for each channel.
"""

import numpy as np


def batch_statistics(x):
    """The mean and the biased variance of each channel.

    Shapes:
        x (N, C) or (N, C, H, W) -> mean (C,), var (C,).

    Raises:
        ValueError: x has other axes, or only one number for each channel.
    """
    m = numbers_per_channel(x)
    if m < 2:
        raise ValueError(f"x has shape {x.shape}: m={m} number a channel has no variance")
    return x.mean(axis=_axes(x)), x.var(axis=_axes(x))


def batch_norm_forward(x, weight, bias, mean, var, *, eps=1e-5):
    """weight * (x - mean) / sqrt(var + eps) + bias, for each channel.

    Shapes:
        x (N, C) or (N, C, H, W), the others (C,) -> y like x.

    Raises:
        ValueError: x has other axes, or another number of channels than weight.
    """
    check_channels(x, weight)
    scale = weight / np.sqrt(var + eps)
    return (x - _wide(mean, x)) * _wide(scale, x) + _wide(bias, x)


def batch_norm_backward(dy, x, weight, *, eps=1e-5):
    """The loss's gradients in training, where mean and variance are those of x itself.

    With xhat = (x - mean) / sqrt(var + eps) and means over the batch,
    dx = weight / sqrt(var + eps) * (dy - mean(dy) - xhat * mean(dy * xhat)).

    Shapes:
        dy and x (N, C) or (N, C, H, W), weight (C,) -> dx like x, dweight (C,), dbias (C,).

    Raises:
        ValueError: as for `batch_statistics`, or dy does not have the shape of x.

    Source:
        Ioffe & Szegedy (2015), section 3, https://arxiv.org/abs/1502.03167
    """
    mean, var = batch_statistics(x)
    m = numbers_per_channel(x)
    factor, dweight, dbias = batch_norm_backward_eval(dy, x, weight, mean, var, eps=eps)
    xhat = (x - _wide(mean, x)) / _wide(np.sqrt(var + eps), x)
    by_mean, by_var = _wide(dbias / m, x), xhat * _wide(dweight / m, x)
    dx = factor - _wide(weight / np.sqrt(var + eps), x) * (by_mean + by_var)
    return dx, dweight, dbias


def batch_norm_backward_eval(dy, x, weight, mean, var, *, eps=1e-5):
    """The loss's gradients where mean and variance are constants.

    Shapes:
        dy and x (N, C) or (N, C, H, W), the others (C,) -> dx like x, dweight (C,), dbias (C,).

    Raises:
        ValueError: x has other axes or channels than weight, or dy another shape than x.
    """
    check_channels(x, weight)
    if dy.shape != x.shape:
        raise ValueError(f"dy has shape {dy.shape}, y has shape {x.shape}")
    root = np.sqrt(var + eps)
    xhat = (x - _wide(mean, x)) / _wide(root, x)
    dweight, dbias = (dy * xhat).sum(axis=_axes(x)), dy.sum(axis=_axes(x))
    return dy * _wide(weight / root, x), dweight, dbias


def fold_batch_norm(weight, bias, norm_weight, norm_bias, mean, var, *, eps=1e-5):
    """The kernels and biases that do alone what a convolution and then a normalization did.

    Shapes:
        weight (F, C, KH, KW), bias (F,) or None, the others (F,) -> like weight, (F,).
    """
    scale = norm_weight / np.sqrt(var + eps)
    shifted = -mean if bias is None else bias - mean
    return weight * scale[:, None, None, None], shifted * scale + norm_bias


def numbers_per_channel(x) -> int:
    """How many numbers share a mean: N, or N * H * W."""
    return x.size // max(x.shape[1], 1)


def check_channels(x, weight) -> None:
    """Check that x has rows or images, with as many channels as weight.

    Raises:
        ValueError: it has not.
    """
    if x.ndim not in (2, 4):
        raise ValueError(f"x has {x.ndim} axes, it needs 2 (N, C) or 4 (N, C, H, W)")
    if x.shape[1] != len(weight):
        raise ValueError(f"x has C={x.shape[1]} channels, weight has {len(weight)}")


def _axes(x) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _wide(values, x):
    return values.reshape(1, -1, *(1 for _ in x.shape[2:]))
