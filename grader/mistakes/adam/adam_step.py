"""Known mistakes of 7.4: the decay of Adam, and all that has to do with its averages."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.corrections import bias_slips, epoch_slips, eps_slips, no_eps
from grader.mistakes.adam.moments import beta_slips, m_slips, v_slips
from grader.mistakes.adam.returned import Known, learning_rate, returned, with_defaults
from grader.mistakes.adam.spoilt import adam

DECAY: Known = {
    "wd_decoupled": (
        "The decay goes past the averages: that is AdamW. In Adam it is part of the gradient: "
        "g + weight_decay * w, before anything else.",
        (
            adam(grad=lambda c: c.g, new=lambda c: c.w * (1 - c.lr * c.weight_decay) - c.step),
            adam(grad=lambda c: c.g, new=lambda c: (c.w - c.step) * (1 - c.lr * c.weight_decay)),
            adam(grad=lambda c: c.g, new=lambda c: c.w * (1 - c.weight_decay) - c.step),
        ),
    ),
    "wd_ignored": (
        "weight_decay makes no difference. Add it to the gradient first: g + weight_decay * w.",
        (adam(grad=lambda c: c.g),),
    ),
    "wd_sign": (
        "The decay makes w grow. Add it to the gradient: g + weight_decay * w.",
        (adam(grad=lambda c: c.g - c.weight_decay * c.w),),
    ),
    "wd_factor": (
        "The decay is too large or too small by a factor. torch adds weight_decay * w.",
        (
            adam(grad=lambda c: c.g + 2 * c.weight_decay * c.w),
            adam(grad=lambda c: c.g + c.weight_decay * c.w / 2),
            adam(grad=lambda c: c.g + c.lr * c.weight_decay * c.w),
        ),
    ),
    "wd_in_one_average": (
        "The decay is in one of the two averages only. Add it to the gradient first, and use that "
        "gradient in m and in v.",
        (
            adam(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.g**2),
            adam(m=lambda c: c.b[0] * c.m_before + (1 - c.b[0]) * c.g),
        ),
    ),
    "wd_after_averages": (
        "The decay is added to the averaged gradient. Add it to the gradient first: "
        "g + weight_decay * w.",
        (
            adam(grad=lambda c: c.g, mhat=lambda c: c.m / c.c1 + c.weight_decay * c.w),
            adam(grad=lambda c: c.g, mhat=lambda c: (c.m + c.weight_decay * c.w) / c.c1),
        ),
    ),
    "wd_other_penalty": (
        "That is the gradient of another penalty. Add weight_decay * w, each number of w by "
        "itself.",
        (
            adam(grad=lambda c: c.g + c.weight_decay * np.sign(c.w)),
            adam(grad=lambda c: c.g + c.weight_decay * c.w**2),
            adam(grad=lambda c: c.g + c.weight_decay * np.abs(c.w)),
            adam(grad=lambda c: c.g + c.weight_decay),
            adam(grad=lambda c: c.g * (1 + c.weight_decay)),
        ),
    ),
    "wd_twice": (
        "w decays twice, in the gradient and beside it. Adam adds weight_decay * w to the "
        "gradient, and that is all.",
        (adam(new=lambda c: c.w * (1 - c.lr * c.weight_decay) - c.step),),
    ),
}

DEFAULTS = with_defaults(
    adam,
    {"lr": 1e-2},
    {"lr": 0.1},
    {"betas": (0.9, 0.99)},
    {"betas": (0.9, 0.9999)},
    {"betas": (0.99, 0.999)},
    {"betas": (0.5, 0.999)},
    {"eps": 1e-7},
    {"eps": 1e-6},
    {"eps": 1e-10},
    {"weight_decay": 1e-2},
)

MISTAKES = tuple(
    Mistake(slug, "adam_step", message, variants)
    for known in (
        returned(adam),
        bias_slips(adam),
        m_slips(adam),
        v_slips(adam),
        beta_slips(adam),
        no_eps(adam),
        eps_slips(adam),
        epoch_slips(adam),
        DECAY,
        learning_rate(adam),
        DEFAULTS,
    )
    for slug, (message, variants) in known.items()
)
