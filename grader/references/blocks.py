"""The torch twins of exercises that compute arrays: LeNet, blocks, and a gradient's way."""

import numpy as np
import torch
from torch.nn import functional

from grader.references.convolution_arrays import wide


def leaves(params: dict) -> dict[str, torch.Tensor]:
    """The parameters as tensors that collect gradients."""
    return {name: wide(value).requires_grad_() for name, value in params.items()}


def layer(p: dict[str, torch.Tensor], name: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight and bias of one layer."""
    return p[f"{name}.weight"], p[f"{name}.bias"]


class LeNet:
    """The loss and all gradients, by autograd."""

    def __init__(self, params: dict) -> None:
        self.params = params

    def loss_and_grads(self, x: np.ndarray, t: np.ndarray) -> tuple:
        """x (N, C, H, W), t (N,) -> the loss, and the gradients by name."""
        p = leaves(self.params)
        h = functional.conv2d(wide(x), *layer(p, "conv1"), padding=2)
        h = functional.conv2d(functional.max_pool2d(h.relu(), 2), *layer(p, "conv2"))
        h = functional.max_pool2d(h.relu(), 2).flatten(1)
        for name in ("fc1", "fc2"):
            h = functional.linear(h, *layer(p, name)).relu()
        loss = functional.cross_entropy(functional.linear(h, *layer(p, "fc3")), torch.tensor(t))
        loss.backward()
        return loss.item(), {name: own.grad.numpy().astype(x.dtype) for name, own in p.items()}


def nin_forward(x, weights, biases, stride=1, padding=0) -> np.ndarray:
    """x (N, C, H, W) through three convolutions, a ReLU behind each."""
    y = wide(x)
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        options = (stride, padding) if i == 0 else (1, 0)
        y = functional.conv2d(y, wide(w), wide(b), *options).relu()
    return y.numpy().astype(x.dtype)


def inception(x, params) -> np.ndarray:
    """x (N, C, H, W) -> the maps of four ways, (N, c1 + c2 + c3 + c4, H, W)."""
    p = {name: wide(value) for name, value in params.items()}
    x64 = wide(x)

    def way(y: torch.Tensor, *names: str) -> torch.Tensor:
        for name in names:
            side = p[f"{name}.weight"].shape[-1]
            y = functional.conv2d(y, *layer(p, name), padding=side // 2).relu()
        return y

    pooled = functional.max_pool2d(x64, 3, 1, padding=1)
    ways = way(x64, "1x1"), way(x64, "3x3_reduce", "3x3"), way(x64, "5x5_reduce", "5x5")
    return torch.cat([*ways, way(pooled, "pool_proj")], dim=1).numpy().astype(x.dtype)


def _residual(x: torch.Tensor, p: dict[str, torch.Tensor], stride: int) -> torch.Tensor:
    def norm(y: torch.Tensor, name: str) -> torch.Tensor:
        return functional.batch_norm(y, None, None, *layer(p, name), training=True)

    h = norm(functional.conv2d(x, p["conv1.weight"], None, stride, 1), "bn1").relu()
    branch = norm(functional.conv2d(h, p["conv2.weight"], padding=1), "bn2")
    if "shortcut.weight" in p:
        x = functional.conv2d(x, *layer(p, "shortcut"), stride=stride)
    return (branch + x).relu()


def residual_forward(x, params, stride=1) -> np.ndarray:
    """x (N, C, H, W) -> (N, F, OH, OW), normalized by the batch's own statistics."""
    p = {name: wide(value) for name, value in params.items()}
    return _residual(wide(x), p, stride).numpy().astype(x.dtype)


def residual_backward(dy, x, params, stride=1) -> tuple:
    """dy like the block's output -> dx, and the gradients by name, by autograd."""
    p, x64 = leaves(params), wide(x).requires_grad_()
    _residual(x64, p, stride).backward(wide(dy))
    grads = {name: own.grad.numpy().astype(x.dtype) for name, own in p.items()}
    return x64.grad.numpy().astype(x.dtype), grads


def grad_norms(x, weights, gain=1.0, residual=False, bn=False) -> np.ndarray:
    """x (N, D), weights a list of (D, D) -> the gradient's norm at every depth, by autograd."""
    h = wide(x).requires_grad_()
    depths = [h]
    for w in weights:
        a = functional.linear(h, gain * wide(w))
        branch = (functional.batch_norm(a, None, None, training=True) if bn else a).relu()
        h = h + branch if residual else branch
        h.retain_grad()
        depths.append(h)
    (h**2).mean().backward()
    return np.array([depth.grad.norm().item() for depth in depths]).astype(x.dtype)


SETTINGS = (
    {"gain": 0.5},
    {"gain": 2**0.5},
    {"gain": 2**0.5, "residual": True},
    {"gain": 2**0.5, "residual": True, "bn": True},
)


def fates(x, weights) -> tuple[str, ...]:
    """What becomes of the gradient in each of the four settings."""
    answers = []
    for options in SETTINGS:
        norms = grad_norms(x, weights, **options)
        ratio = norms[0] / norms[-1]
        small = "vanishes" if ratio < 1e-3 else "healthy"
        answers.append("explodes" if ratio > 1e3 else small)
    return tuple(answers)
