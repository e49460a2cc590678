"""Slips at the border: padding, and how many windows fit."""

from __future__ import annotations

import numpy as np

from grader.mistakes.convolution.spoilt import Call, called, forward
from grader.mistakes.shapes import only_if


def sides(rows: tuple[int, int], columns: tuple[int, int]):
    """A padding with so many times ph above and below, pw left and right."""

    def pad(x, padding):
        above_below = tuple(times * padding[0] for times in rows)
        left_right = tuple(times * padding[1] for times in columns)
        return np.pad(x, ((0, 0), (0, 0), above_below, left_right))

    return lambda call: pad


def filled(mode: str, **options):
    """A padding with something else than zeros."""

    def pad(x, padding):
        (ph, pw) = padding
        return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode, **options)

    return lambda call: pad


def wrapped_before(call: Call):
    """A padding by negative indices, which count from the far end; behind it there are zeros."""

    def pad(x, padding):
        (ph, pw) = padding
        before = np.pad(x, ((0, 0), (0, 0), (ph, 0), (pw, 0)), "wrap")
        return np.pad(before, ((0, 0), (0, 0), (0, ph), (0, pw)))

    return pad


def rounded_up(call: Call) -> tuple[int, int]:
    """(OH, OW), if windows that stick out were counted."""
    n, k, s, d = call.padded.shape[2:], call.w.shape[2:], call.stride, call.dilation
    return tuple(-(-(n[i] - d[i] * (k[i] - 1) - 1) // s[i]) + 1 for i in (0, 1))


def room(call: Call):
    """A padding with more zeros below and on the right, where windows stick out."""
    return lambda x, padding: np.pad(call.padded, ((0, 0), (0, 0), *((0, s) for s in call.stride)))


def framed(y: np.ndarray, call: Call) -> np.ndarray:
    """The result in an array made for the windows that stick out, too."""
    more = [wanted - size for wanted, size in zip(rounded_up(call), y.shape[2:], strict=True)]
    return np.pad(y, ((0, 0), (0, 0), (0, more[0]), (0, more[1])))


def framed_last(x, w, b, *args, **settings):
    """The same, with neither products nor a bias where windows stick out."""
    y = forward()(x, w, b, *args, **settings)
    return framed(y, called(x, w, *args, **settings))


def fewer(rows: int, columns: int):
    """So many rows and columns less of output."""
    return lambda call: (call.out[0] - rows, call.out[1] - columns)


def unfilled(rows: int, columns: int, *, biased: bool):
    """The last rows and columns of the output stay zero, or get the bias alone."""

    def blank(y):
        y[:, :, y.shape[2] - rows :] = 0
        y[..., y.shape[3] - columns :] = 0
        return y

    right = forward()
    if biased:
        return forward(after=lambda y, call: blank(y))
    return lambda *args, **settings: blank(right(*args, **settings))


def square(y: np.ndarray) -> bool:
    """Whether rows and columns of the output can be exchanged unnoticed."""
    return y.shape[2] == y.shape[3]


def width_from_height(call: Call) -> tuple[int, int]:
    """(OH, OW), if the image's height is taken for its width."""
    height, side, s, d = call.padded.shape[2], call.w.shape[3], call.stride[1], call.dilation[1]
    return call.out[0], (height - d * (side - 1) - 1) // s + 1


BORDERS = {
    "padding_ignored": (
        "Padding is missing, so the output is too small. First put zeros on all four sides of "
        "the image, then convolve the larger image.",
        (
            forward(padding=lambda c: (0, 0)),
            forward(pad=sides((0, 0), (1, 1))),
            forward(pad=sides((1, 1), (0, 0))),
        ),
    ),
    "padding_one_side": (
        "The zeros are not on both sides. padding=p means p zeros above and p below, p on the "
        "left and p on the right.",
        (
            forward(pad=sides((0, 2), (0, 2))),
            forward(pad=sides((2, 0), (2, 0))),
            forward(pad=sides((0, 1), (0, 1))),
            forward(pad=sides((1, 0), (1, 0))),
            forward(pad=sides((0, 1), (0, 1)), size=lambda c: c.out),
        ),
    ),
    "padding_not_zero": (
        "The padding is not made of zeros: the image continues there. torch pads with zeros.",
        (
            forward(pad=filled("edge")),
            forward(pad=filled("reflect")),
            forward(pad=filled("symmetric")),
            forward(pad=filled("wrap")),
            forward(pad=wrapped_before),
            forward(pad=filled("constant", constant_values=1)),
        ),
    ),
    "padding_doubled": (
        "There are twice as many zeros as there should be: padding=p means p on each side, "
        "2p in all.",
        (forward(pad=sides((2, 2), (2, 2))),),
    ),
    "padding_swapped": (
        "The paddings are swapped: padding=(h, w) puts h zeros above and below, w on the left "
        "and right.",
        (forward(padding=lambda c: c.padding[::-1]),),
    ),
    "last_window_missed": (
        "The last row or column of windows is missing. There is one more window than steps "
        "between windows, hence the + 1 in the output's size.",
        (
            forward(size=fewer(1, 1)),
            forward(size=fewer(1, 0)),
            forward(size=fewer(0, 1)),
            unfilled(1, 1, biased=True),
            unfilled(1, 1, biased=False),
            unfilled(1, 0, biased=False),
            unfilled(0, 1, biased=False),
        ),
    ),
    "output_transposed": (
        "Rows and columns of the output are swapped: y[n, f, i, j] belongs to the window in row "
        "i, column j.",
        (
            forward(after=lambda y, c: y.swapaxes(2, 3)),
            forward(after=lambda y, c: y.swapaxes(2, 3).reshape(y.shape)),
            forward(after=lambda y, c: y.reshape(*y.shape[:2], *y.shape[:1:-1])),
            forward(after=lambda y, c: only_if(square(y), y.swapaxes(2, 3))),
        ),
    ),
    "assumes_square_image": (
        "The image's height is used as its width, or the other way round. "
        "Compute OH from H and KH, OW from W and KW.",
        (
            forward(size=width_from_height),
            forward(size=lambda c: (c.out[0], c.out[0])),
            forward(size=lambda c: (c.out[1], c.out[1])),
        ),
    ),
    "rounded_up": (
        "The output's size is rounded up. A window that sticks out of the image is dropped: "
        "round down with //.",
        (
            forward(pad=room, size=rounded_up),
            forward(after=framed),
            framed_last,
            forward(size=rounded_up),
        ),
    ),
}
