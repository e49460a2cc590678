"""Known mistakes of 8.7, backward: one way forgotten, or a gate that lets too much through."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import (
    AXES,
    backward,
    constant_norm_back,
    norm_back,
    wide,
)


def changed(change, *ends):
    """The gradients of some parameters changed in the end."""

    def after(grads, x):
        return {
            name: change(grad, x) if name.endswith(ends) else grad for name, grad in grads.items()
        }

    return backward(after=after)


def swapped(one, other):
    """Two gradients of the same shape under each other's names."""

    def after(grads, x):
        return grads | {one: grads[other], other: grads[one]}

    return backward(after=after)


def mean_only(dy, a, weight):
    """The path through the variance left out."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root = np.sqrt(a.var(AXES, keepdims=True) + 1e-5)
    return wide(weight) / root * (dy - dy.mean(AXES, keepdims=True)), dweight, dbias


def unscaled(dy, a, weight):
    """The normalization's weight left out."""
    return norm_back(dy, a, np.ones_like(weight))


def raw_dweight(dy, a, weight):
    """dweight by the map before it is normalized."""
    da, _, dbias = norm_back(dy, a, weight)
    return da, (dy * a).sum(AXES), dbias


def norms(change):
    """Another gradient of one normalization or of both."""
    return tuple(
        backward(norm_back=pair)
        for pair in ((change, change), (change, norm_back), (norm_back, change))
    )


LISTED = {
    "last_relu_forgotten": (
        "The gradient does not pass the last ReLU where branch + shortcut was negative: "
        "d = dy * (total > 0), before it goes either way.",
        (backward(last=lambda dy, total, branch: dy),),
    ),
    "last_relu_of_one_way": (
        "The last ReLU stands behind the sum, so *both* ways get d = dy * (total > 0).",
        (
            backward(
                last=lambda dy, total, branch: (dy, dy * (total > 0)),
                into_branch=lambda d: d[1],
                into_shortcut=lambda d: d[0],
            ),
            backward(
                last=lambda dy, total, branch: (dy, dy * (total > 0)),
                into_branch=lambda d: d[0],
                into_shortcut=lambda d: d[1],
            ),
        ),
    ),
    "last_relu_of_branch": (
        "You ask where the branch was positive. The last ReLU sees the sum of branch and shortcut.",
        (backward(last=lambda dy, total, branch: dy * (branch > 0)),),
    ),
    "relu_of_gradient": (
        "You cut off negative gradients. What counts is where the *input* of the ReLU was "
        "positive.",
        (
            backward(last=lambda dy, total, branch: np.maximum(dy, 0)),
            backward(inner=lambda dh, h: np.maximum(dh, 0)),
        ),
    ),
    "shortcut_forgotten": (
        "The gradient flows through the shortcut, too: dx is the sum of what comes back on both "
        "ways.",
        (backward(total=lambda by_branch, by_shortcut: by_branch),),
    ),
    "branch_forgotten": (
        "dx is what comes back on both ways, and you left out the branch.",
        (backward(total=lambda by_branch, by_shortcut: by_shortcut),),
    ),
    "gradient_shared_out": (
        "Both ways get the whole gradient, not a share of it: y = branch + shortcut, so a change "
        "of either changes y as much.",
        (
            backward(into_branch=lambda d: d / 2, into_shortcut=lambda d: d / 2),
            backward(into_branch=lambda d: d / 2),
            backward(into_shortcut=lambda d: d / 2),
            backward(total=lambda by_branch, by_shortcut: (by_branch + by_shortcut) / 2),
        ),
    ),
    "subtracted": (
        "What comes back on both ways is added up, not taken off each other.",
        (
            backward(total=lambda by_branch, by_shortcut: by_branch - by_shortcut),
            backward(total=lambda by_branch, by_shortcut: by_shortcut - by_branch),
        ),
    ),
    "inner_relu_forgotten": (
        "On the way back through the branch you leave out the inner ReLU: its gradient passes "
        "only where its input was positive.",
        (backward(inner=lambda dh, h: dh),),
    ),
    "norm_as_constants": (
        "You treat mean and variance as constants. They are made of x, and the gradient flows "
        "through them, too: chapter 4 has the three paths.",
        (*norms(constant_norm_back), *norms(mean_only)),
    ),
    "norm_scale_forgotten": (
        "On the way back through the normalization, its weight is missing as a factor.",
        norms(unscaled),
    ),
    "dgamma_by_raw_map": (
        "The gradient of the normalization's weight is the sum of dy * xhat, with the normalized "
        "map, not the map before.",
        norms(raw_dweight),
    ),
    "parameters_averaged": (
        "You divide by the number of images. The mean belongs to the loss, and dy has it already.",
        (
            changed(lambda g, x: g / len(x), "weight", "bias"),
            changed(lambda g, x: g / len(x), "conv1.weight", "conv2.weight"),
            changed(lambda g, x: g / len(x), "bias"),
            changed(lambda g, x: g / len(x), "bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias"),
        ),
    ),
    "shortcut_parameters_forgotten": (
        "The 1 × 1 convolution on the shortcut learns as well: its weight and its bias have "
        "gradients.",
        (
            changed(lambda g, x: 0 * g, "shortcut.weight", "shortcut.bias"),
            changed(lambda g, x: 0 * g, "shortcut.bias"),
            changed(lambda g, x: 0 * g, "shortcut.weight"),
        ),
    ),
    "norms_swapped": (
        "The gradients of the two normalizations are swapped.",
        (
            swapped("bn1.weight", "bn2.weight"),
            swapped("bn1.bias", "bn2.bias"),
            lambda *arguments, **options: _both(*arguments, **options),
        ),
    ),
    "weight_and_bias_swapped": (
        "The gradients of a normalization's weight and bias are swapped.",
        (
            swapped("bn1.weight", "bn1.bias"),
            swapped("bn2.weight", "bn2.bias"),
            lambda *arguments, **options: _crossed(*arguments, **options),
        ),
    ),
    "kernels_turned": (
        "The gradient of the kernels is turned by 180 degrees. The forward pass does not flip "
        "the kernel, so neither does its gradient.",
        (changed(lambda g, x: g[:, :, ::-1, ::-1], "conv1.weight", "conv2.weight"),),
    ),
}


def _both(dy, x, params, stride=1):
    dx, grads = backward()(dy, x, params, stride)
    names = {"bn1": "bn2", "bn2": "bn1"}
    return dx, {name: grads[names.get(name[:3], name[:3]) + name[3:]] for name in grads}


def _crossed(dy, x, params, stride=1):
    dx, grads = backward()(dy, x, params, stride)
    names = {"weight": "bias", "bias": "weight"}
    return dx, {
        name: grads[f"{name[:4]}{names[name[4:]]}"] if name.startswith("bn") else grads[name]
        for name in grads
    }


BACKWARD = tuple(
    Mistake(slug, "residual_backward", message, variants)
    for slug, (message, variants) in LISTED.items()
)
