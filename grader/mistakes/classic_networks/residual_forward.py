"""Known mistakes of 8.7, forward: the way around left out, or joined at another place."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import AXES, forward, norm, relu, shortcut, wide
from grader.mistakes.classic_networks.parts import conv


def plain(a, weight, bias):
    """No normalization at all."""
    return a


def only_affine(a, weight, bias):
    """Scale and shift, but nothing is normalized."""
    return a * wide(weight) + wide(bias)


def no_affine(a, weight, bias):
    """Normalized, but neither scaled nor shifted."""
    return norm(a, np.ones_like(weight), np.zeros_like(bias))


def unscaled(a, weight, bias):
    """Without the weight."""
    return norm(a, np.ones_like(weight), bias)


def unshifted(a, weight, bias):
    """Without the bias."""
    return norm(a, weight, np.zeros_like(bias))


def by_variance(a, weight, bias):
    """Divided by the variance, without a root."""
    mean, var = a.mean(AXES, keepdims=True), a.var(AXES, keepdims=True)
    return (a - mean) / (var + 1e-5) * wide(weight) + wide(bias)


def mean_of_squares(a, weight, bias):
    """The mean is not taken off before the squares."""
    mean, var = a.mean(AXES, keepdims=True), (a * a).mean(AXES, keepdims=True)
    return (a - mean) / np.sqrt(var + 1e-5) * wide(weight) + wide(bias)


def other_eps(eps):
    """Another eps."""
    return lambda a, weight, bias: norm(a, weight, bias, eps=eps)


def whole_image(a, weight, bias):
    """Each image by itself, over all its channels."""
    return norm(a, weight, bias, axes=(1, 2, 3))


def only_where(needed):
    """The 1 × 1 convolution is used only where it seems to be needed."""

    def around(x, params, stride):
        return shortcut(x, params, stride) if needed(x, params, stride) else x

    return forward(around=around)


def unbiased(a, weight, bias):
    """The unbiased variance."""
    return norm(a, weight, bias, ddof=1)


def each_image(a, weight, bias):
    """Each image by itself."""
    return norm(a, weight, bias, axes=(2, 3))


def every_pixel(a, weight, bias):
    """Each pixel by itself, over the batch."""
    return norm(a, weight, bias, axes=(0,))


def all_channels(a, weight, bias):
    """One mean for all channels."""
    return norm(a, weight, bias, axes=(0, 1, 2, 3))


def eps_outside(a, weight, bias):
    """eps added to the root."""
    mean, root = a.mean(AXES, keepdims=True), np.sqrt(a.var(AXES, keepdims=True))
    return (a - mean) / (root + 1e-5) * wide(weight) + wide(bias)


def no_eps(a, weight, bias):
    """Without eps."""
    return norm(a, weight, bias, eps=0)


def both_norms(change):
    """Another normalization in one place or in both."""
    return (
        forward(norm1=change, norm2=change),
        forward(norm1=change),
        forward(norm2=change),
    )


def pre_activation(x, params, stride=1):
    """Normalization and ReLU before each convolution, as in the later paper, where they fit."""
    a = conv(relu(x), params["conv1.weight"], None, 1, stride)
    h = relu(norm(a, params["bn1.weight"], params["bn1.bias"]))
    c = norm(conv(h, params["conv2.weight"], None, 1), params["bn2.weight"], params["bn2.bias"])
    return c + shortcut(x, params, stride)


def norm_of_sum(x, params, stride=1):
    """The second normalization behind the sum."""
    a = conv(x, params["conv1.weight"], None, 1, stride)
    h = relu(norm(a, params["bn1.weight"], params["bn1.bias"]))
    total = conv(h, params["conv2.weight"], None, 1) + shortcut(x, params, stride)
    return relu(norm(total, params["bn2.weight"], params["bn2.bias"]))


def from_the_middle(x, params, stride=1):
    """The way around begins behind the first convolution."""
    a = conv(x, params["conv1.weight"], None, 1, stride)
    h = relu(norm(a, params["bn1.weight"], params["bn1.bias"]))
    c = norm(conv(h, params["conv2.weight"], None, 1), params["bn2.weight"], params["bn2.bias"])
    return relu(c + h)


def relu_before_norm(x, params, stride=1):
    """The inner ReLU before the normalization."""
    a = relu(conv(x, params["conv1.weight"], None, 1, stride))
    h = norm(a, params["bn1.weight"], params["bn1.bias"])
    c = norm(conv(h, params["conv2.weight"], None, 1), params["bn2.weight"], params["bn2.bias"])
    return relu(c + shortcut(x, params, stride))


def bare_shortcut(x, params, stride):
    """The 1 × 1 convolution without its bias."""
    if "shortcut.weight" not in params:
        return x
    return conv(x, params["shortcut.weight"], None, stride=stride)


def normed_shortcut(x, params, stride):
    """The shortcut normalized, too."""
    y = shortcut(x, params, stride)
    ones = np.ones(y.shape[1])
    return norm(y, ones, 0 * ones) if "shortcut.weight" in params else y


def bent_shortcut(x, params, stride):
    """A ReLU on the shortcut."""
    return relu(shortcut(x, params, stride))


def average_first(x, params, stride):
    """Windows averaged where the shortcut should step."""
    if "shortcut.weight" not in params:
        return x
    N, C, H, W = x.shape
    OH, OW = -(-H // stride), -(-W // stride)
    small = np.zeros((N, C, OH, OW), x.dtype)
    for i in range(OH):
        for j in range(OW):
            window = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride]
            small[:, :, i, j] = window.mean((2, 3))
    return conv(small, params["shortcut.weight"], params["shortcut.bias"])


def last_pixels(x, params, stride):
    """Each window's last pixel where the first should be taken."""
    if "shortcut.weight" not in params or stride == 1:
        return shortcut(x, params, stride)
    grid = [np.minimum(np.arange(0, n, stride) + stride - 1, n - 1) for n in x.shape[2:]]
    small = x[:, :, grid[0][:, None], grid[1]]
    return conv(small, params["shortcut.weight"], params["shortcut.bias"])


LISTED = {
    "no_shortcut": (
        "The shortcut is missing: add x to what the branch gives, or its 1 × 1 convolution, if "
        "params has one.",
        (forward(join=lambda branch, around: relu(branch)), forward(join=lambda b, a: b)),
    ),
    "relu_before_sum": (
        "The last ReLU comes behind the sum, not before it: relu(branch + shortcut). Otherwise "
        "the block could only add and never take away.",
        (
            forward(join=lambda branch, around: relu(branch) + around),
            forward(join=lambda branch, around: relu(branch) + relu(around)),
        ),
    ),
    "no_last_relu": (
        "The last ReLU is missing: it comes behind the sum.",
        (forward(join=lambda branch, around: branch + around),),
    ),
    "multiplied": (
        "You multiply branch and shortcut. Add them.",
        (
            forward(join=lambda branch, around: relu(branch * around)),
            forward(join=lambda branch, around: branch * around),
        ),
    ),
    "subtracted": (
        "You take one way off the other. A residual block adds both: x + F(x). That F learns a "
        "difference does not make a minus of it.",
        (
            forward(join=lambda branch, around: relu(branch - around)),
            forward(join=lambda branch, around: relu(around - branch)),
        ),
    ),
    "weighted": (
        "You weigh the two ways. Their sum is taken as it is.",
        (
            forward(join=lambda branch, around: relu((branch + around) / 2)),
            forward(join=lambda branch, around: relu(branch + 2 * around)),
            forward(join=lambda branch, around: relu((branch + around) / np.sqrt(2))),
        ),
    ),
    "no_inner_relu": (
        "There is no ReLU between the two convolutions. Without one, both together are no more "
        "than a single convolution.",
        (forward(inner=lambda a: a),),
    ),
    "relu_before_norm": (
        "The inner ReLU comes before the normalization. The order is convolution, normalization, "
        "ReLU.",
        (relu_before_norm,),
    ),
    "relu_behind_both": (
        "There is a ReLU behind the second normalization, or on the shortcut. The only one there "
        "comes behind the sum.",
        (
            forward(join=lambda branch, around: relu(relu(branch) + around)),
            forward(around=bent_shortcut),
            forward(around=bent_shortcut, join=lambda b, a: b + a),
        ),
    ),
    "pre_activation": (
        "You apply ReLU before the first convolution and none behind the sum, as the paper's "
        "successor does. Here the order is that of the first paper.",
        (pre_activation,),
    ),
    "norm_left_out": (
        "A batch normalization is missing: one stands behind each of the two convolutions.",
        (*both_norms(plain), *both_norms(only_affine)),
    ),
    "norm_without_scale": (
        "The normalization's weight and bias are missing: y = weight * xhat + bias.",
        (*both_norms(no_affine), *both_norms(unscaled), *both_norms(unshifted)),
    ),
    "norm_of_sum": (
        "The second normalization stands behind the sum. It belongs to the branch: the shortcut "
        "is not normalized.",
        (norm_of_sum,),
    ),
    "unbiased_variance": (
        "You normalize by the unbiased variance. The biased one divides by the number of values, "
        "as `x.var(axis=(0, 2, 3))` does.",
        both_norms(unbiased),
    ),
    "eps_misplaced": (
        "eps = 0.00001, neither more nor less, is added to the variance, inside the root.",
        (
            *both_norms(eps_outside),
            *both_norms(no_eps),
            *(coding for n in (3, 4, 6, 7, 8) for coding in both_norms(other_eps(10.0**-n))),
        ),
    ),
    "other_statistics": (
        "Each channel has one mean and one variance, over all images and pixels: axes 0, 2 and 3.",
        (
            *both_norms(each_image),
            *both_norms(every_pixel),
            *both_norms(all_channels),
            *both_norms(whole_image),
        ),
    ),
    "variance_miscomputed": (
        "Divide by the root of the variance, and the variance is the mean of (a - mean)².",
        (*both_norms(by_variance), *both_norms(mean_of_squares)),
    ),
    "norms_mixed_up": (
        "Each normalization has its own weight and bias: bn1 behind conv1, bn2 behind conv2.",
        (
            forward(norms=("bn1", "bn1", "bn1", "bn1")),
            forward(norms=("bn2", "bn2", "bn2", "bn2")),
            forward(norms=("bn2", "bn2", "bn1", "bn1")),
            forward(norms=("bn1", "bn1", "bn1", "bn2")),
            forward(norms=("bn1", "bn1", "bn2", "bn1")),
        ),
    ),
    "kernels_flipped": (
        "The kernels are turned by 180 degrees. Deep learning slides them as they are.",
        (forward(kernel=lambda w: w[:, :, ::-1, ::-1]),),
    ),
    "shortcut_guessed": (
        "Whether there is a 1 × 1 convolution on the shortcut is told by params alone: it may be "
        "there with stride 1, and with as many channels as before.",
        (
            only_where(lambda x, params, stride: stride > 1),
            only_where(lambda x, params, stride: x.shape[1] != len(params["bn2.bias"])),
            only_where(
                lambda x, params, stride: stride > 1 or x.shape[1] != len(params["bn2.bias"])
            ),
        ),
    ),
    "stride_misplaced": (
        "The stride belongs to the first convolution and to the 1 × 1 convolution on the shortcut; "
        "the second convolution steps by 1.",
        (
            forward(strides=lambda stride: (1, stride)),
            forward(strides=lambda stride: (stride, stride)),
            forward(strides=lambda stride: (1, 1)),
            forward(around=lambda x, params, stride: shortcut(x, params, 1)),
        ),
    ),
    "shortcut_from_the_middle": (
        "Your way around begins behind the first convolution. It begins at x.",
        (from_the_middle,),
    ),
    "shortcut_bias_left_out": (
        "The 1 × 1 convolution on the shortcut has a bias: params['shortcut.bias'].",
        (forward(around=bare_shortcut),),
    ),
    "shortcut_normalized": (
        "You normalize the shortcut. In this exercise it is a bare 1 × 1 convolution.",
        (forward(around=normed_shortcut),),
    ),
    "shortcut_steps_elsewhere": (
        "The shortcut looks at other pixels than the branch. A 1 × 1 convolution with a stride "
        "takes the first pixel of every step: x[:, :, ::stride, ::stride].",
        (forward(around=average_first), forward(around=last_pixels)),
    ),
}

FORWARD = tuple(
    Mistake(slug, "residual_forward", message, variants)
    for slug, (message, variants) in LISTED.items()
)
