"""Known mistakes of 7.3: how the squares fade, and all that has to do with the root."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.returned import Known, count, learning_rate, returned, with_defaults
from grader.mistakes.adam.spoilt import rmsprop
from grader.mistakes.adam.squares import memory_slips, root_slips

AVERAGE: Known = {
    "alpha_swapped": (
        "alpha weighs the wrong part. It says how much of the old average stays: "
        "alpha * h + (1 - alpha) * g * g.",
        (
            rmsprop(h=lambda c: (1 - c.alpha) * c.before + c.alpha * c.g**2),
            rmsprop(h=lambda c: c.before + c.alpha * c.g**2),
        ),
    ),
    "alpha_fixed": (
        "alpha is a fixed number. Use the argument alpha: some cases give another one.",
        tuple(rmsprop(h=lambda c, a=a: a * c.before + (1 - a) * c.g**2) for a in (0.99, 0.9, 0.5)),
    ),
    "adagrad_sum": (
        "The squares add up in full, as in AdaGrad. Let the old ones fade: "
        "alpha * h + (1 - alpha) * g * g.",
        (rmsprop(h=lambda c: c.before + c.g**2),),
    ),
    "weights_do_not_sum_to_1": (
        "The two weights must add up to 1: alpha for the old average, 1 - alpha for the new "
        "square.",
        (
            rmsprop(h=lambda c: c.alpha * c.before + c.g**2),
            rmsprop(h=lambda c: c.before + (1 - c.alpha) * c.g**2),
            rmsprop(h=lambda c: c.alpha * c.before + c.alpha * c.g**2),
            rmsprop(h=lambda c: (1 - c.alpha) * (c.before + c.g**2)),
        ),
    ),
    "bias_corrected": (
        "You divide by 1 - alpha ** t. RMSProp has no bias correction; Adam has.",
        (
            rmsprop(root=lambda c: np.sqrt(c.h / (1 - c.alpha ** count(c)))),
            rmsprop(root=lambda c: np.sqrt(c.h) / (1 - c.alpha ** count(c))),
            rmsprop(
                h=lambda c: (
                    (c.alpha * c.before + (1 - c.alpha) * c.g**2) / (1 - c.alpha ** count(c))
                )
            ),
        ),
    ),
    "first_square_whole": (
        "The first square counts in full. h begins at 0, and the first square too is multiplied by "
        "1 - alpha.",
        (rmsprop(before=lambda c: c.old("h", c.g**2)),),
    ),
    "abs_not_square": (
        "You average absolute values. Average squares, g * g, and take the root.",
        (
            rmsprop(h=lambda c: c.alpha * c.before + (1 - c.alpha) * np.abs(c.g)),
            rmsprop(
                h=lambda c: c.alpha * c.before + (1 - c.alpha) * np.abs(c.g), root=lambda c: c.h
            ),
        ),
    ),
    "g_not_square": (
        "You average the gradients themselves. Average their squares, g * g.",
        (
            rmsprop(h=lambda c: c.alpha * c.before + (1 - c.alpha) * c.g),
            rmsprop(
                h=lambda c: c.alpha * c.before + (1 - c.alpha) * c.g, root=lambda c: np.abs(c.h)
            ),
            rmsprop(
                h=lambda c: c.alpha * c.before + (1 - c.alpha) * c.g,
                root=lambda c: np.sqrt(np.abs(c.h)),
            ),
        ),
    ),
    "centered": (
        "You take the squared average of the gradient off. RMSProp as asked for here does not "
        "centre: divide by sqrt(h) + eps.",
        (
            rmsprop(
                mean=lambda c: c.state.update(mean=c.alpha * c.old("mean") + (1 - c.alpha) * c.g),
                root=lambda c: np.sqrt(c.h - (c.alpha * c.old("mean") + (1 - c.alpha) * c.g) ** 2),
            ),
        ),
    ),
    "weight_squared": (
        "1 - alpha is squared along with g. Only g is: (1 - alpha) * g * g.",
        (rmsprop(h=lambda c: c.alpha * c.before + ((1 - c.alpha) * c.g) ** 2),),
    ),
    "scaled_g_kept": (
        "You average the square of the scaled gradient. Average that of g itself.",
        (
            rmsprop(
                kept=lambda _: None,
                last=lambda c: c.state.update(
                    h=c.alpha * c.before + (1 - c.alpha) * (c.step / c.lr) ** 2
                ),
            ),
        ),
    ),
    "running_maximum": (
        "You keep the largest square. Average the squares: alpha * h + (1 - alpha) * g * g.",
        (
            rmsprop(h=lambda c: np.maximum(c.alpha * c.before, c.g**2)),
            rmsprop(h=lambda c: np.maximum(c.before, c.g**2)),
        ),
    ),
}

DEFAULTS = with_defaults(
    rmsprop,
    {"lr": 1e-3},
    {"lr": 0.1},
    {"alpha": 0.9},
    {"alpha": 0.999},
    {"eps": 1e-10},
    {"eps": 1e-7},
    {"eps": 1e-6},
)

MISTAKES = tuple(
    Mistake(slug, "rmsprop_step", message, variants)
    for known in (
        returned(rmsprop),
        AVERAGE,
        memory_slips(rmsprop),
        root_slips(rmsprop, 1e-8),
        learning_rate(rmsprop),
        DEFAULTS,
    )
    for slug, (message, variants) in known.items()
)
