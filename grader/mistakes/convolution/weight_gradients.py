"""Slips with dw: turned, overwritten, or read from the wrong windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.convolution.borders import filled, sides
from grader.mistakes.convolution.spoilt import (
    Call,
    backward,
    bias_gradient,
    changed,
    weight_gradient,
)
from grader.mistakes.shapes import only_if


def dw(rule):
    """A backward pass whose dw is a function of the right one and the call."""
    return backward(dw=lambda dy, call: rule(weight_gradient(dy, call), call))


def of(images: slice, rows: slice = slice(None), columns: slice = slice(None)):
    """A backward pass whose dw knows only some of the images and output pixels."""

    def gradient(dy, call):
        some = np.zeros_like(dy)
        some[images, :, rows, columns] = dy[images, :, rows, columns]
        return weight_gradient(some, call)

    return backward(dw=gradient)


def with_bias(images: slice):
    """A backward pass whose dw and db know only some of the images."""

    def gradient(dy, call):
        return weight_gradient(dy[images], replace(call, x=call.x[images]))

    return backward(dw=gradient, db=lambda dy, call: bias_gradient(dy[images], call))


def from_call(**changes):
    """A backward pass whose dw comes from another call."""
    return backward(dw=lambda dy, call: weight_gradient(dy, changed(call, changes)))


def by_positions(gradient: np.ndarray, call: Call) -> np.ndarray:
    """dw divided by the number of output pixels."""
    return gradient / (call.out[0] * call.out[1])


def same(dy: np.ndarray) -> np.ndarray:
    """dy summed over the filters, for each filter."""
    return np.broadcast_to(dy.sum(1, keepdims=True), dy.shape)


def alone(gradient: np.ndarray, place: int) -> np.ndarray:
    """dw with zeros for all filters but one."""
    only = np.zeros_like(gradient)
    only[place] = gradient[place]
    return only


LAST, FIRST, ALL = slice(-1, None), slice(0, 1), slice(None)

WEIGHT = {
    "dw_flipped": (
        "dw is rotated by 180 degrees. dw[f, c, i, j] sums dy times the pixels that w[f, c, i, j] "
        "met: slide dy over x, not x over dy.",
        (
            dw(lambda g, c: g[:, :, ::-1, ::-1]),
            dw(lambda g, c: g[:, :, ::-1]),
            dw(lambda g, c: g[:, :, :, ::-1]),
            dw(lambda g, c: g[:, ::-1, ::-1, ::-1]),
            dw(lambda g, c: g[::-1, ::-1, ::-1, ::-1]),
        ),
    ),
    "dw_transposed": (
        "Rows and columns of dw are swapped. It has the shape of w, (F, C / groups, KH, KW).",
        (
            dw(lambda g, c: g.swapaxes(2, 3)),
            dw(lambda g, c: only_if(g.shape[2] == g.shape[3], g.swapaxes(2, 3))),
            dw(lambda g, c: g.swapaxes(2, 3).reshape(g.shape)),
        ),
    ),
    "dw_channels_transposed": (
        "Filters and channels are swapped in dw. It has the shape of w, (F, C / groups, KH, KW).",
        (
            dw(lambda g, c: g.swapaxes(0, 1)),
            dw(lambda g, c: only_if(len(g) == g.shape[1], g.swapaxes(0, 1))),
        ),
    ),
    "dw_last_image": (
        "dw knows only one image: it is overwritten for each. Accumulate over the batch with +=.",
        (of(LAST), of(FIRST), with_bias(LAST), with_bias(FIRST)),
    ),
    "dw_assigned": (
        "dw knows only one output pixel: it is overwritten for each. Every output used the same "
        "weights, so accumulate with +=.",
        (
            of(LAST, LAST, LAST),
            of(ALL, LAST, LAST),
            of(FIRST, FIRST, FIRST),
            of(ALL, LAST),
            of(ALL, ALL, LAST),
            of(LAST, LAST),
        ),
    ),
    "dw_mean": (
        "dw is a mean over the output pixels. A weight works at all of them, so its gradient is "
        "the sum.",
        (
            dw(by_positions),
            dw(lambda g, c: by_positions(g, c) / len(c.x)),
        ),
    ),
    "dw_padding_shifted": (
        "dw comes from shifted windows: the zeros are not on both sides. Use the same padded "
        "image as in the forward pass.",
        (
            from_call(pad=sides((0, 2), (0, 2))),
            from_call(pad=sides((2, 0), (2, 0))),
        ),
    ),
    "dw_padding_not_zero": (
        "dw comes from an image whose padding is not zero. Pad with zeros, as in the forward pass.",
        (from_call(pad=filled("edge")), from_call(pad=filled("reflect"))),
    ),
    "dw_one_filter": (
        "All filters got the same dw. dw[f] comes from dy[:, f] alone.",
        (
            backward(dw=lambda dy, c: weight_gradient(same(dy), c)),
            backward(dw=lambda dy, c: weight_gradient(np.broadcast_to(dy[:, :1], dy.shape), c)),
        ),
    ),
    "dw_last_filter": (
        "Only one filter has a gradient in dw. Do all F, and return after the loop, not in it.",
        (
            dw(lambda g, c: alone(g, -1)),
            dw(lambda g, c: alone(g, 0)),
        ),
    ),
}
