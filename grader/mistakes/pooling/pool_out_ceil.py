"""Slips of 2.1 with ceil_mode: rounding up, and the window that is dropped."""

import math

from grader.mistakes.pooling.counting import (
    all_that_stick_out,
    also_floor,
    always,
    always_up,
    down,
    out,
    steps_late,
    up,
)

CEILINGS = {
    "ceil_ignored": (
        "ceil_mode makes no difference in your result. With ceil_mode, a last window that "
        "sticks out of the map counts too: round up.",
        (out(ceil=down),),
    ),
    "ceil_always": (
        "You always round up. Without ceil_mode, a window that does not fit is left out: "
        "round down.",
        (always_up,),
    ),
    "ceil_inverted": (
        "ceil_mode is the wrong way round: you round up without it, and down with it.",
        (out(floor=up, ceil=down, keep=always(True)),),
    ),
    "ceil_naive": (
        "With ceil_mode you count a window that lies completely behind the map. Drop the last "
        "window if it would start in the padding on the right: if "
        "(out - 1) * stride >= n + padding.",
        (out(keep=always(True)),),
    ),
    "ceil_drops_at_n": (
        "With ceil_mode you drop a window that still reaches the map. The windows start "
        "`padding` pixels before the map, so the last one may start up to n + padding - 1, "
        "counted from there.",
        (
            out(keep=lambda start, n, p: start < n),
            out(keep=lambda start, n, p: start < n + p - 1),
        ),
    ),
    "ceil_drops_too_late": (
        "With ceil_mode you keep a window that starts in the padding on the right. It starts "
        "at (out - 1) * stride, counted from the first pixel of padding; drop it if that is "
        "n + padding or more.",
        (
            out(keep=lambda start, n, p: start <= n + p),
            out(keep=lambda start, n, p: start < n + 2 * p),
        ),
    ),
    "ceil_drops_always": (
        "With ceil_mode you leave out windows that stick out, or always the last one. Drop it only "
        "if it would start in the padding on the right: if (out - 1) * stride >= n + padding.",
        (
            out(keep=always(False)),
            out(keep=lambda start, n, p: p == 0),
            all_that_stick_out(1),
            all_that_stick_out(2, lambda k, d: k),
            all_that_stick_out(1, lambda k, d: k),
        ),
    ),
    "ceil_drops_one_step_early": (
        "With ceil_mode you drop the last window by the place where the next one would start. The "
        "last of `out` windows starts at (out - 1) * stride, the first at 0.",
        (steps_late(1),),
    ),
    "ceil_drops_if_padded": (
        "Without padding you never drop a window. A window can start behind the map there too, if "
        "the stride is larger than the window: drop it if (out - 1) * stride >= n + padding.",
        (out(keep=lambda start, n, p: start < n + p or not p),),
    ),
    "drops_without_ceil": (
        "Without ceil_mode you leave out a window that fits. Rounding down is enough there: the "
        "check of the last window belongs to ceil_mode.",
        tuple(
            also_floor(keep)
            for keep in (lambda start, n, p: start < n, lambda start, n, p: start < n + p - 1)
        ),
    ),
    "ceil_to_nearest": (
        "With ceil_mode you round to the nearest whole number. A window that sticks out counts "
        "however little of it lies on the map: round up.",
        (
            out(ceil=lambda n, k, s: round((n - k) / s) + 1),
            out(ceil=lambda n, k, s: math.floor((n - k) / s + 1.5)),
        ),
    ),
    "one_more_with_ceil": (
        "With ceil_mode you always add a window. It adds one only where something is left "
        "over at the end: round up instead of adding one.",
        (
            out(ceil=lambda n, k, s: down(n, k, s) + 1),
            out(ceil=lambda n, k, s: down(n, k, s) + 1, keep=always(True)),
        ),
    ),
}
