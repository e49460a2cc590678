"""The torch twins of the dropout chapter's exercises.

Everything is computed in float64 and only then cast to the dtype of the input. torch draws its
masks itself; where a draw decides, the given draws take its place, and autograd tells the mask.
"""

import numpy as np
import torch
from torch.nn import functional

from grader.references.convolution_arrays import wide


def thinned(x: torch.Tensor, u: torch.Tensor, p: float, *, train: bool) -> torch.Tensor:
    """What torch's dropout makes of x, if u are the numbers that it draws."""
    if not train or p in (0, 1):
        # Nothing is left to chance here.
        return functional.dropout(x, p, training=train)
    return torch.where(u >= p, x / (1 - p), torch.zeros_like(x))


def slope(y: torch.Tensor, x: torch.Tensor, dy: torch.Tensor) -> torch.Tensor:
    """The gradient by x; zeros if y does not depend on it."""
    return torch.autograd.grad(y, x, dy, materialize_grads=True)[0]


def dropout(x, u, p, train) -> tuple:
    """x and u of the same shape -> y and mask like x."""
    leaf = wide(x).requires_grad_()
    y = thinned(leaf, wide(u), p, train=train)
    mask = slope(y, leaf, torch.ones_like(y))
    return y.detach().numpy().astype(x.dtype), mask.numpy().astype(x.dtype)


def dropout_backward(dy, mask) -> np.ndarray:
    """dy and mask of the same shape -> dx, by autograd."""
    leaf = torch.zeros(dy.shape, dtype=torch.float64, requires_grad=True)
    return slope(leaf * wide(mask), leaf, wide(dy)).numpy().astype(dy.dtype)


def to_inverted(w_next, p) -> np.ndarray:
    """The weights that do in every pass what w_next did in 2012's."""
    # Such a network scaled in evaluation; what comes out of an input of 1 is the weight.
    return (wide(w_next) * (1 - p)).numpy().astype(w_next.dtype)


def predict_old(x, w_next, b_next, p) -> np.ndarray:
    """x (N, D), w_next (M, D), b_next (M,) -> (N, M), by the mean network of 2012."""
    kept = wide(x) * (1 - p)
    return functional.linear(kept, wide(w_next), wide(b_next)).numpy().astype(x.dtype)


def dropout2d(x, u, p, train) -> tuple:
    """x (N, C, H, W), u (N, C) -> y like x, mask (N, C)."""
    each = torch.ones(u.shape, dtype=torch.float64, requires_grad=True)
    scale = thinned(each, wide(u), p, train=train)
    mask = slope(scale, each, torch.ones_like(scale)).numpy()
    y = scale.detach()[:, :, None, None] * wide(x)
    return y.numpy().astype(x.dtype), mask.astype(x.dtype)


def dropout2d_backward(dy, mask) -> np.ndarray:
    """dy (N, C, H, W), mask (N, C) -> dx like dy, by autograd."""
    leaf = torch.zeros(dy.shape, dtype=torch.float64, requires_grad=True)
    y = leaf * wide(mask)[:, :, None, None]
    return slope(y, leaf, wide(dy)).numpy().astype(dy.dtype)


def dropconnect(x, w, b, u, p, train) -> tuple:
    """x (N, D), w and u (M, D), b (M,) -> y (N, M), mask (M, D)."""
    leaf = torch.ones(w.shape, dtype=torch.float64, requires_grad=True)
    scale = thinned(leaf, wide(u), p, train=train)
    mask = slope(scale, leaf, torch.ones_like(scale)).numpy()
    y = functional.linear(wide(x), wide(w) * scale.detach(), wide(b))
    return y.numpy().astype(x.dtype), mask.astype(x.dtype)


def dropconnect_backward(dy, x, w, mask) -> tuple:
    """dy (N, M), x (N, D), w and mask (M, D) -> the gradients dx, dw, db, by autograd."""
    leaves = wide(x), wide(w), torch.zeros(len(w), dtype=torch.float64)
    for leaf in leaves:
        leaf.requires_grad_()
    y = functional.linear(leaves[0], leaves[1] * wide(mask), leaves[2])
    return tuple(g.numpy().astype(x.dtype) for g in torch.autograd.grad(y, leaves, wide(dy)))


def dropout_moments(x, w, b, p) -> tuple:
    """x (N, D), w (M, D), b (M,) -> the mean and variance (N, M) over all 2 ** D masks."""
    count = x.shape[1]
    kept = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * count)
    kept = kept.reshape(-1, count)
    chance = (kept * (1 - p) + (1 - kept) * p).prod(1)[:, None, None]
    y = functional.linear(wide(x) * kept[:, None] / (1 - p), wide(w), wide(b))
    mean = (chance * y).sum(0)
    var = (chance * (y - mean) ** 2).sum(0)
    return mean.numpy().astype(x.dtype), var.numpy().astype(x.dtype)
