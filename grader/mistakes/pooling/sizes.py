"""Slips with sizes and steps that every pooling can have: stride, padding, ceil_mode, dilation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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


def kept(call: Call) -> tuple[int, int]:
    """The size that would be right, whatever else changes."""
    return call.out


def swapped(name: str) -> Callable:
    """Columns before rows."""
    return lambda call: getattr(call, name)[::-1]


def rule(count: Callable[..., int]) -> Callable:
    """Count the windows in another way."""
    return lambda call: count


def exact_only(n: int, room: int, s: int, p: int) -> int:
    """torch's count, unless nothing is left over: then one window more."""
    return max(torchs(n, room, s, p), floor(n, room, s, p) + 1)


def usual(call: Call, step: Callable[[Call], tuple[int, int]]) -> tuple[int, int]:
    """Another stride where the stride is the window's size."""
    return step(call) if call.stride == call.kernel else call.stride


def covered(call: Call) -> tuple[int, int]:
    """The pixels that a window covers from end to end."""
    return tuple(d * (k - 1) + 1 for k, d in zip(call.kernel, call.dilation, strict=True))


def fitting(call: Call) -> tuple[int, int]:
    """How many windows fit completely, along rows and columns."""
    return replace(call, ceil=False, size=None).out


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
    "pairs_swapped": (
        "You read pairs as (columns, rows). k, stride, padding and dilation are (h, w): the first "
        "number is for rows, the second for columns.",
        tuple(
            {name: swapped(name) for name in names}
            for names in (
                ("kernel", "stride"),
                ("kernel", "stride", "padding"),
                ("kernel", "stride", "padding", "dilation"),
            )
        ),
    ),
    "pair_half_used": (
        "One number of a pair is used for both axes. k, stride, padding and dilation can be "
        "(h, w): the first is for rows, the second for columns.",
        tuple(
            {name: half(name)}
            for half in (first, second)
            for name in ("kernel", "stride", "padding")
        )
        + tuple(
            {name: half(name), "size": kept}
            for half in (first, second)
            for name in ("kernel", "stride", "padding")
        )
        + tuple({"lead": half("padding"), "size": kept} for half in (first, second)),
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
    "ceil_along_one_axis": (
        "ceil_mode makes a difference along one axis only. Round both OH and OW up, each from "
        "its own side of the map.",
        (
            {"size": lambda c: (c.out[0], fitting(c)[1])},
            {"size": lambda c: (fitting(c)[0], c.out[1])},
        ),
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
