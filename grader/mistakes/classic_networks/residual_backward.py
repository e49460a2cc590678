"""Known mistakes of 8.7, backward: one way forgotten, or a gate that lets too much through."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import backward
from grader.mistakes.classic_networks.parts import conv_back
from grader.mistakes.classic_networks.residual_norms_back import NORM_CUT_SHORT, NORM_PASSED
from grader.mistakes.classic_networks.residual_parameters import AVERAGED, PARAMETERS


def dx_of_turned(dy, x, w, padding):
    """Only dx is computed with the turned kernel."""
    turned = w[:, :, ::-1, ::-1]
    return conv_back(dy, x, turned, padding)[0], *conv_back(dy, x, w, padding)[1:]


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
    **NORM_PASSED,
    **AVERAGED,
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
    **NORM_CUT_SHORT,
    **PARAMETERS,
}

BACKWARD = tuple(
    Mistake(slug, "residual_backward", message, variants)
    for slug, (message, variants) in LISTED.items()
)
