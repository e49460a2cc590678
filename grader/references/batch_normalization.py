"""The torch twins of the batch normalization chapter's exercises.

Everything is computed in float64 and only then cast to the dtype of the input.
"""

import numpy as np
import torch
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_weights

from grader.references.convolution_arrays import wide


def bn_forward_train(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5) -> tuple:
    """x (N, C) or (N, C, H, W) -> y like x, new_mean and new_var (C,)."""
    mean, var = wide(running_mean), wide(running_var)
    y = functional.batch_norm(wide(x), mean, var, wide(gamma), wide(beta), True, momentum, eps)
    return tuple(array.numpy().astype(x.dtype) for array in (y, mean, var))


def bn_eval(x, gamma, beta, running_mean, running_var, eps=1e-5) -> np.ndarray:
    """x (N, C) or (N, C, H, W) -> y like x, by the running statistics."""
    arrays = (wide(array) for array in (x, running_mean, running_var, gamma, beta))
    return functional.batch_norm(*arrays, training=False, eps=eps).numpy().astype(x.dtype)


def bn_backward(dy, x, gamma, eps) -> tuple:
    """dy like x -> the gradients dx, dgamma, dbeta, by autograd."""
    leaves = wide(x), wide(gamma), torch.zeros(len(gamma), dtype=torch.float64)
    for leaf in leaves:
        leaf.requires_grad_()
    y = functional.batch_norm(leaves[0], None, None, *leaves[1:], training=True, eps=eps)
    return tuple(g.numpy().astype(x.dtype) for g in torch.autograd.grad(y, leaves, wide(dy)))


def spatial_bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5) -> tuple:
    """x (N, C, H, W) -> y like x, new_mean and new_var (C,)."""
    return bn_forward_train(x, gamma, beta, running_mean, running_var, momentum, eps)


def fold_bn(w, b, gamma, beta, running_mean, running_var, eps) -> tuple:
    """w (F, C, KH, KW), b (F,) or None -> w2 (F, C, KH, KW), b2 (F,)."""
    bias = None if b is None else wide(b)
    statistics = wide(running_mean), wide(running_var)
    fused = fuse_conv_bn_weights(wide(w), bias, *statistics, eps, wide(gamma), wide(beta))
    return tuple(array.detach().numpy().astype(w.dtype) for array in fused)


def to_torch_momentum(momentum: float, convention: str) -> float:
    """The weight of the new value; torch's momentum is that weight."""
    if convention == "torch":
        return momentum
    # One step from the old value 0 to the new value 1, as Keras and D2L take it.
    old, new = torch.zeros(1, dtype=torch.float64), torch.ones(1, dtype=torch.float64)
    return float(momentum * old + (1 - momentum) * new)


def running_after(x, k, momentum, convention) -> tuple:
    """x (N, C), k times -> the running mean and variance (C,), by k steps of batch_norm."""
    weight = to_torch_momentum(momentum, convention)
    mean = torch.zeros(x.shape[1], dtype=torch.float64)
    var = torch.ones_like(mean)
    # torch stores the unbiased variance, Keras and D2L the biased one.
    shrink = 1.0 if convention == "torch" else (len(x) - 1) / len(x)
    for _ in range(k):
        new_mean, new_var = mean.clone(), var.clone()
        functional.batch_norm(wide(x), new_mean, new_var, training=True, momentum=1.0)
        mean = torch.lerp(mean, new_mean, weight)
        var = torch.lerp(var, new_var * shrink, weight)
    return tuple(array.numpy().astype(x.dtype) for array in (mean, var))
