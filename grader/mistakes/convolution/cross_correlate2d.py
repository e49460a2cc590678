"""Known mistakes of 1.2: those of 1.3 that one channel can show, and some of its own."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.convolution.borders import BORDERS
from grader.mistakes.convolution.kernels import KERNELS
from grader.mistakes.convolution.spoilt import called, forward
from grader.mistakes.shapes import only_if


def one_channel(conv):
    """A convolution of batches, for one image with one channel and one kernel."""
    return lambda x, w: conv(x[None, None], w[None, None], None)[0, 0]


def windows(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """All windows, (KH, KW, OH, OW)."""
    return called(x[None, None], w[None, None]).windows[0, 0]


def window_plus_kernel(x, w):
    """The sum of x + w over each window."""
    return (windows(x, w) + w[..., None, None]).sum((0, 1))


def products_of_sums(x, w):
    """The window's sum times the kernel's."""
    return windows(x, w).sum((0, 1)) * w.sum()


def matrix_product(x, w):
    """Each window times the kernel, as matrices; only for square kernels."""
    return np.einsum("abuv,bc->uv", windows(x, w), only_if(w.shape[0] == w.shape[1], w))


def framed(before: tuple[int, int], after: tuple[int, int]):
    """Zeros around the image, in multiples of (KH - 1) // 2 or, if negative, of KH - 1."""
    right = one_channel(forward())

    def conv(x, w):
        rows, columns = (
            (_zeros(k, before[0], before[1]), _zeros(k, after[0], after[1])) for k in w.shape
        )
        return right(np.pad(x, (rows, columns)), w)

    return conv


def _zeros(k: int, share: int, of: int) -> int:
    """A share of the k - 1 pixels by which the output shrinks, rounded down or (of < 0) up."""
    return share * (k - 1) // of if of > 0 else -(share * (k - 1) // of)


def unfilled(x, w):
    """The result in the corner of an array of the image's size."""
    y = np.zeros_like(x)
    right = one_channel(forward())(x, w)
    y[: right.shape[0], : right.shape[1]] = right
    return y


def in_the_middle(x, w):
    """The result in the middle of an array of the image's size."""
    y = np.zeros_like(x)
    right = one_channel(forward())(x, w)
    top, left = ((k - 1) // 2 for k in w.shape)
    y[top : top + right.shape[0], left : left + right.shape[1]] = right
    return y


def larger_middle(x, w):
    """The same with windows around a pixel, of which an even kernel has none."""
    y = np.zeros_like(x)
    right = one_channel(forward())(x, w)
    top, left = (k // 2 for k in w.shape)
    y[top : top + right.shape[0], left : left + right.shape[1]] = right
    return y


SHARED = {**KERNELS, **BORDERS}
NAMES = (
    "kernel_flipped",
    "kernel_transposed",
    "output_transposed",
    "last_window_missed",
    "last_offset_only",
    "mean_window",
    "assumes_square_image",
    "assumes_square_kernel",
)
OF_ONE_CHANNEL = {
    "output_transposed": "Rows and columns of the output are swapped: y[i, j] belongs to the "
    "window whose corner is x[i, j].",
    "kernel_transposed": "Rows and columns of the kernel are swapped: w[i, j] belongs to the "
    "pixel i rows below and j columns to the right of the window's corner.",
    "assumes_square_kernel": "The kernel's height is used as its width, or the other way round. "
    "Read both: KH, KW = w.shape.",
}

OWN = {
    "no_product": (
        "Multiply before adding: each pixel of the window times its number of the kernel, then "
        "the sum of these products.",
        (
            window_plus_kernel,
            products_of_sums,
            lambda x, w: windows(x, w).sum((0, 1)),
        ),
    ),
    "matrix_product": (
        "Window and kernel are multiplied as matrices. Multiply number by number with *, not @.",
        (matrix_product,),
    ),
    "same_size": (
        "The output is as large as the image or larger. Only windows that fit completely count: "
        "(H - KH + 1) × (W - KW + 1) of them.",
        (
            unfilled,
            in_the_middle,
            larger_middle,
            framed((1, 2), (1, -2)),
            framed((1, -2), (1, 2)),
            framed((0, 1), (1, 1)),
            framed((1, 1), (0, 1)),
            framed((1, 1), (1, 1)),
        ),
    ),
}

MISTAKES = (
    *(
        Mistake(
            name,
            "cross_correlate2d",
            OF_ONE_CHANNEL.get(name, SHARED[name][0]),
            tuple(one_channel(variant) for variant in SHARED[name][1]),
        )
        for name in NAMES
    ),
    *(Mistake(name, "cross_correlate2d", *told) for name, told in OWN.items()),
)
