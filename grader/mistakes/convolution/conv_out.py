"""Known mistakes of 1.1: the output size; those of 'same' padding are next door."""

import math
from collections.abc import Callable

from grader.exercise import Mistake
from grader.mistakes.convolution import same_pads


def reach(k: int, dilation: int) -> int:
    """How many pixels a dilated kernel covers."""
    return dilation * (k - 1) + 1


def out(
    rule: Callable[[int, int, int], float],
    *,
    sides: int = 2,
    kernel: Callable[[int, int], int] = reach,
) -> Callable[..., float]:
    """A `conv_out` whose rule gets the padded length, the kernel's reach and the stride."""

    def conv_out(n, k, stride=1, padding=0, dilation=1):
        return rule(n + sides * padding, kernel(k, dilation), stride)

    return conv_out


def windows(length: int, kernel: int, stride: int) -> int:
    """The right rule."""
    return (length - kernel) // stride + 1


def stride_before_padding(n, k, stride=1, padding=0, dilation=1):
    """Only n is divided by the stride."""
    return n // stride + 2 * padding - reach(k, dilation) + 1


def stride_divides_one(n, k, stride=1, padding=0, dilation=1):
    """The last number of torch's formula is divided by the stride, for want of parentheses."""
    return n + 2 * padding - dilation * (k - 1) - 1 // stride + 1


CONV_OUT = (
    Mistake(
        "no_floor",
        "conv_out",
        "Your result is not always a whole number. A window that does not fit completely is "
        "dropped, so round down: divide with //.",
        (out(lambda n, k, s: (n - k) / s + 1),),
    ),
    Mistake(
        "rounded_up",
        "conv_out",
        "You rounded up. A convolution drops the last, incomplete window: round down with //.",
        (out(lambda n, k, s: -(-(n - k) // s) + 1),),
    ),
    Mistake(
        "rounded_to_nearest",
        "conv_out",
        "You rounded to the nearest whole number. A window counts only if it fits completely, "
        "so round down: divide with // (Python's round is not floor).",
        (
            out(lambda n, k, s: round((n - k) / s) + 1),
            out(lambda n, k, s: round((n - k) / s + 1)),
            out(lambda n, k, s: math.floor((n - k) / s + 1.5)),
        ),
    ),
    Mistake(
        "padding_once",
        "conv_out",
        "You added the padding once. It is on both sides, so the input grows by 2 * padding.",
        (out(windows, sides=1),),
    ),
    Mistake(
        "padding_ignored",
        "conv_out",
        "The padding makes no difference in your result. It is on both sides, so the input grows "
        "by 2 * padding.",
        (out(windows, sides=0),),
    ),
    Mistake(
        "one_missing",
        "conv_out",
        "Off by one: you counted the gaps between the windows. Count the windows themselves, "
        "which are one more: (…) // stride + 1.",
        (out(lambda n, k, s: (n - k) // s),),
    ),
    Mistake(
        "one_inside",
        "conv_out",
        "The + 1 stands inside the division. Divide by the stride first, then add 1: "
        "(…) // stride + 1.",
        (out(lambda n, k, s: (n - k + 1) // s),),
    ),
    Mistake(
        "dilation_ignored",
        "conv_out",
        "The dilation spreads the kernel out, and your result misses that. Calculate with the "
        "pixels it covers from end to end: dilation * (k - 1) + 1 instead of k.",
        (
            out(windows, kernel=lambda k, d: k),
            out(windows, kernel=lambda k, d: k + d - 1),
        ),
    ),
    Mistake(
        "dilation_times_k",
        "conv_out",
        "dilation * k counts one gap too many. Between k pixels of the kernel there are k - 1 "
        "gaps, so it covers dilation * (k - 1) + 1 pixels.",
        (out(windows, kernel=lambda k, d: d * k),),
    ),
    Mistake(
        "stride_first",
        "conv_out",
        "The stride must divide the whole difference. Subtract the kernel first, then divide: "
        "(n + 2 * padding - kernel) // stride + 1; mind the parentheses.",
        (
            out(lambda n, k, s: n // s - k + 1),
            out(lambda n, k, s: int(n / s - k + 1)),
            out(lambda n, k, s: n - k // s + 1),
            out(lambda n, k, s: int(n - k / s + 1)),
            out(lambda n, k, s: n // s - k // s + 1),
            stride_before_padding,
            stride_divides_one,
        ),
    ),
    Mistake(
        "stride_ignored",
        "conv_out",
        "The stride makes no difference in your result. The window jumps `stride` pixels at a "
        "time: (n + 2 * padding - kernel) // stride + 1.",
        (out(lambda n, k, s: n - k + 1),),
    ),
)

MISTAKES = CONV_OUT + same_pads.MISTAKES
