"""Slips at the border that every pooling can have: padding, bounds, the first and last window."""

from __future__ import annotations

from collections.abc import Callable

from grader.mistakes.pooling.sizes import Slips, kept, swapped
from grader.mistakes.pooling.spoilt import Call


def none(call: Call) -> tuple[int, int]:
    """No pixels."""
    return (0, 0)


def twice(name: str) -> Callable:
    """Both numbers doubled."""
    return lambda call: tuple(2 * number for number in getattr(call, name))


def fewer(rows: int, columns: int) -> Callable:
    """So many rows and columns less of output."""
    return lambda call: (max(call.out[0] - rows, 1), max(call.out[1] - columns, 1))


def side(axis: int) -> Callable:
    """(OH, OW), if both were found from the same side of the map."""
    return lambda call: (call.out[axis],) * 2


def half(call: Call) -> tuple[int, int]:
    """Half a window, where there is padding."""
    return tuple(k // 2 if p else 0 for k, p in zip(call.kernel, call.padding, strict=True))


def half_along(axis: int) -> Callable:
    """Half a window along one axis, the padding along the other."""
    return lambda call: tuple((half if i == axis else right)(call)[i] for i in (0, 1))


def always_half(call: Call) -> tuple[int, int]:
    """Half a window, also where there is no padding."""
    return tuple(k // 2 for k in call.kernel)


def odd_half(call: Call) -> tuple[int, int]:
    """What keeps the size at stride 1, where there is padding."""
    return tuple((k - 1) // 2 if p else 0 for k, p in zip(call.kernel, call.padding, strict=True))


def right(call: Call) -> tuple[int, int]:
    """The padding as it is."""
    return call.padding


def inward(call: Call) -> tuple[int, int]:
    """As far in the map as the first window should start outside."""
    return tuple(-p for p in call.padding)


def always(*number: int) -> Callable:
    """A pair that does not depend on the call."""
    return lambda call: number


# Far enough below zero for every place in the padding.
WRAPPED = {"near": always(-1000, -1000)}

BORDERS: Slips = {
    "padding_ignored": (
        "Padding is missing, so the output is too small. The first window starts `padding` "
        "pixels above and left of the map, the last one may end as far behind it.",
        (
            {"padding": none},
            {"padding": lambda c: (0, c.padding[1])},
            {"padding": lambda c: (c.padding[0], 0)},
        ),
    ),
    "padding_one_side": (
        "The padding is not on both sides. padding=p means p pixels above and p below, p on the "
        "left and p on the right.",
        (
            {"lead": none, "trail": twice("padding")},
            {"lead": twice("padding"), "trail": none},
            {"lead": none},
            {"trail": none},
            {"lead": none, "size": kept},
            {"lead": lambda c: (0, c.padding[1]), "size": kept},
            {"lead": lambda c: (c.padding[0], 0), "size": kept},
        ),
    ),
    "padding_doubled": (
        "There is twice as much padding as there should be: padding=p means p on each side, "
        "2p in all.",
        ({"padding": twice("padding")},),
    ),
    "padding_swapped": (
        "The paddings are swapped: padding=(h, w) adds h rows above and below, w columns on the "
        "left and right.",
        ({"padding": swapped("padding")},),
    ),
    "last_window_missed": (
        "The last row or column of windows is missing. There is one more window than steps "
        "between windows, hence the + 1 in the output's size.",
        ({"size": fewer(1, 1)}, {"size": fewer(1, 0)}, {"size": fewer(0, 1)}),
    ),
    "assumes_square_map": (
        "OH and OW are the same in your result. Compute OH from H and the window's rows, OW from "
        "W and its columns.",
        ({"size": side(0)}, {"size": side(1)}),
    ),
    "padding_half_window": (
        "Your first window starts half a window outside the map, k // 2 pixels, and not `padding` "
        "pixels. The two are the same only where padding is k // 2.",
        (
            {"lead": half, "size": kept},
            {"lead": half_along(0), "size": kept},
            {"lead": half_along(1), "size": kept},
            {"lead": half, "trail": half},
            {"lead": half, "trail": half, "size": kept},
            {"lead": always_half, "trail": always_half},
            {"lead": always_half, "trail": always_half, "size": kept},
            {"lead": odd_half, "size": kept},
            {"lead": odd_half, "trail": odd_half},
        ),
    ),
    "padding_added": (
        "Padding moves your windows down and to the right, where it should move them up and to "
        "the left: window (i, j) starts at row i * stride - padding of the map, not + padding.",
        ({"lead": inward, "size": kept},),
    ),
    "negative_index": (
        "Where a window starts outside the map, your row or column is negative, and Python counts "
        "it from the end: x[-1] is the last row. Test 0 <= row too, and not row < H alone.",
        (
            WRAPPED,
            {"near": always(-1000, 0)},
            {"near": always(0, -1000)},
        ),
    ),
    "border_pixels_skipped": (
        "Your windows never see the first or the last row or column of the map. Rows of the map "
        "are 0 to H - 1: test 0 <= row < H, with <= on the left and H itself on the right.",
        tuple(
            {name: always(*pair)} for name in ("near", "far") for pair in ((1, 1), (1, 0), (0, 1))
        )
        + ({"near": always(1, 1), "far": always(1, 1)},),
    ),
}
