"""A right average pooling, forward and backward, that takes slips."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.sizes import Slips
from grader.mistakes.pooling.spoilt import Call, called, changed, scattered


def counted(call: Call) -> np.ndarray:
    """The number of pixels that each window is divided by, (OH, OW)."""
    return (call.known if call.include else call.inside).sum((-2, -1))


def asked(count_include_pad: bool) -> dict[str, Callable]:
    """The changes that turn a call of a max pooling into one of an average pooling."""
    return {
        "fill": lambda call: 0,
        "beyond": lambda call: 0,
        "include": lambda call: bool(count_include_pad),
    }


def forward(
    reduce: Callable | None = None,
    *,
    count: Callable = counted,
    after: Callable | None = None,
    divided_right: bool = False,
    **changes: Callable,
) -> Callable:
    """A forward pass with slips.

    Args:
        reduce: turns the windows into the result, instead of a sum that is divided.
        count: what the sum of each window is divided by, from the call.
        after: a function of the result and the call.
        divided_right: whether the count is of the right call, as in a function of its own.
        changes: new values for fields of the call, as functions of the right call.
    """

    def pool(x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        right = called(x, k, stride, padding, 1, ceil_mode)
        call = changed(right, asked(count_include_pad) | changes)
        right = changed(right, asked(count_include_pad)) if divided_right else call
        y = reduce(call) if reduce else call.windows.sum((-2, -1)) / count(right)
        return after(y.astype(x.dtype), call) if after else y.astype(x.dtype)

    return pool


def backward(
    share: Callable | None = None,
    *,
    count: Callable = counted,
    gather: Callable = scattered,
    slopes: Callable | None = None,
    after: Callable | None = None,
    divided_right: bool = False,
    **changes: Callable,
) -> Callable:
    """A backward pass with slips.

    Args:
        share: how much of its gradient each pixel of a window gets, from the call; by default
            one over the count.
        count: what the sum of each window was divided by, from the call.
        gather: brings the shares of all windows together.
        slopes: another dy, as a function of dy and the call.
        after: a function of dx and the call.
        divided_right: whether the count is of the right call, as in a function of its own.
        changes: new values for fields of the call, as functions of the right call.
    """

    def pool(dy, x, k, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        right = called(x, k, stride, padding, 1, ceil_mode)
        kept = {"size": lambda c: dy.shape[2:]} | asked(count_include_pad)
        call = changed(right, kept | changes)
        right = changed(right, kept) if divided_right else call
        own = slopes(dy, call) if slopes else dy
        part = share(call) if share else 1 / count(right)[..., None, None]
        shares = np.broadcast_to(own[..., None, None] * part, (*dy.shape, *call.kernel))
        dx = gather(shares, call).astype(x.dtype)
        return after(dx, call) if after else dx

    return pool


# What changes which pixels a window sees.
SEEN = ("lead", "near", "far", "kernel")


def divided_right(slips: Slips) -> Slips:
    """Those slips that keep the size but change what windows see, with the right divisors."""
    chosen = {
        slug: (
            message,
            tuple(
                {**coding, "divided_right": True}
                for coding in codings
                if {*coding} <= {*SEEN, "size"} and {*coding} & {*SEEN}
            ),
        )
        for slug, (message, codings) in slips.items()
    }
    return {slug: slip for slug, slip in chosen.items() if slip[1]}


def joined(slips: Slips, more: Slips) -> Slips:
    """Slips with further codings for some of them."""
    return {
        slug: (message, (*codings, *more.get(slug, ("", ()))[1]))
        for slug, (message, codings) in slips.items()
    }
