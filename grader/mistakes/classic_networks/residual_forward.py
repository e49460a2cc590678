"""Known mistakes of 8.7, forward: the way around left out, or joined at another place."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import forward, norm, relu, shortcut
from grader.mistakes.classic_networks.parts import conv
from grader.mistakes.classic_networks.residual_norms import NORM_LEFT_OUT, STATISTICS
from grader.mistakes.classic_networks.residual_shortcut import SHORTCUT


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


def relu_before_norm(x, params, stride=1):
    """The inner ReLU before the normalization."""
    a = relu(conv(x, params["conv1.weight"], None, 1, stride))
    h = norm(a, params["bn1.weight"], params["bn1.bias"])
    c = norm(conv(h, params["conv2.weight"], None, 1), params["bn2.weight"], params["bn2.bias"])
    return relu(c + shortcut(x, params, stride))


def bent_shortcut(x, params, stride):
    """A ReLU on the shortcut."""
    return relu(shortcut(x, params, stride))


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
    **NORM_LEFT_OUT,
    "norm_of_sum": (
        "The second normalization stands behind the sum. It belongs to the branch: the shortcut "
        "is not normalized.",
        (norm_of_sum,),
    ),
    **STATISTICS,
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
    **SHORTCUT,
}

FORWARD = tuple(
    Mistake(slug, "residual_forward", message, variants)
    for slug, (message, variants) in LISTED.items()
)
