"""Slips with what the mean and the variance are taken over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import (
    Call,
    across,
    next_mean,
    next_var,
    normalized,
    train,
)
from grader.mistakes.shapes import only_if

Axes = Callable[[Call], tuple[int, ...]]


def over(axes: Axes, *, keep: bool = False) -> tuple[Callable, ...]:
    """Normalizations that take mean and variance over other axes, with three running statistics.

    Args:
        axes: the axes, as a function of the call.
        keep: only the right running statistics.
    """
    y = on(axes, normalized)
    right = train(y=y)
    if keep:
        return (right,)
    spread = train(y=y, mean=on(axes, spread_mean), var=on(axes, spread_var))
    gathered = train(y=y, mean=on(axes, gathered_mean), var=on(axes, gathered_var))
    return right, spread, gathered


def on(axes: Axes, step: Callable) -> Callable:
    """A step that sees other axes."""
    return lambda call: step(replace(call, axes=axes(call)))


def spread_mean(call: Call) -> np.ndarray:
    """The running mean as broadcasting makes it, whatever the shape of the batch's mean."""
    return (1 - call.momentum) * call.running_mean + call.momentum * call.mean.squeeze()


def spread_var(call: Call) -> np.ndarray:
    """The running variance as broadcasting makes it."""
    return (1 - call.momentum) * call.running_var + call.momentum * call.unbiased.squeeze()


def gathered_mean(call: Call) -> np.ndarray:
    """The running mean of the mean of all means of a channel."""
    return call.blend(call.running_mean, by_channel(call.mean, call))


def gathered_var(call: Call) -> np.ndarray:
    """The running variance of the mean of all variances of a channel."""
    return call.blend(call.running_var, by_channel(call.unbiased, call))


def by_channel(value: np.ndarray, call: Call) -> np.ndarray:
    """The mean of each channel's values."""
    wide = np.broadcast_to(value, [max(n, 1) for n in call.x.shape])
    return wide.mean((0, *range(2, call.x.ndim)))


def images(axes: tuple[int, ...]) -> Axes:
    """Other axes for images, the right ones for rows."""
    return lambda call: axes if call.x.ndim == 4 else (0,)


def whole(call: Call) -> tuple[int, ...]:
    """All axes."""
    return tuple(range(call.x.ndim))


def last_only(call: Call) -> tuple[int, ...]:
    """All axes but the last, as for images with the channels last."""
    return tuple(range(call.x.ndim - 1))


def per_channel_of(axis: int, *, both: bool = True) -> Callable:
    """All results as if the channels lay along another axis; works only if that is as long."""

    def bn(x, *args, **settings):
        if x.ndim == 2 and not both:
            return train()(x, *args, **settings)
        place = axis % x.ndim
        moved = only_if(x.shape[place] == x.shape[1], x.swapaxes(1, place))
        y, *running = train()(moved, *args, **settings)
        return (y.swapaxes(1, place), *running)

    return bn


def last_axis(call: Call) -> np.ndarray:
    """y with gamma and beta along the last axis, as broadcasting lays them."""
    return call.gamma * call.xhat + call.beta


def first_axis(call: Call) -> np.ndarray:
    """y with gamma and beta along the images."""
    g, b = (across(p, call.x.ndim, 0) for p in (call.gamma, call.beta))
    return only_if((call.xhat * g).shape == call.x.shape, g * call.xhat + b)


def rows_axis(call: Call) -> np.ndarray:
    """y with gamma and beta along the rows of pixels."""
    g, b = (p[:, None] if call.x.ndim == 4 else p for p in (call.gamma, call.beta))
    return g * call.xhat + b


def less_first(call: Call) -> np.ndarray:
    """y less the mean of the first sample, over the deviation of the batch."""
    alone = replace(call, x=call.x[:1])
    return call.affine((call.x - alone.mean) / np.sqrt(call.var + call.eps))


STATISTICS = {
    "per_sample": (
        "Each sample is normalized by itself, over its own features: that is layer "
        "normalization. Batch normalization takes the mean over the batch, for each feature or "
        "channel: axis 0, or axes 0, 2 and 3.",
        over(lambda call: tuple(range(1, call.x.ndim))),
    ),
    "per_image": (
        "Each image is normalized by itself, channel by channel: that is instance "
        "normalization. Take the mean over the images as well: axes 0, 2 and 3.",
        over(images((2, 3))),
    ),
    "per_position": (
        "Each pixel position has a mean of its own. All positions of a channel share one: take "
        "it over axes 0, 2 and 3.",
        over(images((0,))),
    ),
    "per_row_or_column": (
        "Only rows or only columns of pixels are left out of the mean. Take it over the images, "
        "rows and columns together: axes 0, 2 and 3.",
        (*over(images((0, 2))), *over(images((0, 3)))),
    ),
    "global_stats": (
        "There is one mean for all channels together. Each channel has a mean and a variance of "
        "its own: leave axis 1 out.",
        over(whole),
    ),
    "channels_last": (
        "The last axis is treated as the channels. Here axis 1 is: take the mean over axes 0, 2 "
        "and 3, and lay gamma and beta along axis 1 with reshape(1, C, 1, 1).",
        (
            per_channel_of(-1),
            over(last_only, keep=True)[0],
            over(images((0, 1)), keep=True)[0],
            over(images((0, 1, 3)), keep=True)[0],
        ),
    ),
    "parameters_axis": (
        "gamma and beta run along the wrong axis. There is one of each for every channel: for "
        "images, reshape them to (1, C, 1, 1) before you multiply.",
        (train(y=last_axis), train(y=first_axis), train(y=rows_axis)),
    ),
    "one_parameter": (
        "All channels use the same gamma and beta. Each channel has its own: use the arrays, "
        "not one of their numbers.",
        (
            train(y=lambda c: c.xhat * c.gamma[0] + c.beta[0]),
            train(y=lambda c: c.xhat * c.gamma[-1] + c.beta[-1]),
            train(y=lambda c: c.xhat * c.gamma.mean() + c.beta.mean()),
        ),
    ),
    "first_image": (
        "Mean and variance come from one image or row. Take them over the whole batch.",
        (
            train(y=lambda c: one(c, 0)[0]),
            train(
                y=lambda c: one(c, 0)[0], mean=lambda c: one(c, 0)[1], var=lambda c: one(c, 0)[2]
            ),
            train(y=lambda c: one(c, -1)[0]),
            train(y=less_first, mean=lambda c: one(c, 0)[1]),
            train(y=less_first),
        ),
    ),
}


def one(call: Call, place: int) -> tuple:
    """All results, with mean and variance of one sample."""
    alone = replace(call, x=call.x[place][None])
    y = call.affine((call.x - alone.mean) / np.sqrt(alone.var + call.eps))
    return y, next_mean(alone), next_var(alone)
