"""Slips with sizes and steps that every pooling can have: stride, padding, ceil_mode, dilation."""

from __future__ import annotations

from collections.abc import Callable

from grader.mistakes.pooling.spoilt import Call, floor, naive, torchs

Slips = dict[str, tuple[str, tuple[dict[str, Callable], ...]]]


def one(call: Call) -> tuple[int, int]:
    """A step of one pixel."""
    return (1, 1)


def first(name: str) -> Callable:
    """The first number of a pair, used for both axes."""
    return lambda call: (getattr(call, name)[0],) * 2


def second(name: str) -> Callable:
    """The second number of a pair, used for both axes."""
    return lambda call: (getattr(call, name)[1],) * 2


def none(call: Call) -> tuple[int, int]:
    """No pixels."""
    return (0, 0)


def twice(name: str) -> Callable:
    """Both numbers doubled."""
    return lambda call: tuple(2 * number for number in getattr(call, name))


def kept(call: Call) -> tuple[int, int]:
    """The size that would be right, whatever else changes."""
    return call.out


def swapped(name: str) -> Callable:
    """Columns before rows."""
    return lambda call: getattr(call, name)[::-1]


def rule(count: Callable[..., int]) -> Callable:
    """Count the windows in another way."""
    return lambda call: count


def fewer(rows: int, columns: int) -> Callable:
    """So many rows and columns less of output."""
    return lambda call: (max(call.out[0] - rows, 1), max(call.out[1] - columns, 1))


def exact_only(n: int, room: int, s: int, p: int) -> int:
    """torch's count, unless nothing is left over: then one window more."""
    return max(torchs(n, room, s, p), floor(n, room, s, p) + 1)


def usual(call: Call, step: Callable[[Call], tuple[int, int]]) -> tuple[int, int]:
    """Another stride where the stride is the window's size."""
    return step(call) if call.stride == call.kernel else call.stride


def covered(call: Call) -> tuple[int, int]:
    """The pixels that a window covers from end to end."""
    return tuple(d * (k - 1) + 1 for k, d in zip(call.kernel, call.dilation, strict=True))


def side(axis: int) -> Callable:
    """(OH, OW), if both were found from the same side of the map."""
    return lambda call: (call.out[axis],) * 2


STRIDES: Slips = {
    "stride_default_1": (
        "With stride=None the windows are one pixel apart. In pooling they lie side by side "
        "unless you say otherwise: stride=None means stride = k.",
        ({"stride": lambda c: usual(c, one)},),
    ),
    "stride_default_2": (
        "With stride=None the windows are two pixels apart. That is right for windows of two "
        "only: stride=None means stride = k.",
        ({"stride": lambda c: usual(c, lambda _: (2, 2))},),
    ),
    "stride_ignored": (
        "The stride is ignored: the windows lie side by side, or one pixel apart, whatever it "
        "is. Window (i, j) starts at row i * stride, column j * stride of the padded map.",
        (
            {"stride": lambda c: c.kernel},
            {"stride": one},
            {"stride": one, "size": kept},
            {"stride": lambda c: (c.stride[0], 1)},
            {"stride": lambda c: (1, c.stride[1])},
        ),
    ),
    "stride_swapped": (
        "The strides are swapped: stride=(h, w) steps h rows down and w columns to the right.",
        ({"stride": swapped("stride")}, {"stride": swapped("stride"), "size": kept}),
    ),
    "kernel_swapped": (
        "The sides of the window are swapped: k=(h, w) is h rows high and w columns wide.",
        (
            {"kernel": swapped("kernel")},
            {"kernel": swapped("kernel"), "size": kept},
        ),
    ),
    "pair_half_used": (
        "One number of a pair is used for both axes. k, stride, padding and dilation can be "
        "(h, w): the first is for rows, the second for columns.",
        tuple(
            {name: half(name)}
            for half in (first, second)
            for name in ("kernel", "stride", "padding")
        ),
    ),
}

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
}

CEILINGS: Slips = {
    "ceil_ignored": (
        "ceil_mode makes no difference in your result. With ceil_mode, windows that stick out of "
        "the map below or on the right count too: round the output's size up.",
        ({"rounded": rule(floor)},),
    ),
    "ceil_always": (
        "You always round the output's size up. Without ceil_mode, windows that do not fit are "
        "left out: round down with //.",
        ({"rounded": rule(torchs)},),
    ),
    "ceil_inverted": (
        "ceil_mode is the wrong way round: you round up without it, and down with it.",
        ({"ceil": lambda c: not c.ceil},),
    ),
    "ceil_naive": (
        "With ceil_mode you keep a window that lies completely behind the map. Drop the last "
        "window if it would start in the padding below or on the right: if "
        "(out - 1) * stride >= n + padding.",
        ({"rounded": lambda c: naive if c.ceil else floor},),
    ),
    "ceil_always_adds": (
        "With ceil_mode you always add a window. It adds one only where something is left over "
        "at the end: round up instead of adding one.",
        ({"rounded": lambda c: exact_only if c.ceil else floor},),
    ),
}


def variants(make: Callable[..., Callable], slips: Slips) -> dict[str, tuple[str, tuple]]:
    """The slips in the pooling that `make` makes from changes of a call."""
    return {
        slug: (message, tuple(make(**changes) for changes in codings))
        for slug, (message, codings) in slips.items()
    }
