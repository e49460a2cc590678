"""Known mistakes of 2.1: counting windows, rounding, and the window that ceil_mode drops."""

from __future__ import annotations

import math
from collections.abc import Callable

from grader.exercise import Mistake


def reach(k: int, dilation: int) -> int:
    """How many pixels a dilated window covers."""
    return dilation * (k - 1) + 1


def out(
    floor: Callable | None = None,
    ceil: Callable | None = None,
    *,
    sides: int = 2,
    kernel: Callable[[int, int], int] = reach,
    step: Callable[[int, int | None], int] = lambda k, stride: k if stride is None else stride,
    keep: Callable[..., bool] = lambda start, n, p: start < n + p,
) -> Callable[..., float]:
    """A `pool_out` with slips; right without any argument.

    Args:
        floor, ceil: count windows from the padded length, the window and the stride, without
            and with ceil_mode.
        sides: on how many sides there is padding.
        kernel: the pixels a window covers, from k and dilation.
        step: the stride, from k and the given one.
        keep: whether a last window counts that starts there, in padded pixels.
    """

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        s, covered, length = step(k, stride), kernel(k, dilation), n + sides * padding
        count = (ceil or up) if ceil_mode else (floor or down)
        windows = count(length, covered, s)
        sticks_out = ceil_mode and not keep((windows - 1) * s, n, padding)
        return windows - 1 if sticks_out else windows

    return pool_out


def down(n: int, k: int, s: int) -> int:
    """The right rule without ceil_mode."""
    return (n - k) // s + 1


def up(n: int, k: int, s: int) -> int:
    """The right rule with ceil_mode, before a window is dropped."""
    return -(-(n - k) // s) + 1


def both(rule: Callable[[int, int, int], float], ceil: Callable | None = None) -> Callable:
    """A slip in both modes, each rounded its own way."""
    return out(lambda n, k, s: math.floor(rule(n, k, s)), ceil or rounded_up(rule))


def rounded_up(rule: Callable[[int, int, int], float]) -> Callable[[int, int, int], int]:
    """A rule rounded up."""
    return lambda n, k, s: math.ceil(rule(n, k, s))


def plain(rule: Callable[..., float]) -> Callable[..., float]:
    """A `pool_out` from a rule that knows neither padding nor dilation."""

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        return rule(n, k, k if stride is None else stride)

    return pool_out


def always_up(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    """As if ceil_mode were always set."""
    return out()(n, k, stride, padding, True, dilation)


def stride_reach(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
    """The stride is by default what a window covers."""
    stride = reach(k, dilation) if stride is None else stride
    return out()(n, k, stride, padding, ceil_mode, dilation)


def always(keep: bool) -> Callable[..., bool]:
    """Whether the last window counts, whatever it is."""
    return lambda start, n, p: keep


MISTAKES = tuple(
    Mistake(slug, "pool_out", message, variants)
    for slug, (message, variants) in {
        "stride_default_1": (
            "With stride=None you moved the window by one pixel. A pooling window moves by its "
            "own size unless you say otherwise: stride=None means stride = k.",
            (out(step=lambda k, s: 1 if s is None else s),),
        ),
        "stride_default_2": (
            "With stride=None you moved the window by two pixels. That is right for windows of "
            "two only: stride=None means stride = k.",
            (out(step=lambda k, s: 2 if s is None else s),),
        ),
        "stride_default_reach": (
            "With stride=None and dilation you moved the window by the pixels it covers. "
            "stride=None means stride = k, whatever the dilation.",
            (stride_reach,),
        ),
        "stride_ignored": (
            "The stride makes no difference in your result. Divide the room for steps by it: "
            "(n + 2 * padding - k) // stride + 1.",
            (out(step=lambda k, s: 1), out(step=lambda k, s: k)),
        ),
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
            (out(keep=lambda start, n, p: start < n),),
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
            "With ceil_mode you always leave the last window out. Drop it only if it would start "
            "in the padding on the right: if (out - 1) * stride >= n + padding.",
            (out(keep=always(False)), out(keep=lambda start, n, p: p == 0)),
        ),
        "one_more_with_ceil": (
            "With ceil_mode you always add a window. It adds one only where something is left "
            "over at the end: round up instead of adding one.",
            (
                out(ceil=lambda n, k, s: down(n, k, s) + 1),
                out(ceil=lambda n, k, s: down(n, k, s) + 1, keep=always(True)),
            ),
        ),
        "note_formula": (
            "(n - k + 1) / stride is an old formula of Keras, which must be rounded up. Write "
            "(n - k) // stride + 1 instead: the + 1 comes after the division.",
            (
                out(lambda n, k, s: (n - k + 1) / s, lambda n, k, s: (n - k + 1) / s),
                out(lambda n, k, s: (n - k + 1) / s),
                out(lambda n, k, s: (n - k + 1) // s, lambda n, k, s: -(-(n - k + 1) // s)),
                out(lambda n, k, s: (n - k + 1) // s),
                out(lambda n, k, s: (n - k + 1) // s, keep=always(True)),
            ),
        ),
        "n_div_s": (
            "n // stride ignores how long the window is. The first window needs k pixels, only "
            "the others one stride each: (n + 2 * padding - k) // stride + 1.",
            (
                plain(lambda n, k, s: n // s),
                out(lambda n, k, s: n // s, lambda n, k, s: -(-n // s), keep=always(True)),
                out(lambda n, k, s: n // s, lambda n, k, s: -(-n // s)),
            ),
        ),
        "ceil_n_div_s": (
            "n / stride, rounded up, is what 'same' padding gives. Here the padding is given: "
            "(n + 2 * padding - k) // stride + 1.",
            (
                plain(lambda n, k, s: -(-n // s)),
                out(lambda n, k, s: -(-n // s), lambda n, k, s: -(-n // s)),
            ),
        ),
        "no_floor": (
            "Your result is not always a whole number. Round it: down with //, or up if "
            "ceil_mode is set.",
            (
                out(lambda n, k, s: (n - k) / s + 1),
                out(lambda n, k, s: (n - k) / s + 1, lambda n, k, s: (n - k) / s + 1),
            ),
        ),
        "rounded_to_nearest": (
            "You rounded to the nearest whole number. Without ceil_mode a window counts only if "
            "it fits completely: round down with //.",
            (
                out(lambda n, k, s: round((n - k) / s) + 1),
                out(lambda n, k, s: math.floor((n - k) / s + 1.5)),
                out(
                    lambda n, k, s: round((n - k) / s) + 1,
                    lambda n, k, s: round((n - k) / s) + 1,
                ),
            ),
        ),
        "padding_once": (
            "You added the padding once. It is on both sides, so the map grows by 2 * padding.",
            (out(sides=1), out(sides=1, keep=always(True))),
        ),
        "padding_ignored": (
            "The padding makes no difference in your result. It is on both sides, so the map "
            "grows by 2 * padding.",
            (out(sides=0),),
        ),
        "padding_doubled": (
            "You added the padding twice on each side. `padding` pixels before the map and as "
            "many after it are 2 * padding in all.",
            (out(sides=4),),
        ),
        "one_missing": (
            "Off by one: you counted the steps between the windows. There is one window more, "
            "the one at the very start: (…) // stride + 1.",
            (both(lambda n, k, s: (n - k) / s),),
        ),
        "one_too_many": (
            "Off by one: there is one window more than there are steps between windows, not two.",
            (both(lambda n, k, s: (n - k) / s + 2), both(lambda n, k, s: (n - k + 1) / s + 1)),
        ),
        "stride_first": (
            "The stride must divide the whole difference. Subtract the window first, then divide: "
            "(n + 2 * padding - k) // stride + 1; mind the parentheses.",
            (
                out(lambda n, k, s: n // s - k + 1, lambda n, k, s: -(-n // s) - k + 1),
                out(lambda n, k, s: n - k // s + 1, lambda n, k, s: n - k // s + 1),
                out(lambda n, k, s: n // s - k // s + 1),
            ),
        ),
        "dilation_ignored": (
            "The dilation spreads the window out, and your result misses that. Calculate with the "
            "pixels it covers from end to end: dilation * (k - 1) + 1 instead of k.",
            (out(kernel=lambda k, d: k), out(kernel=lambda k, d: k + d - 1)),
        ),
        "dilation_times_k": (
            "dilation * k counts one gap too many. Between k pixels of the window there are k - 1 "
            "gaps, so it covers dilation * (k - 1) + 1 pixels.",
            (out(kernel=lambda k, d: d * k),),
        ),
    }.items()
)
