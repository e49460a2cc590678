"""Slips of 2.2 outside the windows: what lies around the map, and where a maximum starts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.borders import none
from grader.mistakes.pooling.maxima import forward
from grader.mistakes.pooling.sizes import kept
from grader.mistakes.pooling.spoilt import Call


def filled(number: float, *, only: str = "") -> Callable:
    """A forward pass with a number around the map.

    Args:
        number: what is there instead of minus infinity.
        only: `fill` for the padding alone, `beyond` for what lies behind it alone.
    """
    names = (only,) if only else ("fill", "beyond")
    return forward(**{name: lambda call: number for name in names})


def floored(number: float) -> Callable:
    """A forward pass whose running maximum starts at a number."""
    return forward(after=lambda y, call: np.maximum(y, number))


def continued(mode: str, strides: int) -> Callable:
    """A map continued outside, in a frame longer at the end by so many strides."""

    def pad(call: Call) -> np.ndarray:
        sides = ((p, p + strides * s) for p, s in zip(call.padding, call.stride, strict=True))
        return np.pad(call.x, ((0, 0), (0, 0), *sides), mode=mode)

    return pad


def going_on(*axes: int) -> Callable:
    """The largest so far, window after window along these axes of y."""

    def accumulate(y: np.ndarray, call: Call) -> np.ndarray:
        kept = y.shape[: y.ndim - len(axes)]
        return np.maximum.accumulate(y.reshape(*kept, -1), axis=-1).reshape(y.shape)

    return accumulate


FINITE = (
    *(-1, -2, -5, -10, -50, -99, -100, -255, -256, -500, -999, -1000, -9999, -1e4, -99999),
    *(-65504, -1e5, -999999, -1e6, -1e7, -1e8, -1e9, -999999999, -1e10, -1e12, -1e15, -1e18),
    *(-1e20, -1e30, -(2.0**15), -(2.0**31), -(2.0**63)),
)

OUTSIDE = {
    "zero_pad": (
        "Outside the map you put zeros, and where all numbers are negative your zeros win. "
        "Outside must never win: put -np.inf there.",
        (filled(0), filled(0, only="fill"), filled(0, only="beyond")),
    ),
    "finite_pad": (
        "Outside the map you put a number that is not small enough: it wins where the map is "
        "smaller still. Only -np.inf never wins.",
        (
            *(filled(number) for number in FINITE),
            *(filled(number, only="beyond") for number in (-1, -100, -1e9)),
            filled(-1, only="fill"),
            forward(fill=lambda c: c.x.mean(), beyond=lambda c: c.x.mean()),
        ),
    ),
    "infinite_pad": (
        "Outside the map you put +infinity, which always wins. Put -np.inf there, which never "
        "does.",
        (filled(np.inf), filled(np.inf, only="fill")),
    ),
    "nan_pad": (
        "Outside the map you put nan, and the maximum of anything with nan is nan. Put -np.inf "
        "there, which never wins.",
        (filled(np.nan), filled(np.nan, only="fill"), filled(np.nan, only="beyond")),
    ),
    "padding_copied": (
        "Outside the map you continue its own numbers, which may win. Outside must never win: put "
        "-np.inf there.",
        tuple(
            forward(x=continued(mode, more), padding=none, size=kept)
            for mode in ("edge", "wrap", "reflect", "symmetric")
            for more in (0, 1)
        ),
    ),
}

STARTS = {
    "relu_first": (
        "Negative maxima come out as 0. Start each maximum at -np.inf, or at the window's first "
        "number, and not at 0.",
        (floored(0),),
    ),
    "starts_too_high": (
        "Your running maximum starts at a number that is larger than some windows. Start it at "
        "-np.inf, or at the window's first number.",
        tuple(floored(number) for number in FINITE),
    ),
    "starts_at_corner": (
        "Your running maximum starts at a pixel that may lie in another window. Start it at "
        "-np.inf, or at the first pixel of its own window.",
        (
            forward(after=lambda y, c: np.maximum(y, c.x[:, :, :1, :1])),
            forward(after=lambda y, c: np.maximum(y, c.x[0, 0, 0, 0])),
        ),
    ),
    "not_reset": (
        "Your running maximum goes on from one window to the next. Each window has a maximum of "
        "its own: set it to -np.inf inside the loops over windows.",
        tuple(forward(after=going_on(*axes)) for axes in ((2, 3), (0, 1, 2, 3), (1, 2, 3), (3,))),
    ),
}
