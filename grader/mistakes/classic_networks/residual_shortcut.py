"""Known mistakes of 8.7 on the shortcut: when it is a convolution, and at which pixels."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.block_rules import forward, norm, relu, shortcut
from grader.mistakes.classic_networks.parts import conv


def only_where(needed):
    """The 1 × 1 convolution is used only where it seems to be needed."""

    def around(x, params, stride):
        return shortcut(x, params, stride) if needed(x, params, stride) else x

    return forward(around=around)


def from_the_middle(x, params, stride=1):
    """The way around begins behind the first convolution."""
    a = conv(x, params["conv1.weight"], None, 1, stride)
    h = relu(norm(a, params["bn1.weight"], params["bn1.bias"]))
    c = norm(conv(h, params["conv2.weight"], None, 1), params["bn2.weight"], params["bn2.bias"])
    return relu(c + h)


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


SHORTCUT = {
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
