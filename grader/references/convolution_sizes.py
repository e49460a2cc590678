"""The torch twins of the exercises about sizes: measured on torch's layers, not calculated."""

import warnings
from collections.abc import Callable
from itertools import accumulate, count
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import conv1d

Layer = dict[str, Any]
Pair = tuple[int, int]


def conv_out(n: int, k: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """The length of what torch's convolution makes of n pixels."""
    x, w = torch.zeros(1, 1, n), torch.zeros(1, 1, k)
    return conv1d(x, w, None, stride, padding, dilation).shape[-1]


def same_pads(n: int, k: int, stride: int = 1, dilation: int = 1) -> Pair:
    """The zeros that padding='same' adds before and after a row of n pixels.

    torch has it for stride 1 only. For other strides: the fewest zeros with which torch's
    convolution makes ceil(n / stride) pixels, an odd one after, as TensorFlow does.
    """
    if stride == 1:
        return _same_pads_of_torch(k, dilation)
    fewest = max(dilation * (k - 1) + 1 - n, 0)
    for total in count(fewest):
        if conv_out(n + total, k, stride, 0, dilation) == -(-n // stride):
            return total // 2, total - total // 2
    raise AssertionError("unreachable: enough zeros always reach the length")


def _same_pads_of_torch(k: int, dilation: int) -> Pair:
    """Kernels that only copy their first or last pixel move the row by as much as is padded."""
    ones = torch.ones(1, 1, 2 * dilation * k)
    first, last = torch.zeros(2, 1, 1, k).unbind()
    first[..., 0] = last[..., -1] = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns that an even kernel costs it a copy
        moved = [conv1d(ones, w, padding="same", dilation=dilation) for w in (first, last)]
    before, after = (int((y == 0).sum()) for y in moved)
    return before, after


def describe(net: list[Layer], input_shape: tuple[int, ...]) -> list[tuple[tuple[int, ...], int]]:
    """The shape after each layer of the nn.Sequential, and its number of parameters."""
    x = torch.zeros(1, *input_shape, device="meta")
    described = []
    for layer in net:
        module = MODULES[layer["kind"]](layer, x.shape[1]).eval()
        x = module(x)
        described.append((tuple(x.shape[1:]), sum(p.numel() for p in module.parameters())))
    return described


def _conv(layer: Layer, channels: int) -> nn.Module:
    s, p, d = layer.get("s", 1), layer.get("p", 0), layer.get("d", 1)
    groups, bias = layer.get("groups", 1), layer.get("bias", True)
    return nn.Conv2d(channels, layer["out"], layer["k"], s, p, d, groups, bias, device="meta")


def _pool(kind: type[nn.Module]) -> Callable[[Layer, int], nn.Module]:
    def build(layer: Layer, _: int) -> nn.Module:
        s, p, ceil = layer.get("s"), layer.get("p", 0), layer.get("ceil", False)
        return kind(layer["k"], s, p, ceil_mode=ceil)

    return build


def _linear(layer: Layer, features: int) -> nn.Module:
    return nn.Linear(features, layer["out"], layer.get("bias", True), device="meta")


MODULES: dict[str, Callable[[Layer, int], nn.Module]] = {
    "conv": _conv,
    "bn": lambda _, channels: nn.BatchNorm2d(channels, device="meta"),
    "relu": lambda *_: nn.ReLU(),
    "maxpool": _pool(nn.MaxPool2d),
    "avgpool": _pool(nn.AvgPool2d),
    "gap": lambda *_: nn.AdaptiveAvgPool2d(1),
    "flatten": lambda *_: nn.Flatten(),
    "linear": _linear,
    "dropout": lambda *_: nn.Dropout(),
}


def receptive_field(net: list[Layer]) -> list[Pair]:
    """The reach and the step of the gradient of an all-ones network, after each layer.

    A row is as good as an image, and padding is left out, so that no border cuts the reach.
    """
    windows = [_window(layer) for layer in net]
    x = torch.ones(1, 1, _length_for_two(windows), dtype=torch.float64, requires_grad=True)
    outputs = accumulate(windows, _slide, initial=x)
    next(outputs)
    return [_reach_and_step(x, y) for y in outputs]


def _window(layer: Layer) -> tuple[int, int, int]:
    """Kernel, stride and dilation of a layer; one pixel for layers that do not slide."""
    if layer["kind"] not in ("conv", "maxpool", "avgpool"):
        return 1, 1, 1
    k = layer["k"]
    return k, layer.get("s", 1 if layer["kind"] == "conv" else k), layer.get("d", 1)


def _length_for_two(windows: list[tuple[int, int, int]]) -> int:
    """How long a row must be for two pixels to be left at the end."""
    length = 2
    for k, stride, dilation in reversed(windows):
        length = (length - 1) * stride + dilation * (k - 1) + 1
    return length


def _slide(x: torch.Tensor, window: tuple[int, int, int]) -> torch.Tensor:
    k, stride, dilation = window
    return conv1d(x, torch.ones(1, 1, k, dtype=x.dtype), None, stride, 0, dilation)


def _reach_and_step(x: torch.Tensor, y: torch.Tensor) -> Pair:
    """From the input pixels that the first and the second pixel of y depend on."""
    (first, last), (second, _) = (_ends(x, y[0, 0, i]) for i in (0, 1))
    return last - first + 1, second - first


def _ends(x: torch.Tensor, pixel: torch.Tensor) -> Pair:
    (gradient,) = torch.autograd.grad(pixel, x, retain_graph=True)
    seen = gradient[0, 0].nonzero()
    return int(seen.min()), int(seen.max())


def equivariance_gap(f: Callable[[np.ndarray], np.ndarray], x: np.ndarray, shift: Pair) -> float:
    """max |f(roll x) - roll f(x)|, both rolled by torch; f itself is made of numpy."""
    moved = torch.tensor(f(_roll(x, shift).numpy()).copy())
    y = f(x)
    factors = [before // after for before, after in zip(x.shape[-2:], y.shape[-2:], strict=True)]
    steps = tuple(pixels // factor for pixels, factor in zip(shift, factors, strict=True))
    return float((moved - _roll(y, steps)).abs().max())


def _roll(array: np.ndarray, shift: Pair) -> torch.Tensor:
    # Copied, because torch has no views with negative strides, such as a mirrored image.
    return torch.roll(torch.tensor(array.copy()), tuple(shift), dims=(-2, -1))
