"""Known mistakes of 8.6: ways that are mixed up, cut short or joined wrongly."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import relu
from grader.mistakes.classic_networks.inception_pool import POOL
from grader.mistakes.classic_networks.inception_rules import inception
from grader.mistakes.classic_networks.parts import conv


def straight(*names):
    """No ReLU behind some convolutions."""
    return inception(bent=lambda name: name not in names)


def borrowed(*names):
    """Some parameters taken from other convolutions: a name, and the one that is used for it."""

    def forward(x, params):
        used = {own: params[other] for own, other in zip(names[::2], names[1::2], strict=True)}
        return inception()(x, params | used)

    return forward


def ordered(*order):
    """The ways in another order."""
    return inception(join=lambda *ways: np.concatenate([ways[i] for i in order], axis=1))


def joined(join):
    """The ways joined otherwise."""
    return inception(join=join)


def five_padded_less(x, params):
    """The 5 × 5 convolution with padding 1; its border is lost."""
    maps = inception()(x, params)
    c1, c2, c3 = (len(params[f"{name}.bias"]) for name in ("1x1", "3x3", "5x5"))
    h = relu(conv(x, params["5x5_reduce.weight"], params["5x5_reduce.bias"]))
    small = relu(conv(h, params["5x5.weight"], params["5x5.bias"], 1))
    maps = maps[:, :, : small.shape[2], : small.shape[3]].copy()
    maps[:, c1 + c2 : c1 + c2 + c3] = small
    return maps


def cut_inside(x, params):
    """The 5 × 5 kernel's middle 3 × 3 pixels only."""
    inner = {**params, "5x5.weight": params["5x5.weight"].copy()}
    inner["5x5.weight"][:, :, [0, -1]] = 0
    inner["5x5.weight"][:, :, :, [0, -1]] = 0
    return inception()(x, inner)


def relu_first(x, params):
    """A ReLU on x."""
    return inception()(relu(x), params)


def shared_reduction(x, params):
    """The 5 × 5 way takes what the 3 × 3 way has reduced, where that fits."""
    if params["3x3_reduce.weight"].shape != params["5x5_reduce.weight"].shape:
        return inception()(x, params)
    names = {"5x5_reduce.weight": "3x3_reduce.weight", "5x5_reduce.bias": "3x3_reduce.bias"}
    return inception()(x, params | {new: params[old] for new, old in names.items()})


ENDS = ("1x1", "3x3", "5x5", "pool_proj")
NAMES = (*ENDS, "3x3_reduce", "5x5_reduce")

LISTED = {
    "no_inner_relu": (
        "A ReLU is missing behind the 1 × 1 convolutions that reduce the channels. Without it, "
        "both convolutions of a way would be a single linear map.",
        (
            straight("3x3_reduce", "5x5_reduce"),
            straight("3x3_reduce"),
            straight("5x5_reduce"),
        ),
    ),
    "no_last_relu": (
        "A ReLU stands behind every convolution, the last one of each way too.",
        (
            straight(*ENDS),
            straight(*ENDS, "3x3_reduce", "5x5_reduce"),
            *map(straight, ENDS),
            straight("1x1", "pool_proj"),
        ),
    ),
    **POOL,
    "other_order": (
        "The ways stand in another order. It is 1 × 1, 3 × 3, 5 × 5, pool.",
        (
            ordered(0, 2, 1, 3),
            ordered(3, 0, 1, 2),
            ordered(1, 2, 0, 3),
            ordered(3, 2, 1, 0),
            ordered(0, 1, 3, 2),
            ordered(1, 0, 2, 3),
        ),
    ),
    "joined_along_another_axis": (
        "The maps are stacked along the channels, axis 1.",
        (
            joined(lambda *ways: np.concatenate(ways, axis=0)),
            joined(lambda *ways: np.concatenate(ways, axis=2)),
            joined(lambda *ways: np.concatenate(ways, axis=3)),
            joined(lambda *ways: np.stack(ways)),
            joined(lambda *ways: np.stack(ways, axis=1)),
        ),
    ),
    "added_up": (
        "You add the ways up. They are stacked: each keeps its channels.",
        (joined(lambda *ways: ways[0] + ways[1] + ways[2] + ways[3]),),
    ),
    "way_forgotten": (
        "A way is missing. There are four.",
        (
            joined(lambda *ways: np.concatenate(ways[:3], axis=1)),
            joined(lambda *ways: np.concatenate(ways[1:], axis=1)),
            joined(lambda *ways: np.concatenate([ways[0], *ways[2:]], axis=1)),
            joined(lambda *ways: np.concatenate([*ways[:2], ways[3]], axis=1)),
        ),
    ),
    "five_padded_less": (
        "The 5 × 5 convolution needs padding 2 to keep the size of the map, (k - 1) / 2.",
        (five_padded_less,),
    ),
    "five_cut_to_three": (
        "Only the middle 3 × 3 pixels of the 5 × 5 kernel take part.",
        (cut_inside,),
    ),
    "biases_forgotten": (
        "Each of the six convolutions adds its biases.",
        (
            inception(biased=lambda name: False),
            inception(biased=lambda name: "reduce" not in name),
            inception(biased=lambda name: "reduce" in name),
            *(inception(biased=lambda name, at=at: name != at) for at in NAMES),
        ),
    ),
    "kernels_flipped": (
        "The kernels are turned by 180 degrees. Deep learning slides them as they are.",
        (inception(weight=lambda name, w: w[:, :, ::-1, ::-1]),),
    ),
    "kernels_transposed": (
        "Rows and columns of the kernels are exchanged.",
        (inception(weight=lambda name, w: w.transpose(0, 1, 3, 2)),),
    ),
    "parameters_mixed_up": (
        "A convolution uses parameters of another one. Look at the names once more, also those of "
        "the biases.",
        (
            borrowed("5x5.bias", "3x3.bias"),
            borrowed("3x3.bias", "5x5.bias"),
            borrowed("3x3.bias", "3x3_reduce.bias"),
            borrowed("5x5.bias", "5x5_reduce.bias"),
            borrowed("pool_proj.bias", "1x1.bias"),
            borrowed("pool_proj.weight", "1x1.weight"),
            borrowed("pool_proj.weight", "1x1.weight", "pool_proj.bias", "1x1.bias"),
        ),
    ),
    "way_repeated": (
        "A way stands there twice, and another one is missing.",
        (ordered(0, 1, 1, 3), ordered(0, 2, 2, 3), ordered(0, 1, 2, 2), ordered(0, 0, 2, 3)),
    ),
    "relu_first": (
        "You cut the negative numbers of x off before the block begins.",
        (relu_first,),
    ),
    "one_reduction_for_both": (
        "The 3 × 3 and the 5 × 5 way have a 1 × 1 convolution of their own each.",
        (
            shared_reduction,
            borrowed(
                *("5x5_reduce.weight", "3x3_reduce.weight"),
                *("5x5_reduce.bias", "3x3_reduce.bias"),
            ),
            borrowed("5x5_reduce.bias", "3x3_reduce.bias"),
            borrowed("5x5_reduce.weight", "3x3_reduce.weight"),
            borrowed(
                *("3x3_reduce.weight", "5x5_reduce.weight"),
                *("3x3_reduce.bias", "5x5_reduce.bias"),
            ),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "inception", message, variants) for slug, (message, variants) in LISTED.items()
)
