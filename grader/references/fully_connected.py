"""The torch twins of the chapter on fully connected layers.

As everywhere, they compute in float64 and only then cast to the dtype of the input.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from grader.references.convolution_arrays import wide

AUTOGRAD_BELOW = 1e-4


def linear(x, w, b) -> np.ndarray:
    """x (N, D), w (M, D), b (M,) or None -> (N, M)."""
    bias = None if b is None else wide(b)
    return functional.linear(wide(x), wide(w), bias).numpy().astype(x.dtype)


def linear_backward(dy, x, w) -> tuple[np.ndarray, ...]:
    """dy (N, M) -> the gradients dx, dw, db, by autograd."""
    leaves = wide(x), wide(w), torch.zeros(len(w), dtype=torch.float64)
    return _gradients(functional.linear, leaves, dy, x.dtype)


def _gradients(function, leaves, dy, dtype) -> tuple[np.ndarray, ...]:
    """What autograd sends from dy back to the leaves."""
    for leaf in leaves:
        leaf.requires_grad_()
    found = torch.autograd.grad(function(*leaves), leaves, wide(dy))
    return tuple(gradient.numpy().astype(dtype) for gradient in found)


def _forward(function, x, **options) -> np.ndarray:
    return function(wide(x), **options).numpy().astype(x.dtype)


def _backward(function, dy, x, **options) -> np.ndarray:
    return _gradients(partial(function, **options), [wide(x)], dy, x.dtype)[0]


def leaky_relu(x, negative_slope=0.01) -> np.ndarray:
    """Each number itself if positive, else times the slope."""
    return _forward(functional.leaky_relu, x, negative_slope=negative_slope)


def leaky_relu_backward(dy, x, negative_slope=0.01) -> np.ndarray:
    """dy times the slope of leaky_relu at x."""
    return _backward(functional.leaky_relu, dy, x, negative_slope=negative_slope)


relu = partial(_forward, functional.relu)
relu_backward = partial(_backward, functional.relu)
sigmoid = partial(_forward, torch.sigmoid)
sigmoid_backward = partial(_backward, torch.sigmoid)
tanh = partial(_forward, torch.tanh)
tanh_backward = partial(_backward, torch.tanh)
# torch returns x itself from 20 on, where the slope still differs from 1 by 2e-9.
softplus = partial(_forward, functional.softplus, threshold=50)
softplus_backward = partial(_backward, functional.softplus, threshold=50)


def prelu(x, a) -> np.ndarray:
    """x (N, C, …), a (C,) or (1,) -> like x."""
    return functional.prelu(wide(x), wide(a)).numpy().astype(x.dtype)


def prelu_backward(dy, x, a) -> tuple[np.ndarray, ...]:
    """dy like x -> dx like x and da like a."""
    return _gradients(functional.prelu, (wide(x), wide(a)), dy, x.dtype)


def softmax_cross_entropy(z, t) -> tuple:
    """z (N, K), t (N,) -> the mean loss and dz (N, K)."""
    logits = wide(z).requires_grad_()
    loss = functional.cross_entropy(logits, torch.tensor(np.array(t)))
    (dz,) = torch.autograd.grad(loss, logits)
    return float(loss.detach()), dz.numpy().astype(z.dtype)


def flatten(x) -> np.ndarray:
    """x (N, C, H, W) -> (N, C * H * W)."""
    return nn.Flatten()(wide(x)).numpy().astype(x.dtype)


def unflatten(y, chw) -> np.ndarray:
    """y (N, C * H * W) -> (N, C, H, W)."""
    return nn.Unflatten(1, chw)(wide(y)).numpy().astype(y.dtype)


def fc_to_conv(w, chw) -> np.ndarray:
    """w (M, C * H * W) -> (M, C, H, W): what each output weighs each pixel with.

    Found from what a linear layer does to images that are black but for one pixel.
    """
    size = int(np.prod(chw))
    pixels = torch.eye(size, dtype=torch.float64).reshape(size, *chw)
    answers = functional.linear(nn.Flatten()(pixels), wide(w))
    return answers.T.reshape(len(w), *chw).numpy().astype(w.dtype)


def score_map(x, w, b, chw) -> np.ndarray:
    """x (N, C, H, W), w (M, C * KH * KW), b -> (N, M, H - KH + 1, W - KW + 1)."""
    bias = None if b is None else wide(b)
    kernels = wide(w).reshape(len(w), *chw)
    return functional.conv2d(wide(x), kernels, bias).numpy().astype(x.dtype)


def numerical_grad(f, x, h=1e-5) -> np.ndarray:
    """The gradient of f at x; for a step that can be seen, the central difference itself.

    f brings its own text along, and torch reads it as a function of tensors.
    """
    twin = eval(f.paste, {"np": torch})
    if h <= AUTOGRAD_BELOW:
        leaf = wide(x).requires_grad_()
        return torch.autograd.grad(twin(leaf), leaf)[0].numpy().astype(x.dtype)
    return _central(twin, wide(x), h).numpy().astype(x.dtype)


def _central(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, h: float) -> torch.Tensor:
    steps = h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return torch.stack(slopes).reshape(x.shape)


def relative_error(a, b) -> float:
    """The largest |a - b| / max(|a|, |b|, 1e-8)."""
    a, b = wide(a), wide(b)
    scale = torch.maximum(a.abs(), b.abs()).clamp(min=1e-8)
    return float(((a - b).abs() / scale).max())


def head_params(C, H, W, classes, kind) -> int:  # noqa: N803 as in the exercise
    """The numbers that the head learns, counted on torch's layers."""
    linear_layer = partial(nn.Linear, device="meta")
    heads = {
        "fc": lambda: [nn.Flatten(), linear_layer(C * H * W, classes)],
        "fc4096": lambda: [
            *(nn.Flatten(), linear_layer(C * H * W, 4096), nn.ReLU()),
            *(linear_layer(4096, 4096), nn.ReLU(), linear_layer(4096, classes)),
        ],
        "gap": lambda: [nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear_layer(C, classes)],
        "conv1x1+gap": lambda: [nn.Conv2d(C, classes, 1, device="meta"), nn.AdaptiveAvgPool2d(1)],
    }
    head = nn.Sequential(*heads[kind]())
    return sum(parameter.numel() for parameter in head.parameters())
