"""Known mistakes of 8.6 on the fourth way: its pool, and the convolution behind it."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.block_rules import relu
from grader.mistakes.classic_networks.inception_rules import inception, pool3
from grader.mistakes.classic_networks.parts import conv


def counted_average(x):
    """The mean of the pixels that are there."""
    return pool3(x, 0.0, np.sum) / pool3(np.ones_like(x), 0.0, np.sum)


def pool_behind(x, params):
    """The fourth way: first the 1 × 1 convolution, then the pool."""
    maps = inception()(x, params)
    c4 = len(params["pool_proj.bias"])
    projected = relu(conv(x, params["pool_proj.weight"], params["pool_proj.bias"]))
    return np.concatenate([maps[:, :-c4], pool3(projected)], axis=1)


def projection_forgotten(x, params):
    """The fourth way without its convolution."""
    maps = inception()(x, params)
    return np.concatenate([maps[:, : -len(params["pool_proj.bias"])], pool3(x)], axis=1)


NUMBERS = (1e10, 1e9, 1e8, 1e6, 1e5, 99999, 9999, 1e4, 1e3, 999, 100, 99, 10, 1)

POOL = {
    "pool_padded_with_zeros": (
        "The border of a max pool is minus infinity: where all pixels are negative, your zeros "
        "win.",
        (inception(pool=lambda x: pool3(x, 0.0)),),
    ),
    "pool_never_negative": (
        "Your pool never gives less than 0: it begins with zeros, or a ReLU stands before it. The "
        "largest of negative numbers is negative.",
        (inception(pool=lambda x: relu(pool3(x))),),
    ),
    "pool_padded_with_a_number": (
        "The border of a max pool is minus infinity, -np.inf: however far below 0 your number is, "
        "the map may be lower.",
        tuple(inception(pool=lambda x, n=n: pool3(x, -n)) for n in NUMBERS),
    ),
    "average_pooled": (
        "The fourth way takes the largest of 3 × 3 pixels, not their mean.",
        (
            inception(pool=lambda x: pool3(x, 0.0, np.mean)),
            inception(pool=counted_average),
        ),
    ),
    "pool_left_out": (
        "The fourth way begins with a pool: 3 × 3 pixels, stride 1, padding 1.",
        (inception(pool=lambda x: x),),
    ),
    "pool_behind_projection": (
        "In the fourth way the pool comes first, then the 1 × 1 convolution.",
        (pool_behind,),
    ),
    "projection_forgotten": (
        "The fourth way ends with a 1 × 1 convolution, `pool_proj`: without it, all channels of "
        "x would be passed on, and block by block there would be more.",
        (projection_forgotten,),
    ),
}
