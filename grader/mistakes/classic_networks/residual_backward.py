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
from grader.mistakes.classic_networks.parts import conv_back


def changed(change, *ends):
    """The gradients of some parameters changed in the end."""

    def after(grads, x, numbers):
        return {
            name: change(grad, x) if name.endswith(ends) else grad for name, grad in grads.items()
        }

    return backward(after=after)


def averaged(*ends):
    """The gradients of some parameters as means over images and pixels."""

    def after(grads, x, numbers):
        return {name: g / numbers if name.endswith(ends) else g for name, g in grads.items()}

    return backward(after=after)


def dx_of_turned(dy, x, w, padding):
    """Only dx is computed with the turned kernel."""
    turned = w[:, :, ::-1, ::-1]
    return conv_back(dy, x, turned, padding)[0], *conv_back(dy, x, w, padding)[1:]


def past_norm(dy, a, weight):
    """The map's gradient goes past the normalization."""
    return dy, *norm_back(dy, a, weight)[1:]


def no_variance(dy, a, weight):
    """The path through the mean left out."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root = np.sqrt(a.var(AXES, keepdims=True) + 1e-5)
    hat = (a - a.mean(AXES, keepdims=True)) / root
    by_var = hat * (dy * hat).mean(AXES, keepdims=True)
    return wide(weight) / root * (dy - by_var), dweight, dbias


def over_images(dy, a, weight):
    """Sums over images and pixels, divided by the images alone."""
    _, dweight, dbias = norm_back(dy, a, weight)
    root, N = np.sqrt(a.var(AXES, keepdims=True) + 1e-5), len(a)
    hat = (a - a.mean(AXES, keepdims=True)) / root
    by_mean = dy.sum(AXES, keepdims=True) / N
    by_var = hat * (dy * hat).sum(AXES, keepdims=True) / N
    return wide(weight) / root * (dy - by_mean - by_var), dweight, dbias


def one_shortcut_only(*, projected):
    """The gradient through the shortcut is left out if it is a convolution, or if it is none."""
    right, without = backward(), backward(total=lambda by_branch, by_shortcut: by_branch)

    def residual_backward(dy, x, params, stride=1):
        left_out = ("shortcut.weight" in params) == projected
        return (without if left_out else right)(dy, x, params, stride)

    return residual_backward


def ungated_identity(dy, x, params, stride=1):
    """dy as it is goes back through a shortcut without a convolution."""
    split = backward() if "shortcut.weight" in params else GATED_BRANCH
    return split(dy, x, params, stride)


GATED_BRANCH = backward(
    last=lambda dy, total, branch: (dy, dy * (total > 0)),
    into_branch=lambda d: d[1],
    into_shortcut=lambda d: d[0],
)


def fitted(first, around):
    """Steps of 1 on the way back through a convolution, as far as there are numbers of dy."""

    def residual_backward(dy, x, params, stride=1):
        return backward(strides=lambda _: (stride if first else 1, stride if around else 1))(
            dy, x, params, stride
        )

    return residual_backward


def swapped(one, other):
    """Two gradients of the same shape under each other's names."""

    def after(grads, x, numbers):
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
            GATED_BRANCH,
            backward(
                last=lambda dy, total, branch: (dy, dy * (total > 0)),
                into_branch=lambda d: d[0],
                into_shortcut=lambda d: d[1],
            ),
            ungated_identity,
        ),
    ),
    "last_relu_of_shortcut": (
        "You ask where the shortcut, or x, was positive. The last ReLU sees the sum of branch and "
        "shortcut.",
        (backward(last=lambda dy, total, branch: dy * (total - branch > 0)),),
    ),
    "open_at_zero": (
        "Where the input of a ReLU is exactly 0, no gradient passes: (a > 0), not (a >= 0).",
        (
            backward(
                last=lambda dy, total, branch: dy * (total >= 0),
                inner=lambda dh, n, a: dh * (n >= 0),
            ),
            backward(last=lambda dy, total, branch: dy * (total >= 0)),
            backward(inner=lambda dh, n, a: dh * (n >= 0)),
        ),
    ),
    "inner_relu_before_norm": (
        "You ask where the first convolution gave something positive. The inner ReLU stands behind "
        "the normalization, and sees that.",
        (backward(inner=lambda dh, n, a: dh * (a > 0)),),
    ),
    "conv2_input_before_relu": (
        "The gradient of conv2's kernel needs what came into conv2: the map behind the inner ReLU.",
        (
            backward(conv2_input=lambda h, n, a: n),
            backward(conv2_input=lambda h, n, a: a),
        ),
    ),
    "stride_not_gone_back": (
        "On the way back the stride belongs where it was on the way forward: to the first "
        "convolution and to the shortcut.",
        (fitted(True, False), fitted(False, True), fitted(False, False)),
    ),
    "kernel_not_turned": (
        "On the way back through conv2, each number goes back through the kernel pixel that it "
        "came from. Yours goes through the one opposite: as a sliding window over dy, the kernel "
        "is turned by 180 degrees.",
        (backward(conv_back=dx_of_turned),),
    ),
    "norm_not_gone_back": (
        "A normalization is left out on the way back: it changes the gradient of its input, too.",
        norms(past_norm),
    ),
    "norm_averaged_over_images": (
        "The means on the way back through the normalization are over all N * H * W numbers of a "
        "channel, not over N.",
        norms(over_images),
    ),
    "sums_averaged": (
        "The gradients of weights and biases are sums over images and pixels, not means.",
        (
            averaged("bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias"),
            averaged("bn1.bias", "bn2.bias"),
            averaged("bn1.weight", "bn2.weight"),
            averaged("shortcut.bias"),
            averaged("bias"),
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
            backward(inner=lambda dh, n, a: np.maximum(dh, 0)),
            backward(inner=lambda dh, n, a: np.maximum(dh, 0) * (n > 0)),
            backward(last=lambda dy, total, branch: np.maximum(dy, 0) * (total > 0)),
        ),
    ),
    "shortcut_forgotten": (
        "The gradient flows through the shortcut, too: dx is the sum of what comes back on both "
        "ways.",
        (
            backward(total=lambda by_branch, by_shortcut: by_branch),
            one_shortcut_only(projected=True),
            one_shortcut_only(projected=False),
        ),
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
            backward(last=lambda dy, total, branch: dy * (total > 0) / 2),
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
        (backward(inner=lambda dh, n, a: dh),),
    ),
    "norm_as_constants": (
        "You treat mean and variance as constants. They are made of x, and the gradient flows "
        "through them, too: chapter 4 has the three paths.",
        (*norms(constant_norm_back), *norms(mean_only), *norms(no_variance)),
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
