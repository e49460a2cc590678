"""A right max pooling, forward and backward, that takes slips."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.gatherings import overwritten
from grader.mistakes.pooling.spoilt import Call, called, changed, scattered


def largest(windows: np.ndarray) -> np.ndarray:
    """The maximum of each window, (N, C, OH, OW)."""
    return windows.max((-2, -1))


def forward(
    reduce: Callable = largest, *, after: Callable | None = None, **changes: Callable
) -> Callable:
    """A forward pass with slips.

    Args:
        reduce: turns the windows into the result.
        after: a function of the result and the call.
        changes: new values for fields of the call, as functions of the right call.
    """

    def pool(x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
        call = changed(called(x, k, stride, padding, dilation, ceil_mode), changes)
        y = reduce(call.windows).astype(x.dtype)
        return after(y, call) if after else y

    return pool


def first(windows: np.ndarray) -> np.ndarray:
    """1 at the first maximum of each window, row by row, else 0."""
    flat = windows.reshape(*windows.shape[:4], -1)
    at = np.argmax(flat, axis=-1)[..., None] == np.arange(flat.shape[-1])
    return at.reshape(windows.shape).astype(windows.dtype)


def last(windows: np.ndarray) -> np.ndarray:
    """1 at the last maximum of each window, row by row, else 0."""
    return first(windows[..., ::-1, ::-1])[..., ::-1, ::-1]


def downward(windows: np.ndarray) -> np.ndarray:
    """1 at the first maximum of each window, column by column, else 0."""
    return first(windows.swapaxes(-2, -1)).swapaxes(-2, -1)


def ties(windows: np.ndarray) -> np.ndarray:
    """1 at every maximum of each window, else 0."""
    return (windows == windows.max((-2, -1), keepdims=True)).astype(windows.dtype)


def backward(
    choose: Callable = first,
    *,
    gather: Callable = scattered,
    slopes: Callable | None = None,
    after: Callable | None = None,
    **changes: Callable,
) -> Callable:
    """A backward pass with slips.

    Args:
        choose: says of the windows how much of its gradient each pixel gets.
        gather: brings the shares of all windows together.
        slopes: another dy, as a function of dy and the call.
        after: a function of dx and the call.
        changes: new values for fields of the call, as functions of the right call.
    """

    def pool(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
        call = called(x, k, stride, padding, dilation, ceil_mode)
        call = changed(call, {"size": lambda c: dy.shape[2:]} | changes)
        own = slopes(dy, call) if slopes else dy
        shares = own[..., None, None] * choose(call.windows)
        dx = gather(shares, call).astype(x.dtype)
        return after(dx, call) if after else dx

    return pool


def assigned(choose: Callable, shares: Callable | None = None, **slips: Callable) -> Callable:
    """A backward pass that writes only the winners' shares, each over the one before."""

    def gather(given: np.ndarray, call: Call) -> np.ndarray:
        written = choose(call.windows).astype(bool)
        return overwritten(given, call, [0, 1, 2, 3], written)

    return backward(shares or choose, gather=gather, **slips)
