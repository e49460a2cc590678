"""Slips of the backward pass with stride, dilation and groups."""

from __future__ import annotations

import numpy as np

from grader.mistakes.convolution.channels import interleaved, same_block
from grader.mistakes.convolution.spoilt import backward, changed, input_gradient, weight_gradient
from grader.mistakes.convolution.steps import PAIR, first, one, second
from grader.mistakes.shapes import only_if


def forms(**changes) -> tuple:
    """A slip in both dx and dw, in dx alone, and in dw alone."""

    def dx(dy, call):
        return input_gradient(dy, changed(call, {"size": lambda c: dy.shape[2:]} | changes))

    def dw(dy, call):
        return weight_gradient(dy, changed(call, {"size": lambda c: dy.shape[2:]} | changes))

    return backward(dx=dx, dw=dw), backward(dx=dx), backward(dw=dw)


def crashes(dy, call):
    """Code that cannot handle groups."""
    return only_if(call.groups == 1, input_gradient(dy, call))


def tiled(dy, call):
    """dx as if every filter read all channels, with its weights repeated."""
    w = np.tile(call.w, (1, call.groups, 1, 1))
    return input_gradient(dy, changed(call, {"w": lambda c: w, "groups": lambda c: 1}))


STEPS_BACK = {
    "back_stride_ignored": (
        "The stride is ignored on the way back. dy[:, :, i, j] belongs to the window that starts "
        "at row i * stride, column j * stride.",
        (
            *forms(stride=one),
            *forms(stride=lambda c: (c.stride[0], 1)),
            *forms(stride=lambda c: (1, c.stride[1])),
        ),
    ),
    "back_dilation_ignored": (
        "The dilation is ignored on the way back. w[:, :, i, j] met the pixels i * dilation rows "
        "below and j * dilation columns to the right.",
        (
            *forms(dilation=one),
            *forms(dilation=lambda c: (c.dilation[0], 1)),
            *forms(dilation=lambda c: (1, c.dilation[1])),
        ),
    ),
    "back_groups_interleaved": (
        "The groups are not every groups-th channel: they are contiguous blocks, of C // groups "
        "channels and F // groups filters.",
        (
            *forms(channels=lambda c: interleaved),
            *forms(filters=lambda c: interleaved),
            *forms(channels=lambda c: interleaved, filters=lambda c: interleaved),
        ),
    ),
    "back_pair_half_used": (
        "One number of a pair is used for both axes. stride, padding and dilation can be (h, w): "
        "the first is for rows, the second for columns.",
        (
            *(form for name in PAIR for form in forms(**{name: first(name)})),
            *(form for name in PAIR for form in forms(**{name: second(name)})),
        ),
    ),
    "back_stride_swapped": (
        "The strides are swapped on the way back: stride=(h, w) steps h rows down and w columns "
        "to the right.",
        forms(stride=lambda c: c.stride[::-1]),
    ),
    "back_dilation_swapped": (
        "The dilations are swapped on the way back: dilation=(h, w) spreads the kernel's rows by "
        "h, its columns by w.",
        forms(dilation=lambda c: c.dilation[::-1]),
    ),
    "back_groups_ignored": (
        "Everything is right but groups. Each filter sends its gradient only to the channels of "
        "its own group.",
        (
            *forms(channels=lambda c: same_block(0)),
            *forms(channels=lambda c: same_block(-1)),
            backward(dx=tiled),
            backward(dx=crashes),
        ),
    ),
}
