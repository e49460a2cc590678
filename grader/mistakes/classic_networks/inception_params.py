"""Known mistakes of 8.6 in counting the parameters of GoogLeNet's block."""

from __future__ import annotations

from grader.exercise import Mistake


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


LISTED = {
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


MISTAKES = tuple(
    Mistake(slug, "inception_params", message, variants)
    for slug, (message, variants) in LISTED.items()
)
