"""Slips of 2.3 with equal numbers and with pixels in several windows: who wins, what adds up."""

from __future__ import annotations

import numpy as np

from grader.mistakes.pooling.gatherings import steps
from grader.mistakes.pooling.maxima import assigned, backward, downward, first, last, ties


def single_precision(dy, x, *args, **settings) -> np.ndarray:
    """A backward pass that compares in float32."""
    return backward()(dy, x.astype(np.float32), *args, **settings).astype(x.dtype)


def shared(windows: np.ndarray) -> np.ndarray:
    """An equal part for every maximum of the window."""
    found = ties(windows)
    return found / found.sum((-2, -1), keepdims=True)


def close_ties(windows: np.ndarray) -> np.ndarray:
    """1 wherever a number is nearly the maximum of its window."""
    return np.isclose(windows, windows.max((-2, -1), keepdims=True)).astype(windows.dtype)


def first_close(windows: np.ndarray) -> np.ndarray:
    """1 at the first number that is nearly the maximum of its window."""
    return first(close_ties(windows))


TIES = {
    "all_ties": (
        "Where a window has several equal maxima, all of them get the gradient. torch gives it "
        "to the first one only, row by row: np.argmax finds that one.",
        (backward(ties),),
    ),
    "split_ties": (
        "Where a window has several equal maxima, you split the gradient among them. max_pool2d "
        "gives all of it to the first one, row by row.",
        (backward(shared),),
    ),
    "last_tie": (
        "Where a window has several equal maxima, the last one gets the gradient. It belongs to "
        "the first one, row by row: compare with > and not with >=.",
        (backward(last),),
    ),
    "tie_by_columns": (
        "Where a window has several equal maxima, you take the first one column by column. Go row "
        "by row: the topmost row first, and in it from the left.",
        (backward(downward),),
    ),
    "close_ties": (
        "You take numbers for equal that are only close. The larger one is the maximum, however "
        "little it is larger: compare with ==, not with np.isclose.",
        (backward(first_close), backward(close_ties), single_precision),
    ),
    "assign": (
        "Windows overlap, and in dx each overwrites what an earlier one gave to the same pixel. "
        "Add up with += (or np.add.at, if you index with arrays).",
        (
            assigned(first),
            backward(gather=steps("uvij")),
            backward(gather=steps("ijuv")),
        ),
    ),
    "assign_all_ties": (
        "Two slips at once: all equal maxima of a window get its gradient, where only the first "
        "should, and overlapping windows overwrite each other, where they should add up.",
        (assigned(ties), backward(ties, gather=steps("uvij"))),
    ),
}
