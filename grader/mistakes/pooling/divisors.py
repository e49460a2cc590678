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


def sides(call: Call, *, include: bool | None = None) -> tuple[np.ndarray, np.ndarray]:
    """How many rows (OH, 1) and columns (OW,) of each window count."""
    counts = call.include if include is None else include
    rows, columns = (call.counts(axis) if counts else call.seen(axis) for axis in (0, 1))
    return rows.sum(1)[:, None], columns.sum(1)


def by_sides(rule: Callable, *, include: bool | None = None) -> Count:
    """A function of how many rows and columns of each window count."""
    return lambda call: rule(*sides(call, include=include)) * np.ones(call.out)


def if_included(count: Count) -> Count:
    """A wrong count where the padding is counted, the right one where it is not."""
    return lambda call: (count if call.include else counted)(call)


def along(counted_axis: int) -> Count:
    """Without count_include_pad, the padding is left out along one axis only."""

    def count(call: Call) -> np.ndarray:
        pairs = zip(sides(call, include=True), sides(call, include=False), strict=True)
        own = [
            with_padding if i == counted_axis else map_alone
            for i, (with_padding, map_alone) in enumerate(pairs)
        ]
        return counted(call) if call.include else own[0] * own[1]

    return count


def full_along(axis: int) -> Count:
    """Without count_include_pad, all places of a window along one axis."""

    def count(call: Call) -> np.ndarray:
        own = list(sides(call, include=False))
        own[axis] = call.kernel[axis]
        return counted(call) if call.include else own[0] * own[1] * np.ones(call.out)

    return count


def one_end(before: bool) -> Count:
    """Without count_include_pad, the padding is left out before the map only, or behind it only."""

    def count(call: Call) -> np.ndarray:
        ends = []
        for axis in (0, 1):
            place, n = call.places(axis), call.x.shape[2 + axis]
            ends.append(((place >= 0) & call.counts(axis) if before else place < n).sum(1))
        return counted(call) if call.include else ends[0][:, None] * ends[1]

    return count


def nonzero(windows: Callable[[Call], np.ndarray]) -> Count:
    """The number of pixels that are not zero, (N, C, OH, OW), or 1 if there is none."""
    return lambda call: np.maximum((windows(call) != 0).sum((-2, -1)), 1)


def nonzero_if_excluded(call: Call) -> np.ndarray:
    """As it should be with count_include_pad; without, the pixels that are not zero."""
    return counted(call) if call.include else nonzero(lambda c: c.windows)(call)


def longer_padding(call: Call) -> np.ndarray:
    """The pixels before H + 2 * padding, counted from the first one of the map."""
    return counted(replace(call, trail=tuple(2 * p for p in call.padding), size=call.out))


COUNTS = {
    "divided_then_multiplied": (
        "`/ KH * KW` divides by KH and then multiplies by KW: Python goes from left to right. Put "
        "the product in parentheses: / (KH * KW).",
        (
            number(lambda c: c.kernel[0] / c.kernel[1]),
            number(lambda c: c.kernel[1] / c.kernel[0]),
            by_sides(lambda rows, columns: rows / columns),
            by_sides(lambda rows, columns: columns / rows),
            by_sides(lambda rows, columns: rows / columns, include=True),
            by_sides(lambda rows, columns: rows / columns, include=False),
            if_included(by_sides(lambda rows, columns: rows / columns)),
            if_included(number(lambda c: c.kernel[0] / c.kernel[1])),
        ),
    ),
    "divisor_sides_swapped": (
        "You divide by the pixels of a window whose sides are swapped: k=(h, w) is h rows high and "
        "w columns wide.",
        (lambda c: counted(replace(c, kernel=c.kernel[::-1], size=c.out)),),
    ),
    "divided_twice": (
        "You divided twice by the number of pixels. np.mean divides already, so take np.sum, or "
        "leave your own division out.",
        (
            lambda c: counted(c) ** 2,
            number(lambda c: (c.kernel[0] * c.kernel[1]) ** 2),
            lambda c: counted(c) * full(c),
            lambda c: counted(c) * counted(replace(c, include=False)),
            lambda c: counted(replace(c, include=False)) ** 2,
        ),
    ),
    "divided_by_root": (
        "You divide by the root of the number of pixels. The average is the sum over the number "
        "itself.",
        (lambda c: np.sqrt(counted(c)),),
    ),
    "zeros_left_out": (
        "You divide by the number of pixels that are not zero. A zero of the map counts like any "
        "other number.",
        (nonzero(lambda c: c.windows), nonzero_if_excluded),
    ),
    "cip_along_one_axis": (
        "Without count_include_pad you leave the padding out along one axis, and count it along "
        "the other. Divide by rows times columns that lie on the map.",
        (along(0), along(1), full_along(0), full_along(1)),
    ),
    "cip_at_one_end": (
        "Without count_include_pad you leave the padding out at one end of the map, and count it "
        "at the other. Cut the window off on both sides: from 0 to H, and from 0 to W.",
        (one_end(before=True), one_end(before=False)),
    ),
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
        (full_if_included, longer_padding),
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
        "You divide all windows by one and the same number, such as the count of the first. At the "
        "border, and where windows stick out, there are fewer pixels to count: each window has a "
        "number of its own.",
        tuple(
            lambda call, rule=rule: np.full(call.out, rule(counted(call)))
            for rule in (lambda c: c[0, 0], lambda c: c[-1, -1], np.mean, np.min)
        ),
    ),
    "divided_by_side": (
        "You divide by one side of the window. It has KH * KW pixels.",
        (
            number(lambda c: c.kernel[0]),
            number(lambda c: c.kernel[1]),
            number(lambda c: c.kernel[0] + c.kernel[1]),
            by_sides(lambda rows, columns: rows),
            by_sides(lambda rows, columns: columns),
            by_sides(lambda rows, columns: rows + columns),
            if_included(by_sides(lambda rows, columns: rows)),
            if_included(by_sides(lambda rows, columns: columns)),
            if_included(by_sides(lambda rows, columns: rows + columns)),
        ),
    ),
    "divided_by_square": (
        "You divide by the square of one side. A window has KH * KW pixels.",
        (
            number(lambda c: c.kernel[0] ** 2),
            number(lambda c: c.kernel[1] ** 2),
            by_sides(lambda rows, columns: rows**2),
            by_sides(lambda rows, columns: columns**2),
            if_included(by_sides(lambda rows, columns: rows**2)),
            if_included(by_sides(lambda rows, columns: columns**2)),
        ),
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
