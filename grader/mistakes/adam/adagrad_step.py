"""Known mistakes of 7.2: how the squares add up, and all that has to do with the root."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.returned import Known, learning_rate, returned, with_defaults
from grader.mistakes.adam.spoilt import adagrad
from grader.mistakes.adam.squares import memory_slips, root_slips

SUM: Known = {
    "abs_not_square": (
        "You add absolute values. Add squares, g * g, and take the root of their sum.",
        (
            adagrad(h=lambda c: c.before + np.abs(c.g)),
            adagrad(h=lambda c: c.before + np.abs(c.g), root=lambda c: c.h),
        ),
    ),
    "g_not_square": (
        "You add the gradients themselves, which cancel. Add their squares, g * g.",
        (
            adagrad(h=lambda c: c.before + c.g),
            adagrad(h=lambda c: c.before + c.g, root=lambda c: np.abs(c.h)),
            adagrad(h=lambda c: c.before + c.g, root=lambda c: np.sqrt(np.abs(c.h))),
        ),
    ),
    "decayed": (
        "Old squares fade. That is RMSProp: AdaGrad adds them all, in full.",
        (
            *(adagrad(h=lambda c, a=a: a * c.before + (1 - a) * c.g**2) for a in (0.9, 0.99)),
            *(adagrad(h=lambda c, a=a: a * c.before + c.g**2) for a in (0.9, 0.99)),
        ),
    ),
    "averaged": (
        "You divide the sum of squares by the number of steps. AdaGrad adds up and never divides, "
        "so its steps get shorter and shorter.",
        (
            adagrad(
                t=lambda c: c.state.update(t=c.old("t", 0) + 1),
                root=lambda c: np.sqrt(c.h / (c.old("t", 0) + 1)),
            ),
        ),
    ),
    "factor": (
        "The squares are added with a factor. Add g * g as it is.",
        (
            adagrad(h=lambda c: c.before + 2 * c.g),
            adagrad(h=lambda c: c.before + c.g**2 / 2),
            adagrad(h=lambda c: c.before + (c.lr * c.g) ** 2),
            adagrad(h=lambda c: c.before + c.g**2 / c.g.size),
        ),
    ),
    "h_twice": (
        "The old sum counts twice. Add the new square to the sum once.",
        (
            adagrad(h=lambda c: 2 * c.before + c.g**2),
            adagrad(h=lambda c: c.before + c.before + c.g**2 / 2),
        ),
    ),
    "first_square_twice": (
        "The first square counts twice. h begins at 0: after the first step it is g * g.",
        (adagrad(before=lambda c: c.old("h", c.g**2)),),
    ),
    "running_maximum": (
        "You keep the largest square. AdaGrad adds them all up: h + g * g.",
        (adagrad(h=lambda c: np.maximum(c.before, c.g**2)),),
    ),
    "scaled_g_kept": (
        "You add the square of the scaled gradient. Add that of g itself.",
        (
            adagrad(
                kept=lambda _: None,
                last=lambda c: c.state.update(h=c.before + (c.step / c.lr) ** 2),
            ),
        ),
    ),
    "step_number": (
        "You divide by the root of the step's number. Divide by that of the summed squares: each "
        "number of w has its own.",
        (
            adagrad(
                root=lambda c: np.sqrt(c.old("t", 0) + 1),
                last=lambda c: c.state.update(t=c.old("t", 0) + 1),
            ),
        ),
    ),
}

DEFAULTS = with_defaults(
    adagrad,
    {"lr": 1e-3},
    {"lr": 0.1},
    {"lr": 1.0},
    {"eps": 1e-8},
    {"eps": 1e-7},
    {"eps": 1e-6},
    {"eps": 1e-5},
)

MISTAKES = tuple(
    Mistake(slug, "adagrad_step", message, variants)
    for known in (
        returned(adagrad),
        memory_slips(adagrad),
        SUM,
        root_slips(adagrad, 1e-10),
        learning_rate(adagrad),
        DEFAULTS,
    )
    for slug, (message, variants) in known.items()
)
