"""Slips with what the sum of a window is divided by, in either direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.mistakes.pooling.averages import counted
from grader.mistakes.pooling.spoilt import Call

Count = Callable[[Call], np.ndarray]


def full(call: Call) -> np.ndarray:
    """All places of a window, also those behind the padding."""
    return np.full(call.out, call.kernel[0] * call.kernel[1])


def full_if_included(call: Call) -> np.ndarray:
    """All places of a window, or the pixels of the map."""
    return full(call) if call.include else counted(call)


def included(include: bool | None) -> Count:
    """As if count_include_pad were always this, or the wrong way round for None."""
    return lambda call: counted(
        replace(call, include=not call.include if include is None else include)
    )


def number(rule: Callable[[Call], float]) -> Count:
    """The same number for every window."""
    return lambda call: np.full(call.out, rule(call), dtype=np.float64)


COUNTS = {
    "cip_inverted": (
        "count_include_pad is the wrong way round: if it is true, the zeros of the padding count "
        "as pixels, and if it is false they do not.",
        (included(None),),
    ),
    "cip_ignored": (
        "count_include_pad makes no difference in your result: the zeros of the padding are "
        "always counted. If it is false, divide by the pixels of the map alone.",
        (included(True),),
    ),
    "padding_never_counted": (
        "You divide by the pixels of the map alone. That is right only if count_include_pad is "
        "false; as a rule the zeros of the padding count as pixels.",
        (included(False),),
    ),
    "always_k2": (
        "You divide every window by the size of a whole one, whatever count_include_pad says. If "
        "it is false, divide by the pixels of the map; and never count what lies behind the "
        "padding.",
        (full,),
    ),
    "sticking_out_counted": (
        "With ceil_mode, a window can stick out of the map and of its padding too. What lies "
        "behind the padding never counts: divide by the pixels in front of H + padding and "
        "W + padding.",
        (full_if_included,),
    ),
    "sticking_out_cropped": (
        "With ceil_mode you leave the padding out of the windows that stick out. Padding counts "
        "for them as for the others; only what lies behind it does not.",
        (
            lambda call: np.where(
                call.known.all((-2, -1)), counted(call), call.inside.sum((-2, -1))
            ),
        ),
    ),
    "one_count_for_all": (
        "You divide all windows by the count of the first one. At the border, and where windows "
        "stick out, there are fewer pixels to count: each window has a number of its own.",
        (lambda call: np.full(call.out, counted(call)[0, 0]),),
    ),
    "divided_by_side": (
        "You divide by one side of the window. It has KH * KW pixels.",
        (
            number(lambda c: c.kernel[0]),
            number(lambda c: c.kernel[1]),
            number(lambda c: c.kernel[0] + c.kernel[1]),
        ),
    ),
    "divided_by_square": (
        "You divide by the square of one side. A window has KH * KW pixels.",
        (number(lambda c: c.kernel[0] ** 2), number(lambda c: c.kernel[1] ** 2)),
    ),
    "divided_by_stride": (
        "You divide by the strides. The average is over the KH * KW pixels of the window.",
        (number(lambda c: c.stride[0] * c.stride[1]),),
    ),
    "divided_by_map": (
        "You divide by the size of the map. The average is over the KH * KW pixels of the window.",
        (
            number(lambda c: c.x.shape[2] * c.x.shape[3]),
            number(lambda c: c.out[0] * c.out[1]),
        ),
    ),
}
