"""Slips with dx: overlaps overwritten, the padding left on, the kernel turned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.convolution.spoilt import (
    Call,
    backward,
    cropped,
    input_gradient,
    scattered,
    shares,
)
from grader.mistakes.shapes import only_if


def dx(**changes):
    """A backward pass whose dx comes from another call."""

    def gradient(dy, call):
        spoilt = {name: change(call) for name, change in changes.items()}
        return input_gradient(dy, replace(call, **spoilt))

    return backward(dx=gradient)


def crop(rule):
    """A backward pass that crops the padded dx in its own way."""
    return backward(dx=lambda dy, call: rule(scattered(dy, call), call))


def overwritten(order: str, *, filters: bool = False):
    """A backward pass in which the last share of a pixel wins, in the order of some loops.

    Args:
        order: as in `overwrite`.
        filters: whether each filter overwrites the one before, too.
    """

    def gradient(dy, call):
        dwindows = shares(_last_filters(dy, call) if filters else dy, call)
        return cropped(overwrite(dwindows, call, order), call)

    return backward(dx=gradient)


def overwrite(dwindows: np.ndarray, call: Call, order: str) -> np.ndarray:
    """The padded dx in which the last share of a pixel wins.

    Args:
        dwindows: all shares, (N, C, KH, KW, OH, OW).
        call: where they belong.
        order: the loops over outputs (`uv`) and kernel positions (`ij`), outermost first.
    """
    axes = ["ijuv".index(letter) for letter in order]
    where = (index.transpose(axes).ravel() for index in np.broadcast_arrays(*call.where[1:]))
    values = dwindows.transpose(0, 1, *(2 + axis for axis in axes))
    values = values.reshape(*dwindows.shape[:2], -1)
    dxp = np.zeros_like(call.padded)
    for place, (row, column) in enumerate(zip(*where, strict=True)):
        dxp[..., row, column] = values[..., place]
    return dxp


def _last_filters(dy: np.ndarray, call: Call, place: int = -1) -> np.ndarray:
    """dy with zeros for all filters but the last one of each group."""
    only = np.zeros_like(dy)
    for filters, _ in call.each_group():
        only[:, filters[place]] = dy[:, filters[place]]
    return only


def one_filter(place: int):
    """A backward pass whose dx knows one filter of each group."""
    return backward(dx=lambda dy, call: input_gradient(_last_filters(dy, call, place), call))


def one_image(place: int):
    """A backward pass whose dx is zero for all images but one."""

    def gradient(dy, call):
        only = np.zeros_like(dy)
        only[place] = dy[place]
        return input_gradient(only, call)

    return backward(dx=gradient)


def box(start, stop):
    """A crop from `start` to `stop`, functions of the padding and the image's size."""

    def rule(dxp, call):
        rows, columns = (
            slice(start(p, n), stop(p, n))
            for p, n in zip(call.padding, call.x.shape[2:], strict=True)
        )
        return dxp[:, :, rows, columns]

    return rule


def negative(dxp: np.ndarray, call: Call) -> np.ndarray:
    """A crop by dxp[:, :, ph:-ph, pw:-pw]."""
    (ph, pw) = call.padding
    return dxp[:, :, ph:-ph, pw:-pw]


def negative_if_any(dxp: np.ndarray, call: Call) -> np.ndarray:
    """The same, but only if there is any padding."""
    return negative(dxp, call) if any(call.padding) else dxp


def swapped_crop(dxp: np.ndarray, call: Call) -> np.ndarray:
    """A crop with the paddings swapped."""
    return cropped(dxp, replace(call, padding=call.padding[::-1]))


def transposed(call: Call) -> np.ndarray:
    """The weights with filters and channels swapped, if that goes."""
    f, depth = call.w.shape[:2]
    return only_if(f == depth * call.groups, np.concatenate(_exchanged(call)))


def _exchanged(call: Call) -> list[np.ndarray]:
    return [call.w[filters].swapaxes(0, 1) for filters, _ in call.each_group()]


def square(call: Call) -> np.ndarray:
    """The weights with rows and columns swapped, if the kernel is square."""
    return only_if(call.w.shape[2] == call.w.shape[3], call.w.swapaxes(2, 3))


CORNERS = (
    box(lambda p, n: 0, lambda p, n: n),
    box(lambda p, n: 2 * p, lambda p, n: n + 2 * p),
    box(lambda p, n: p, lambda p, n: n),
    box(lambda p, n: p, lambda p, n: n + 2 * p),
    box(lambda p, n: 0, lambda p, n: n + p),
    swapped_crop,
)
EMPTY = (negative, negative_if_any)

INPUT = {
    "dx_flipped": (
        "dx uses the kernel flipped once too often. Either scatter w as it is, or convolve dy "
        "with the flipped w; not both.",
        (
            dx(w=lambda c: c.w[:, :, ::-1, ::-1]),
            dx(w=lambda c: c.w[:, :, ::-1]),
            dx(w=lambda c: c.w[:, :, :, ::-1]),
            dx(w=lambda c: c.w[:, ::-1, ::-1, ::-1]),
            dx(w=lambda c: c.w[::-1, ::-1, ::-1, ::-1]),
        ),
    ),
    "dx_assigned": (
        "Windows overlap, and in dx each overwrites the one before. Accumulate with += (or "
        "np.add.at, if you index with arrays).",
        (
            overwritten("uvij"),
            overwritten("ijuv"),
            overwritten("uvij", filters=True),
            overwritten("ijuv", filters=True),
        ),
    ),
    "dx_not_cropped": (
        "dx still has the padding. Crop it to the shape of x: dxp[:, :, ph:ph + H, pw:pw + W].",
        (crop(lambda dxp, call: dxp),),
    ),
    "dx_crop_empty": (
        "Without padding, dx is empty: p:-p with p = 0 selects nothing. Crop with p:p + H.",
        tuple(crop(rule) for rule in EMPTY),
    ),
    "dx_crop_corner": (
        "dx is cropped at the wrong place. The image starts at row ph and column pw of the "
        "padded dx and is H × W: dxp[:, :, ph:ph + H, pw:pw + W].",
        tuple(crop(rule) for rule in CORNERS),
    ),
    "dx_one_filter": (
        "dx knows one filter only. All filters read the image, so dx sums over all F: "
        "accumulate with +=.",
        (one_filter(-1), one_filter(0)),
    ),
    "dx_one_image": (
        "Only one image has a gradient in dx. Do all N, and make the array of zeros before the "
        "loop.",
        (
            one_image(-1),
            one_image(0),
            backward(dx=lambda dy, c: input_gradient(dy, c)[-1]),
            backward(dx=lambda dy, c: np.repeat(input_gradient(dy, c)[:1], len(dy), axis=0)),
        ),
    ),
    "dx_transposed": (
        "Rows and columns of the kernel are swapped in dx: w[f, c, i, j] sends its share i rows "
        "below and j columns to the right of the window's corner.",
        (dx(w=square),),
    ),
    "dx_channels_transposed": (
        "Filters and channels are swapped in dx. Sum over the filters: dx[:, c] gets "
        "dy[:, f] * w[f, c] for every f.",
        (dx(w=transposed), dx(w=lambda c: only_if(c.groups == 1, transposed(c)))),
    ),
}
