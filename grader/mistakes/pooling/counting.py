"""A right `pool_out` that takes slips."""

from __future__ import annotations

import math
from collections.abc import Callable


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


def all_that_stick_out(sides: int, kernel: Callable = reach) -> Callable[..., float]:
    """With ceil_mode, a last window counts only if it ends before so many sides of padding do."""

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        step, end = k if stride is None else stride, n + sides * padding - kernel(k, dilation)
        windows = out(keep=always(True))(n, k, stride, padding, ceil_mode, dilation)
        return windows - (ceil_mode and (windows - 1) * step > end)

    return pool_out


def steps_late(steps: int) -> Callable[..., float]:
    """With ceil_mode, a window counts if the one so many steps later would count."""

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        step = k if stride is None else stride
        windows = out(keep=always(True))(n, k, stride, padding, ceil_mode, dilation)
        return windows - (ceil_mode and (windows - 1 + steps) * step >= n + padding)

    return pool_out


def also_floor(keep: Callable[..., bool]) -> Callable[..., float]:
    """The last window is checked in both modes."""

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        step = k if stride is None else stride
        windows = out(keep=always(True))(n, k, stride, padding, ceil_mode, dilation)
        return windows - (not keep((windows - 1) * step, n, padding))

    return pool_out


def half_window(*, always_padded: bool, dropped_by_half: bool) -> Callable[..., float]:
    """As if half a window were padded on each side.

    Args:
        always_padded: also where there is no padding.
        dropped_by_half: whether the rule for the last window uses it as well.
    """

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        step = k if stride is None else stride
        half = k // 2 if always_padded or padding else 0
        windows = out(keep=always(True))(n, k, stride, half, ceil_mode, dilation)
        end = n + (half if dropped_by_half else padding)
        return windows - (ceil_mode and (windows - 1) * step >= end)

    return pool_out


def divided(rounded: Callable, sides: int, ceil: Callable | None = None) -> Callable[..., float]:
    """The map with so many sides of padding by the stride; right with ceil_mode if that is None."""

    def pool_out(n, k, stride=None, padding=0, ceil_mode=False, dilation=1):
        if ceil_mode and ceil is None:
            return out()(n, k, stride, padding, ceil_mode, dilation)
        rule = ceil if ceil_mode else rounded
        return rule((n + sides * padding) / (k if stride is None else stride))

    return pool_out
