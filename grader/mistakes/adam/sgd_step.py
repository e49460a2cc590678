"""Known mistakes of 7.1: the decay, and all that has to do with velocity and step."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.returned import Known, learning_rate, returned, with_defaults
from grader.mistakes.adam.sgd_velocity import NESTEROV, VELOCITY
from grader.mistakes.adam.spoilt import sgd

DECAY: Known = {
    "wd_ignored": (
        "weight_decay makes no difference. Add it to the gradient first: g + weight_decay * w.",
        (sgd(grad=lambda c: c.g),),
    ),
    "wd_decoupled": (
        "w shrinks beside the velocity. In SGD the decay is part of the gradient: "
        "g + weight_decay * w, before anything else.",
        (
            sgd(grad=lambda c: c.g, new=lambda c: c.w * (1 - c.lr * c.weight_decay) - c.step),
            sgd(
                grad=lambda c: c.g,
                new=lambda c: (c.w - c.step) * (1 - c.lr * c.weight_decay),
            ),
        ),
    ),
    "wd_without_lr": (
        "w shrinks by weight_decay itself. Add weight_decay * w to the gradient, so that lr "
        "scales it too.",
        (
            sgd(grad=lambda c: c.g, new=lambda c: c.w * (1 - c.weight_decay) - c.step),
            sgd(grad=lambda c: c.g, new=lambda c: (c.w - c.step) * (1 - c.weight_decay)),
        ),
    ),
    "wd_factor": (
        "The decay is too large or too small by a factor. torch adds weight_decay * w, neither "
        "twice nor half of it.",
        (
            sgd(grad=lambda c: c.g + 2 * c.weight_decay * c.w),
            sgd(grad=lambda c: c.g + c.weight_decay * c.w / 2),
            sgd(grad=lambda c: c.g + c.lr * c.weight_decay * c.w),
            sgd(grad=lambda c: c.g + c.weight_decay * c.w / c.w.size),
        ),
    ),
    "wd_sign": (
        "The decay makes w grow. Add it to the gradient: g + weight_decay * w.",
        (sgd(grad=lambda c: c.g - c.weight_decay * c.w),),
    ),
    "wd_other_penalty": (
        "That is the gradient of another penalty. Add weight_decay * w, each number of w by "
        "itself.",
        (
            sgd(grad=lambda c: c.g + c.weight_decay * np.sign(c.w)),
            sgd(grad=lambda c: c.g + c.weight_decay * c.w**2),
            sgd(grad=lambda c: c.g + c.weight_decay * np.abs(c.w)),
            sgd(grad=lambda c: c.g + c.weight_decay * np.sum(c.w**2)),
            sgd(grad=lambda c: c.g + c.weight_decay),
        ),
    ),
    "wd_of_g": (
        "weight_decay multiplies the gradient. It multiplies w: g + weight_decay * w.",
        (
            sgd(grad=lambda c: c.g * (1 - c.weight_decay)),
            sgd(grad=lambda c: c.g * (1 + c.weight_decay)),
            sgd(grad=lambda c: (1 - c.weight_decay) * c.g + c.weight_decay * c.w),
        ),
    ),
    "wd_after_momentum": (
        "The decay is added to the velocity that is kept, after the step. Add it to the gradient "
        "first.",
        (
            sgd(
                grad=lambda c: c.g,
                late=lambda c: c.state.update(v=c.v + c.weight_decay * c.w),
            ),
        ),
    ),
    "wd_without_momentum_only": (
        "With momentum the decay is missing. Add weight_decay * w to the gradient in every case.",
        (sgd(grad=lambda c: c.g + (0 if c.momentum else c.weight_decay) * c.w),),
    ),
    "wd_not_first": (
        "The first step has no decay. Add weight_decay * w to the gradient in every step.",
        (sgd(grad=lambda c: c.g + (c.weight_decay * c.w if "v" in c.state else 0)),),
    ),
    "wd_with_momentum_only": (
        "Without momentum the decay is missing. Add weight_decay * w to the gradient in every "
        "case.",
        (sgd(grad=lambda c: c.g + (c.weight_decay if c.momentum else 0) * c.w),),
    ),
}

DEFAULTS = with_defaults(
    sgd,
    {"lr": 1e-2},
    {"lr": 0.1},
    {"momentum": 0.9},
    {"nesterov": True},
    {"weight_decay": 1e-2},
    {"weight_decay": 1e-4},
)

MISTAKES = tuple(
    Mistake(slug, "sgd_step", message, variants)
    for known in (returned(sgd), VELOCITY, NESTEROV, DECAY, learning_rate(sgd), DEFAULTS)
    for slug, (message, variants) in known.items()
)
