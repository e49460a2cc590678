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
