"""Slips that spoil several gradients of the normalization at once: eps, the variance, the axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.moments import (
    DIGITS_LOST,
    one_pass,
    short_of_digits,
)
from grader.mistakes.batch_normalization.spoilt import Call, backward, through, total
from grader.mistakes.batch_normalization.three_paths import bare, by_root, outside, walk
from grader.mistakes.shapes import only_if


def rooted(root: Callable[[Call], np.ndarray]) -> tuple:
    """Backward passes with another root: everywhere, in dx alone, in dgamma alone."""

    def dx(dy, call):
        return through(dy, call, root=root(call), xhat=call.centred / root(call))

    def dgamma(dy, call):
        return total(dy * call.centred / root(call), call).reshape(-1)

    def outer(dy, call):
        return through(dy, call, root=root(call))

    return backward(dx, dgamma), backward(dx), backward(dgamma=dgamma), backward(outer)


def elsewhere(axes: Callable[[Call], tuple[int, ...]]) -> tuple:
    """Backward passes whose mean and variance lie over other axes; two ways to sum."""

    def moved(call: Call) -> Call:
        return replace(call, axes=axes(call))

    def dgamma(dy, call):
        return total(dy * moved(call).xhat, call).reshape(-1)

    def narrow(dy, call):
        return (dy * moved(call).xhat).sum(axes(call))

    def dx(dy, call):
        return through(dy, moved(call))

    return backward(dx, dgamma), backward(dx), backward(dx, narrow, lambda dy, c: dy.sum(axes(c)))


def images(axes: tuple[int, ...]):
    """Other axes for images, the right ones for rows."""
    return lambda call: axes if call.x.ndim == 4 else (0,)


def last_is_channel():
    """A backward pass that is right if the channels come last and are as many."""

    def bn(dy, x, gamma, eps):
        only_if(x.shape[-1] == x.shape[1], None)
        dx, dgamma, dbeta = backward()(dy.swapaxes(1, -1), x.swapaxes(1, -1), gamma, eps)
        return dx.swapaxes(1, -1), dgamma, dbeta

    return bn


def broadcast(axis: int):
    """A backward pass with gamma along another axis, which must be as long."""

    def dx(dy, call):
        place = axis % dy.ndim
        only_if(dy.shape[place] == dy.shape[1], None)
        shape = [-1 if a == place else 1 for a in range(dy.ndim)]
        plain = replace(call, gamma=np.ones_like(call.gamma))
        return through(dy * call.gamma.reshape(shape), plain)

    return backward(dx)


def fixed(fixed_eps: float):
    """A backward pass that knows one eps only."""
    return lambda dy, x, gamma, eps: backward()(dy, x, gamma, fixed_eps)


def divided(which: str):
    """A backward pass in which some gradients are divided by N."""

    def bn(dy, x, gamma, eps):
        named = zip(("dx", "dgamma", "dbeta"), backward()(dy, x, gamma, eps), strict=True)
        return tuple(g / len(x) if name in which.split() else g for name, g in named)

    return bn


def unbiased(call: Call) -> np.ndarray:
    """The root of the unbiased variance."""
    return np.sqrt(call.unbiased + call.eps)


SHARED = {
    "divided_by_batch": (
        "The gradients are divided by N. The mean over the images belongs to the loss; dy "
        "already has it.",
        (divided("dx dgamma dbeta"), divided("dx")),
    ),
    "unbiased": (
        "You used the unbiased variance. The forward pass divides by m, not by m - 1, so the "
        "backward pass does too.",
        rooted(unbiased),
    ),
    "digits_lost": (
        DIGITS_LOST,
        (
            rooted(lambda c: np.sqrt(one_pass(c) + c.eps))[0],
            rooted(lambda c: np.sqrt(short_of_digits(c) + c.eps))[0],
        ),
    ),
    "no_eps": (
        "eps is missing. Normalize as in the forward pass, by sqrt(var + eps).",
        (*rooted(bare), by_root(bare), walk(cube=lambda c: c.var**-1.5)),
    ),
    "eps_outside": (
        "eps is added outside the root. It belongs inside: sqrt(var + eps).",
        (*rooted(outside), by_root(outside), walk(straight=outside, down=outside)),
    ),
    "eps_fixed": (
        "eps is a fixed number. Use the argument eps: some cases give another one.",
        (fixed(1e-5), fixed(1e-8), fixed(1e-3)),
    ),
    "divide_by_var": (
        "You divided by the variance. Divide by the standard deviation, its square root: "
        "sqrt(var + eps).",
        (
            *rooted(lambda c: c.var + c.eps),
            walk(straight=lambda c: c.var + c.eps),
            walk(straight=lambda c: c.var),
            walk(down=lambda c: c.var + c.eps),
        ),
    ),
    "per_sample": (
        "Mean, variance or sums run over the features of one sample: that is layer "
        "normalization. Take them over the batch, for each channel.",
        elsewhere(lambda call: tuple(range(1, call.x.ndim))),
    ),
    "per_image": (
        "Each image is treated by itself. Mean, variance and sums go over the images as well: "
        "axes 0, 2 and 3.",
        elsewhere(images((2, 3))),
    ),
    "per_position": (
        "Each pixel position is treated by itself. All positions of a channel share a mean: "
        "sum over axes 0, 2 and 3.",
        elsewhere(images((0,))),
    ),
    "global_stats": (
        "There is one mean for all channels together. Each channel has its own: leave axis 1 "
        "out of every sum.",
        elsewhere(lambda call: tuple(range(call.x.ndim))),
    ),
    "channels_last": (
        "The last axis is treated as the channels. Here axis 1 is: sum over axes 0, 2 and 3.",
        (last_is_channel(), broadcast(-1), broadcast(0), broadcast(2)),
    ),
}
