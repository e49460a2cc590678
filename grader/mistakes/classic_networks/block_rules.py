"""A residual block by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.mistakes.classic_networks.parts import conv, conv_back

AXES = (0, 2, 3)


def wide(values):
    """One number for each channel, beside maps."""
    return values[:, None, None]


def norm(a, weight, bias, *, eps=1e-5, ddof=0, axes=AXES):
    """Batch normalization by the batch's own statistics."""
    mean, var = a.mean(axes, keepdims=True), a.var(axes, keepdims=True, ddof=ddof)
    return (a - mean) / np.sqrt(var + eps) * wide(weight) + wide(bias)


def norm_back(dy, a, weight):
    """da, dweight, dbias."""
    mean, root = a.mean(AXES, keepdims=True), np.sqrt(a.var(AXES, keepdims=True) + 1e-5)
    hat = (a - mean) / root
    dweight, dbias = (dy * hat).sum(AXES), dy.sum(AXES)
    by_mean, by_var = dy.mean(AXES, keepdims=True), hat * (dy * hat).mean(AXES, keepdims=True)
    return wide(weight) / root * (dy - by_mean - by_var), dweight, dbias


def constant_norm_back(dy, a, weight):
    """As if mean and variance were constants."""
    _, dweight, dbias = norm_back(dy, a, weight)
    return dy * wide(weight) / np.sqrt(a.var(AXES, keepdims=True) + 1e-5), dweight, dbias


def relu(a):
    """max(a, 0)."""
    return np.maximum(a, 0)


@dataclass(frozen=True)
class Forward:
    """How the block is computed; right unless replaced.

    Args:
        norm1, norm2: the normalizations, from a map, weight and bias.
        inner: between the convolutions, behind the normalization.
        around: the shortcut, from x, the parameters and stride.
        join: what is made of the branch and the shortcut.
        strides: those of both convolutions.
        kernel: what is made of a 3 × 3 kernel.
        norms: whose weight and bias each normalization takes.
    """

    norm1: Callable = norm
    norm2: Callable = norm
    inner: Callable = relu
    around: Callable | None = None
    join: Callable = lambda branch, around: relu(branch + around)
    strides: Callable = lambda stride: (stride, 1)
    kernel: Callable = lambda w: w
    norms: tuple[str, str, str, str] = ("bn1", "bn1", "bn2", "bn2")


def shortcut(x, params, stride):
    """x as it is, or through the 1 × 1 convolution."""
    if "shortcut.weight" not in params:
        return x
    return conv(x, params["shortcut.weight"], params["shortcut.bias"], stride=stride)


def forward(**rules) -> Callable:
    """A `residual_forward` that follows other rules."""
    own = Forward(**rules)

    def residual_forward(x, params, stride=1):
        first, second = own.strides(stride)
        one, two, three, four = own.norms
        a = conv(x, own.kernel(params["conv1.weight"]), None, 1, first)
        h = own.inner(own.norm1(a, params[f"{one}.weight"], params[f"{two}.bias"]))
        c = conv(h, own.kernel(params["conv2.weight"]), None, 1, second)
        branch = own.norm2(c, params[f"{three}.weight"], params[f"{four}.bias"])
        around = (own.around or shortcut)(x, params, stride)
        return own.join(branch, around)

    return residual_forward


@dataclass(frozen=True)
class Backward:
    """How the gradients are computed; right unless replaced.

    Args:
        last: the gradient behind the last ReLU, from dy, the sum and the branch.
        into_branch, into_shortcut: what each way gets of it.
        inner: the gradient behind the inner ReLU, from its gradient, its input, and what that was
            before the normalization.
        conv_back: the gradients of the second convolution.
        conv2_input: what counts as its input, from the maps behind and before the ReLU.
        strides: of the way back through the first convolution and through the shortcut.
        norm_back: of the second and of the first normalization.
        total: dx from what both ways give; also gets the gradient behind the last ReLU.
        after: what is done to the gradients in the end; also gets x, and how many numbers of dy
            there are for each channel.
    """

    last: Callable = lambda dy, total, branch: dy * (total > 0)
    into_branch: Callable = lambda d: d
    into_shortcut: Callable = lambda d: d
    inner: Callable = lambda dh, n, a: dh * (n > 0)
    conv_back: Callable = conv_back
    conv2_input: Callable = lambda h, n, a: h
    strides: Callable = lambda stride: (stride, stride)
    norm_back: tuple[Callable, Callable] = (norm_back, norm_back)
    total: Callable = lambda by_branch, by_shortcut: by_branch + by_shortcut
    after: Callable = lambda grads, x, numbers: grads


def backward(**rules) -> Callable:
    """A `residual_backward` that follows other rules."""
    own = Backward(**rules)

    def residual_backward(dy, x, params, stride=1):
        w1, w2 = params["conv1.weight"], params["conv2.weight"]
        a = conv(x, w1, None, 1, stride)
        n = norm(a, params["bn1.weight"], params["bn1.bias"])
        h = relu(n)
        c = conv(h, w2, None, 1)
        branch = norm(c, params["bn2.weight"], params["bn2.bias"])
        d = own.last(dy, branch + shortcut(x, params, stride), branch)
        grads = {}
        dc, grads["bn2.weight"], grads["bn2.bias"] = own.norm_back[0](
            own.into_branch(d), c, params["bn2.weight"]
        )
        dh, grads["conv2.weight"], _ = own.conv_back(dc, own.conv2_input(h, n, a), w2, 1)
        da, grads["bn1.weight"], grads["bn1.bias"] = own.norm_back[1](
            own.inner(dh, n, a), a, params["bn1.weight"]
        )
        by_branch, grads["conv1.weight"], _ = conv_back(da, x, w1, 1, own.strides(stride)[0])
        by_shortcut = own.into_shortcut(d)
        if "shortcut.weight" in params:
            by_shortcut, *both = conv_back(
                by_shortcut, x, params["shortcut.weight"], 0, own.strides(stride)[1]
            )
            grads["shortcut.weight"], grads["shortcut.bias"] = both
        return own.total(by_branch, by_shortcut), own.after(grads, x, dy.size // dy.shape[1])

    return residual_backward
