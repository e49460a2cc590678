"""Slips with the output of any pooling: images, channels, rows and columns mixed up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.borders import none
from grader.mistakes.pooling.loops import LAST_WINDOWS, loops, only, without
from grader.mistakes.pooling.sizes import Slips, one
from grader.mistakes.pooling.spoilt import Call

After = Callable[[np.ndarray, Call], np.ndarray]


def all_like(axis: int, place: int) -> After:
    """Every image (axis 0) or channel (axis 1) shows the result of the same one."""
    return lambda y, call: np.repeat(y.take([place], axis=axis), y.shape[axis], axis=axis)


def merged(whole: Callable, axes: int | tuple[int, ...]) -> tuple[dict[str, After], ...]:
    """One result for all images or channels, alone or repeated for each."""
    return (
        {"after": lambda y, call: whole(y, axis=axes, keepdims=True)},
        {"after": lambda y, call: np.broadcast_to(whole(y, axis=axes, keepdims=True), y.shape) + 0},
    )


def moved(pixels: int) -> dict[str, Callable]:
    """Windows that start so many pixels too far up and left."""
    return {"lead": lambda c: tuple(p + pixels for p in c.padding), "size": lambda c: c.out}


def resized(rows: int, columns: int) -> dict[str, Callable]:
    """Windows with so many rows and columns more."""
    return {
        "kernel": lambda c: (c.kernel[0] + rows, c.kernel[1] + columns),
        "size": lambda c: c.out,
    }


def afterwards(*codings: After) -> tuple[dict[str, After], ...]:
    """Slips that spoil a right result."""
    return tuple({"after": coding} for coding in codings)


def mixed_up(whole: Callable, taken: str) -> Slips:
    """The slips of a pooling.

    Args:
        whole: the reduction of the pooling, such as `np.max`.
        taken: what it does, in the words of a message.
    """
    return {
        "over_channels": (
            f"You {taken} the channels as well. Each channel is pooled by itself: the output has "
            "as many channels as x.",
            merged(whole, 1),
        ),
        "over_batch": (
            f"You {taken} the images as well. Each image is pooled by itself.",
            (*merged(whole, 0), *merged(whole, (0, 1))[1:]),
        ),
        **loops("after"),
        **MIXED,
    }


SIDE_BY_SIDE = {"stride": lambda c: c.kernel, "dilation": one, "ceil": lambda c: False}

MIXED: Slips = {
    "only_side_by_side": (
        "Your windows lie side by side inside the map, whatever the options say. A reshape can do "
        "no more; for stride, padding and the others, place the windows one by one.",
        ({**SIDE_BY_SIDE, "padding": none}, SIDE_BY_SIDE),
    ),
    "one_image_only": (
        "Only one image of the batch is pooled. Do all N, and return after the loop, not in it.",
        afterwards(
            only(np.s_[0]),
            only(np.s_[-1]),
            lambda y, c: y[:1],
            lambda y, c: y[0],
            all_like(0, 0),
            all_like(0, -1),
        ),
    ),
    "one_channel_only": (
        "Only one channel is pooled. Do all C.",
        afterwards(
            only(np.s_[:, 0]),
            only(np.s_[:, -1]),
            lambda y, c: y[:, :1],
            all_like(1, 0),
            all_like(1, -1),
        ),
    ),
    "channels_swapped": (
        "Images and channels are swapped in your result: its shape is (N, C, OH, OW).",
        afterwards(
            lambda y, c: y.swapaxes(0, 1),
            lambda y, c: y.swapaxes(0, 1).reshape(y.shape),
        ),
    ),
    "channels_last": (
        "Your result has the channels last. Keep them where they are in x: (N, C, OH, OW).",
        afterwards(lambda y, c: y.transpose(0, 2, 3, 1)),
    ),
    "output_transposed": (
        "Rows and columns of the output are swapped: y[n, c, i, j] belongs to the window in row "
        "i, column j.",
        afterwards(
            lambda y, c: y.swapaxes(2, 3),
            lambda y, c: y.swapaxes(2, 3).reshape(y.shape),
            lambda y, c: y.reshape(*y.shape[:2], *y.shape[:1:-1]),
            lambda y, c: y.reshape(*y.shape[:2], *y.shape[:1:-1]).swapaxes(2, 3),
        ),
    ),
    "never_written": (
        "y still holds what it was made with: nothing was written, or no number was ever larger. "
        "Write each result to y[n, c, i, j].",
        afterwards(lambda y, c: 0 * y, lambda y, c: np.full_like(y, -np.inf)),
    ),
    "last_window_empty": (
        "The last row or column of the output stays zero: the loop ends one window too early.",
        afterwards(*(without(*parts) for parts in LAST_WINDOWS)),
    ),
    "shifted": (
        "Your windows start in the wrong place: window (i, j) starts at row i * stride - padding "
        "and column j * stride - padding of the map.",
        (moved(1), moved(-1)),
    ),
    "window_too_small": (
        "Your windows are one pixel too small. A window has k pixels on each side: the slice "
        "from i to i + k leaves out its end, so it needs no - 1.",
        (resized(-1, -1), resized(-1, 0), resized(0, -1)),
    ),
    "window_too_large": (
        "Your windows are one pixel too large. A window has k pixels on each side: the slice "
        "from i to i + k has exactly k.",
        (resized(1, 1), resized(1, 0), resized(0, 1)),
    ),
}
