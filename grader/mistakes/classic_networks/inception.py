"""Known mistakes of 8.6: ways that are mixed up, cut short or joined wrongly, and their cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.exercise import Mistake
from grader.mistakes.classic_networks.block_rules import relu
from grader.mistakes.classic_networks.parts import conv


def pool3(x, fill=-np.inf, reduce=np.max):
    """3 × 3 pixels with stride 1, the border filled with a number."""
    padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], constant_values=fill)
    return reduce(sliding_window_view(padded, (3, 3), axis=(2, 3)), axis=(4, 5))


def counted_average(x):
    """The mean of the pixels that are there."""
    return pool3(x, 0.0, np.sum) / pool3(np.ones_like(x), 0.0, np.sum)


@dataclass(frozen=True)
class Rules:
    """How the block is computed; right unless replaced.

    Args:
        pool: at the start of the fourth way.
        bent: whether a ReLU follows a convolution, by name.
        biased: whether biases are added, by name.
        join: from the four ways, in their order, to the result.
        sources: what each way gets, from x.
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
NUMBERS = (1e10, 1e9, 1e8, 1e6, 1e5, 99999, 9999, 1e4, 1e3, 999, 100, 99, 10, 1)

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


def count(C, widths, *, bias=1, reduced=True, pool=1, sides=(3, 5)):
    """The parameters, by rules that may be wrong."""
    c1, (r2, c2), (r3, c3), c4 = widths
    total = (C + bias) * c1
    for (r, c), k in zip(((r2, c2), (r3, c3)), sides, strict=True):
        total += (C + bias) * r + (r * k * k + bias) * c if reduced else (C * k * k + bias) * c
    return total + pool * (C + bias) * c4


def counted(**options):
    """An `inception_params` by such rules."""
    return lambda C, widths: count(C, widths, **options)


COUNTS = {
    "biases_forgotten": (
        "The biases are missing: one for each filter of all six convolutions.",
        (counted(bias=0),),
    ),
    "reduction_ignored": (
        "The 3 × 3 and 5 × 5 convolutions see the reduced channels, not all C. That is what the "
        "1 × 1 convolutions before them are for.",
        (
            counted(reduced=False),
            lambda C, widths: (
                count(C, widths)
                + (C - widths[1][0]) * 9 * widths[1][1]
                + (C - widths[2][0]) * 25 * widths[2][1]
            ),
        ),
    ),
    "reductions_not_counted": (
        "The two 1 × 1 convolutions that reduce the channels have weights and biases as well.",
        (
            lambda C, widths: count(C, widths) - (C + 1) * (widths[1][0] + widths[2][0]),
            lambda C, widths: count(C, widths) - C * (widths[1][0] + widths[2][0]),
            lambda C, widths: count(C, widths) - (widths[1][0] + widths[2][0]),
        ),
    ),
    "pool_way_not_counted": (
        "The pool has no parameters, but the 1 × 1 convolution behind it has.",
        (counted(pool=0),),
    ),
    "five_as_three": (
        "You counted 3 × 3 kernels on the 5 × 5 way. torchvision's GoogLeNet has them; the "
        "paper's has 5 × 5.",
        (counted(sides=(3, 3)),),
    ),
    "three_as_five": (
        "You counted 5 × 5 kernels on the 3 × 3 way, whose channels are (r2, c2).",
        (counted(sides=(5, 5)), counted(sides=(5, 3))),
    ),
    "pairs_turned": (
        "In (r2, c2) and (r3, c3) the first is the number of channels behind the reduction, the "
        "second that at the end of the way.",
        (lambda C, widths: count(C, (widths[0], widths[1][::-1], widths[2][::-1], widths[3])),),
    ),
    "biases_miscounted": (
        "Each filter has one bias: not each layer, and not each kernel.",
        (
            lambda C, widths: count(C, widths, bias=0) + 6,
            lambda C, widths: (
                count(C, widths, bias=0)
                + C * sum((widths[0], widths[1][0], widths[2][0], widths[3]))
                + widths[1][0] * widths[1][1]
                + widths[2][0] * widths[2][1]
            ),
            lambda C, widths: (
                count(C, widths)
                + (widths[1][0] - 1) * widths[1][1]
                + (widths[2][0] - 1) * widths[2][1]
            ),
            lambda C, widths: count(C, widths) - widths[1][1] - widths[2][1],
        ),
    ),
    "pool_kernel_counted": (
        "The pool takes the largest of 3 × 3 pixels and has no parameters; the convolution behind "
        "it is 1 × 1.",
        (
            lambda C, widths: count(C, widths) + 8 * C * widths[3],
            lambda C, widths: count(C, widths) + 9 * C * C,
            lambda C, widths: count(C, widths) + 9,
            lambda C, widths: count(C, widths) + 9 * C,
        ),
    ),
    "channels_returned": (
        "You return how many channels come out. Return how many parameters there are.",
        (
            lambda C, widths: widths[0] + widths[1][1] + widths[2][1] + widths[3],
            lambda C, widths: _filters(widths),
        ),
    ),
    "one_way_copied": (
        "The 5 × 5 way has widths of its own, (r3, c3).",
        (
            lambda C, widths: count(C, (widths[0], widths[1], widths[1], widths[3])),
            lambda C, widths: count(
                C, (widths[0], widths[1], (widths[2][0], widths[1][1]), widths[3])
            ),
        ),
    ),
    "kernel_not_squared": (
        "A k × k kernel has k * k weights.",
        (
            lambda C, widths: (
                count(C, widths)
                - 6 * widths[1][0] * widths[1][1]
                - 20 * widths[2][0] * widths[2][1]
            ),
        ),
    ),
    "normalization_counted": (
        "There is no batch normalization in this block: GoogLeNet is older.",
        (
            lambda C, widths: count(C, widths) + 2 * _filters(widths),
            lambda C, widths: count(C, widths) + _filters(widths),
        ),
    ),
    "first_way_only": (
        "Add up all four ways.",
        (
            lambda C, widths: (C + 1) * widths[0],
            lambda C, widths: count(C, widths) - (C + 1) * widths[0],
        ),
    ),
    "channels_chained": (
        "All four ways begin at x with its C channels. None goes on from another.",
        (
            lambda C, widths: (
                count(C, widths)
                + (widths[0] - C) * widths[1][0]
                + (widths[1][1] - C) * widths[2][0]
            ),
            lambda C, widths: count(C, widths) + (widths[2][1] - C) * widths[3],
            lambda C, widths: (
                count(C, widths)
                + (widths[0] - C) * widths[1][0]
                + (widths[1][1] - C) * widths[2][0]
                + (widths[2][1] - C) * widths[3]
            ),
            lambda C, widths: count(C, widths) + (widths[1][1] - C) * widths[2][0],
            lambda C, widths: count(C, widths) + (widths[0] - C) * widths[1][0],
        ),
    ),
}


def _filters(widths):
    c1, (r2, c2), (r3, c3), c4 = widths
    return c1 + r2 + c2 + r3 + c3 + c4


MISTAKES = (
    *(Mistake(slug, "inception", text, variants) for slug, (text, variants) in LISTED.items()),
    *(Mistake(slug, "inception_params", text, own) for slug, (text, own) in COUNTS.items()),
)
