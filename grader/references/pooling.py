"""The torch twins of the pooling chapter's exercises, computed in float64."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from grader.references.convolution_arrays import wide


def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1) -> int:
    """The length that `max_pool1d` gives."""
    row = torch.zeros(1, 1, n)
    return functional.max_pool1d(row, k, stride, padding, dilation, ceil_mode).shape[-1]


def maxpool2d_forward(x, k, stride=None, padding=0, dilation=1, ceil_mode=False) -> np.ndarray:
    """x (N, C, H, W) -> (N, C, OH, OW)."""
    y = functional.max_pool2d(wide(x), k, stride, padding, dilation, ceil_mode)
    return y.numpy().astype(x.dtype)


def maxpool2d_backward(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False) -> np.ndarray:
    """dy (N, C, OH, OW), x (N, C, H, W) -> dx (N, C, H, W), by autograd."""
    settings = (k, stride, padding, dilation, ceil_mode)
    return backward(lambda leaf: functional.max_pool2d(leaf, *settings), dy, x)


def avgpool2d_forward(
    x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True
) -> np.ndarray:
    """x (N, C, H, W) -> (N, C, OH, OW)."""
    y = functional.avg_pool2d(wide(x), k, stride, padding, ceil_mode, count_include_pad)
    return y.numpy().astype(x.dtype)


def avgpool2d_backward(
    dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True
) -> np.ndarray:
    """dy (N, C, OH, OW), x (N, C, H, W) -> dx (N, C, H, W), by autograd."""
    settings = (k, stride, padding, ceil_mode, count_include_pad)
    return backward(lambda leaf: functional.avg_pool2d(leaf, *settings), dy, x)


def gap(x: np.ndarray) -> np.ndarray:
    """x (N, C, H, W) -> (N, C)."""
    return functional.adaptive_avg_pool2d(wide(x), 1)[:, :, 0, 0].numpy().astype(x.dtype)


def gap_backward(dy: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """dy (N, C) -> dx of that shape, by autograd."""
    x = np.zeros(shape, dtype=dy.dtype)
    return backward(lambda leaf: functional.adaptive_avg_pool2d(leaf, 1)[:, :, 0, 0], dy, x)


def backward(layer, dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The gradient by x of a layer whose output has the gradient dy."""
    leaf = wide(x).requires_grad_()
    [dx] = torch.autograd.grad(layer(leaf), leaf, wide(dy))
    return dx.numpy().astype(x.dtype)


def relative_change(pool, T, X) -> float:
    """The mean over the images of |pool(T(X)) - pool(X)| / |pool(X)|, with Euclidean norms."""
    X = np.asarray(X, dtype=np.float64)
    before, after = (torch.from_numpy(pool(x).reshape(len(X), -1).copy()) for x in (X, T(X)))
    return float(torch.mean(torch.norm(after - before, dim=1) / torch.norm(before, dim=1)))


def findings(X: np.ndarray) -> tuple[int, int, int]:
    """The answers to the three questions, measured."""
    steady = sum(change(whole, T, X) < 0.01 for T in CHANGES)
    side = next(k for k in (1, 2, 4, 7, 14) if change(largest(k), moved(1), X) < 0.4)
    limit = change(largest(1), moved(1), X)
    columns = next(c for c in range(1, 28) if change(largest(2), moved(c), X) > limit)
    return steady, side, columns


def change(pool, T, X: np.ndarray) -> float:
    """`relative_change` for functions of tensors."""
    return relative_change(lambda x: pool(wide(x)).numpy(), lambda x: T(wide(x)).numpy(), X)


def whole(x: torch.Tensor) -> torch.Tensor:
    """Global average pooling."""
    return functional.adaptive_avg_pool2d(x, 1)


def largest(k: int):
    """Max pooling with k × k windows side by side."""
    return lambda x: functional.max_pool2d(x, k)


def moved(columns: int, rows: int = 0):
    """A move to the right and down, by so many pixels; zeros come in."""
    return lambda x: functional.pad(x, (columns, -columns, rows, -rows))


CHANGES = (
    moved(1),
    moved(0, 2),
    lambda x: torch.rot90(x, 1, (2, 3)),
    lambda x: x.flip(3),
    lambda x: x.flip(2),
    lambda x: 0.8 * x,
)
