"""Known mistakes of 1.5: those of im2col here, of col2im next door, of conv2d_fast from 1.3."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.convolution.batches import BATCHES
from grader.mistakes.convolution.borders import BORDERS, fewer, filled, sides
from grader.mistakes.convolution.channels import BIASES, CHANNELS
from grader.mistakes.convolution.folding import FOLDING
from grader.mistakes.convolution.kernels import KERNELS
from grader.mistakes.convolution.spoilt import called, changed, forward, plus
from grader.mistakes.convolution.steps import PAIR, STEPS, first, longer, one, second


def unfold(axes: str = "ncijuv", shape: str = "n cij uv", **changes):
    """An im2col that moves or merges the axes wrongly, or comes from another call.

    Args:
        axes: the order of the axes N, C, KH, KW, OH, OW, as letters.
        shape: the axes of the result, each a word of letters whose sizes are multiplied.
        changes: as in `forward`.
    """

    def im2col(x, KH, KW, stride=1, padding=0, dilation=1):
        w = np.empty((1, x.shape[1], KH, KW))
        windows = changed(called(x, w, stride, padding, dilation), changes).windows
        sizes = dict(zip("ncijuv", windows.shape, strict=True))
        moved = windows.transpose(["ncijuv".index(letter) for letter in axes])
        merged = [int(np.prod([sizes[letter] for letter in word])) for word in shape.split()]
        return moved.reshape(merged)

    return im2col


def backwards(axes: tuple[int, ...]):
    """An im2col with the kernel's positions reversed along some of C, KH, KW."""

    def im2col(x, KH, KW, *args, **settings):
        cols = unfold()(x, KH, KW, *args, **settings)
        split = cols.reshape(len(cols), x.shape[1], KH, KW, -1)
        return np.flip(split, axes).reshape(cols.shape)

    return im2col


UNFOLDING = {
    "rows_kernel_major": (
        "The rows are in the wrong order: channel first, then row and column of the kernel "
        "(C, KH, KW), as in w.reshape(F, -1).",
        (
            unfold("nijcuv"),
            unfold("njicuv"),
        ),
    ),
    "rows_column_first": (
        "Rows and columns of the kernel are swapped in the order of the rows: it is (C, KH, KW).",
        (unfold("ncjiuv"),),
    ),
    "rows_reversed": (
        "The kernel's positions are reversed: the first row of a channel belongs to the window's "
        "top left pixel.",
        (backwards((2, 3)), backwards((1, 2, 3)), backwards((2,)), backwards((3,))),
    ),
    "columns_transposed": (
        "Windows are rows in your result. Each window is a column: (N, C * KH * KW, OH * OW).",
        (unfold("nuvcij", "n uv cij"), unfold("nvucij", "n uv cij"), unfold("nuvijc", "n uv cij")),
    ),
    "columns_down_first": (
        "The windows are in the wrong order: along the width first, then down, as in a reshape "
        "of (OH, OW).",
        (unfold("ncijvu"),),
    ),
    "not_moved": (
        "The axes are reshaped where they should be moved first. Bring them into the order "
        "(N, C, KH, KW, OH, OW) with transpose, then reshape.",
        (
            unfold("ncuvij"),
            unfold("nuvcij"),
            unfold("nuvijc"),
            unfold("uvncij"),
            unfold("ijncuv"),
            unfold("ijuvnc"),
            unfold("cijnuv"),
            unfold("cijuvn"),
            unfold("uvijnc"),
        ),
    ),
    "not_flattened": (
        "The result has too many axes. Merge C, KH, KW into one and OH, OW into another: "
        "(N, C * KH * KW, OH * OW).",
        (
            unfold(shape="n c i j u v"),
            unfold(shape="n cij u v"),
            unfold(shape="n c i j uv"),
            unfold(shape="n c ij uv"),
            unfold("nuvcij", "n u v cij"),
            unfold("ncuvij", "n c u v i j"),
        ),
    ),
    "batch_folded": (
        "The batch is gone: the windows of all images are side by side. Keep N as the first axis.",
        (
            unfold("cijnuv", "cij nuv"),
            unfold("cijuvn", "cij nuv"),
            unfold("nuvcij", "nuv cij"),
            unfold("uvncij", "nuv cij"),
        ),
    ),
    "padding_not_zero": (BORDERS["padding_not_zero"][0], (unfold(pad=filled("edge")),)),
    "padding_one_side": (
        BORDERS["padding_one_side"][0],
        tuple(unfold(pad=sides(around, around)) for around in ((0, 2), (2, 0), (0, 1), (1, 0))),
    ),
    "padding_ignored": (
        BORDERS["padding_ignored"][0],
        (unfold(padding=lambda c: (0, 0)), unfold(pad=sides((1, 1), (0, 0)))),
    ),
    "padding_swapped": (
        BORDERS["padding_swapped"][0],
        (unfold(padding=lambda c: c.padding[::-1]),),
    ),
    "last_window_missed": (
        BORDERS["last_window_missed"][0],
        (unfold(size=fewer(1, 1)), unfold(size=fewer(1, 0)), unfold(size=fewer(0, 1))),
    ),
    "dilation_ignored": (
        STEPS["dilation_ignored"][0],
        (unfold(dilation=one), unfold(dilation=one, size=lambda c: c.out)),
    ),
    "dilation_off_by_one": (
        STEPS["dilation_off_by_one"][0],
        (unfold(dilation=lambda c: tuple(d + 1 for d in c.dilation)),),
    ),
    "dilation_too_long": (STEPS["dilation_too_long"][0], (unfold(size=longer),)),
    "dilation_swapped": (
        STEPS["dilation_swapped"][0],
        (unfold(dilation=lambda c: c.dilation[::-1]),),
    ),
    "stride_ignored": (
        STEPS["stride_ignored"][0],
        (unfold(stride=one), unfold(stride=one, size=lambda c: c.out)),
    ),
    "stride_swapped": (STEPS["stride_swapped"][0], (unfold(stride=lambda c: c.stride[::-1]),)),
    "pair_half_used": (
        STEPS["pair_half_used"][0],
        tuple(unfold(**{name: half(name)}) for half in (first, second) for name in PAIR),
    ),
}


def reordered(order: str):
    """A conv2d_fast whose weights are flattened in another order than the columns."""

    def weights(call):
        axes = ["cij".index(letter) + 1 for letter in order]
        return call.w.transpose(0, *axes).reshape(call.w.shape)

    return forward(w=weights)


def scrambled(axes: tuple[int, ...]):
    """A conv2d_fast whose result is only reshaped from another order of N, F, OH, OW."""

    def conv(x, w, b, *args, **settings):
        y = forward()(x, w, None, *args, **settings)
        return plus(y.transpose(axes).reshape(y.shape), b)

    return conv


FAST = {
    "weights_reordered": (
        "Weights and columns do not match: flatten w in the order of the rows of im2col, "
        "w.reshape(F, -1), so (C, KH, KW).",
        tuple(reordered(order) for order in ("ijc", "jic", "jci", "icj")),
    ),
    "output_not_moved": (
        "The result is reshaped where its axes should be moved first. If the product has the "
        "filters first, move N to the front with transpose before the last reshape.",
        tuple(scrambled(axes) for axes in ((1, 0, 2, 3), (1, 2, 3, 0), (0, 2, 3, 1), (2, 3, 0, 1))),
    ),
    **KERNELS,
    **BORDERS,
    **STEPS,
    **BIASES,
    **CHANNELS,
    **BATCHES,
}

# Three functions share the exercise, so the names of mistakes say whose they are.
MISTAKES = tuple(
    Mistake(f"{prefix}_{slug}", function, message, variants)
    for prefix, function, known in (
        ("unfold", "im2col", UNFOLDING),
        ("fold", "col2im", FOLDING),
        ("fast", "conv2d_fast", FAST),
    )
    for slug, (message, variants) in known.items()
)
