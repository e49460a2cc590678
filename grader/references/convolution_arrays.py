"""The torch twins of the exercises that compute arrays: convolve, go backward, unfold.

Everything is computed in float64 and only then cast to the dtype of the input, so that the
expected values do not depend on how torch sums in float32 on one processor or another.
"""

import numpy as np
import torch
from torch.nn import functional


def cross_correlate2d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """x (H, W), w (KH, KW) -> (H - KH + 1, W - KW + 1)."""
    return functional.conv2d(wide(x)[None, None], wide(w)[None, None])[0, 0].numpy().astype(x.dtype)


def conv2d_forward(x, w, b, stride=1, padding=0, dilation=1, groups=1) -> np.ndarray:
    """x (N, C, H, W), w (F, C/groups, KH, KW), b (F,) or None -> (N, F, OH, OW)."""
    bias = None if b is None else wide(b)
    y = functional.conv2d(wide(x), wide(w), bias, stride, padding, dilation, groups)
    return y.numpy().astype(x.dtype)


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1) -> tuple:
    """dy (N, F, OH, OW) -> the gradients dx, dw, db, by autograd."""
    leaves = wide(x), wide(w), torch.zeros(len(w), dtype=torch.float64)
    for leaf in leaves:
        leaf.requires_grad_()
    y = functional.conv2d(*leaves, stride, padding, dilation, groups)
    return tuple(g.numpy().astype(x.dtype) for g in torch.autograd.grad(y, leaves, wide(dy)))


def im2col(x, KH, KW, stride=1, padding=0, dilation=1) -> np.ndarray:
    """x (N, C, H, W) -> (N, C * KH * KW, OH * OW), one window a column."""
    cols = functional.unfold(wide(x), (KH, KW), dilation, padding, stride)
    return cols.numpy().astype(x.dtype)


def col2im(cols, xshape, KH, KW, stride=1, padding=0, dilation=1) -> np.ndarray:
    """cols (N, C * KH * KW, OH * OW) -> (N, C, H, W), overlaps summed."""
    x = functional.fold(wide(cols), xshape[2:], (KH, KW), dilation, padding, stride)
    return x.numpy().astype(cols.dtype)


def conv2d_fast(x, w, b, stride=1, padding=0, dilation=1) -> np.ndarray:
    """x (N, C, H, W), w (F, C, KH, KW), b (F,) or None -> (N, F, OH, OW)."""
    return conv2d_forward(x, w, b, stride, padding, dilation)


def conv1x1(x: np.ndarray, w: np.ndarray, b: np.ndarray | None) -> np.ndarray:
    """x (N, C, H, W), w (F, C), b (F,) or None -> (N, F, H, W)."""
    return conv2d_forward(x, w[:, :, None, None], b)


def wide(array: np.ndarray) -> torch.Tensor:
    """A float64 tensor of its own, whatever the array's dtype and strides."""
    return torch.tensor(np.ascontiguousarray(array), dtype=torch.float64)
