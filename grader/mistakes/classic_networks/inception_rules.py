"""GoogLeNet's block by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.mistakes.classic_networks.block_rules import relu
from grader.mistakes.classic_networks.parts import conv


def pool3(x, fill=-np.inf, reduce=np.max):
    """3 × 3 pixels with stride 1, the border filled with a number."""
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], constant_values=fill)
    return reduce(sliding_window_view(padded, (3, 3), axis=(2, 3)), axis=(4, 5))


@dataclass(frozen=True)
class Rules:
    """How the block is computed; right unless replaced.

    Args:
        pool: at the start of the fourth way.
        bent: whether a ReLU follows a convolution, by name.
        biased: whether biases are added, by name.
        join: from the four ways, in their order, to the result.
        weight: the weights that a convolution uses, from its name and its own.
    """

    pool: Callable = pool3
    bent: Callable = lambda name: True
    biased: Callable = lambda name: True
    join: Callable = lambda *ways: np.concatenate(ways, axis=1)
    weight: Callable = lambda name, w: w


def inception(**rules) -> Callable:
    """An `inception` that follows other rules."""
    r = Rules(**rules)

    def forward(x, params):
        def layer(name, a, padding=0):
            bias = params[f"{name}.bias"] if r.biased(name) else None
            y = conv(a, r.weight(name, params[f"{name}.weight"]), bias, padding)
            return relu(y) if r.bent(name) else y

        return r.join(
            layer("1x1", x),
            layer("3x3", layer("3x3_reduce", x), 1),
            layer("5x5", layer("5x5_reduce", x), 2),
            layer("pool_proj", r.pool(x)),
        )

    return forward
