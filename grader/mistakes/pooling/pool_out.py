"""Known mistakes of 2.1: counting windows along one axis."""

import math

from grader.exercise import Mistake
from grader.mistakes.pooling.counting import (
    always,
    both,
    divided,
    down,
    half_window,
    out,
    stride_reach,
)
from grader.mistakes.pooling.pool_out_ceil import CEILINGS

SIZES = {
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
            *(
                divided(math.floor, sides, ceil)
                for sides in (0, 2)
                for ceil in (None, math.floor, math.ceil)
            ),
            out(lambda n, k, s: n // s, lambda n, k, s: -(-n // s)),
        ),
    ),
    "ceil_n_div_s": (
        "n / stride, rounded up, is what 'same' padding gives. Here the padding is given: "
        "(n + 2 * padding - k) // stride + 1.",
        (
            *(divided(math.ceil, sides, ceil) for sides in (0, 2) for ceil in (None, math.ceil)),
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
    "padding_half_window": (
        "You padded half a window, k // 2, and not `padding` pixels. The two are the same only "
        "where padding is k // 2.",
        tuple(
            half_window(always_padded=everywhere, dropped_by_half=too)
            for everywhere in (False, True)
            for too in (False, True)
        ),
    ),
    "one_missing": (
        "Off by one: you counted the steps between the windows. There is one window more, "
        "the one at the very start: (…) // stride + 1.",
        (both(lambda n, k, s: (n - k) / s), out(lambda n, k, s: (n - k) // s)),
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
            both(lambda n, k, s: n - k / s + 1),
            both(lambda n, k, s: n / s - k + 1),
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
        (out(kernel=lambda k, d: d * k), out(kernel=lambda k, d: d * k + 1)),
    ),
    "dilation_gaps_too_wide": (
        "Between two neighbours of the window lie dilation - 1 pixels, not `dilation`. It covers "
        "dilation * (k - 1) + 1 pixels from end to end.",
        (out(kernel=lambda k, d: d * (k - 1) + k),),
    ),
    "formula_of_convolution": (
        "Neither ceil_mode nor dilation makes a difference in your result. Put "
        "dilation * (k - 1) + 1 in place of k, and with ceil_mode round up.",
        (out(ceil=down, kernel=lambda k, d: k, keep=always(True)),),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "pool_out", message, variants)
    for slug, (message, variants) in {**CEILINGS, **SIZES}.items()
)
