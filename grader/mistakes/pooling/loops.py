"""Slips with loops that every pooling can have: left too early, or ended too early."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.sizes import Slips
from grader.mistakes.pooling.spoilt import Call

# What is done when a function returns in its first round of some loops, over (N, C, OH, OW).
RETURNED = (
    np.s_[0, 0],
    np.s_[0, 0, 0],
    np.s_[0, 0, 0, 0],
    np.s_[:, :, 0],
    np.s_[:, :, 0, 0],
    np.s_[:, :, :, 0],
    np.s_[0, :, 0],
    np.s_[0, :, 0, 0],
)
# What is left out when a loop over images or channels is a round short.
SHORT = (np.s_[-1:], np.s_[:, -1:], np.s_[:1], np.s_[:, :1])


def only(part: tuple) -> Callable:
    """All but one part of an array (N, C, OH, OW) is zero."""

    def keep(array: np.ndarray, call: Call) -> np.ndarray:
        kept = np.zeros_like(array)
        kept[part] = array[part]
        return kept

    return keep


def without(*parts: tuple | slice) -> Callable:
    """Parts of an array (N, C, OH, OW) are zero."""

    def blank(array: np.ndarray, call: Call) -> np.ndarray:
        kept = array.copy()
        for part in parts:
            kept[part] = 0
        return kept

    return blank


def loops(field: str) -> Slips:
    """The slips for a forward pass (`after`, which spoils y) or a backward pass (`slopes`, dy)."""
    return {
        "returned_in_loop": (
            "Your function returns inside a loop, so most windows are never reached. Put `return` "
            "after the loops: as far to the left as the first `for`.",
            tuple({field: only(part)} for part in RETURNED),
        ),
        "one_round_short": (
            "A loop leaves out the first or last image or channel: range(N) gives 0 to N - 1, so "
            "it needs no - 1, and no 1 in front.",
            tuple({field: without(part)} for part in SHORT),
        ),
    }


# The last row, the last column, or both of the output.
LAST_WINDOWS = (
    (np.s_[:, :, -1:],),
    (np.s_[..., -1:],),
    (np.s_[:, :, -1:], np.s_[..., -1:]),
)
