"""Known mistakes of 7.5: which way the decay takes, and all that has to do with Adam."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.corrections import bias_slips, epoch_slips, eps_slips, no_eps
from grader.mistakes.adam.moments import beta_slips, m_slips, v_slips
from grader.mistakes.adam.returned import Known, learning_rate, returned, with_defaults
from grader.mistakes.adam.spoilt import adamw

DECAY: Known = {
    "wd_as_l2": (
        "The decay goes through the averages: that is Adam with an L2 penalty. Leave the gradient "
        "as it is, and shrink w: (1 - lr * weight_decay) * w.",
        (
            adamw(grad=lambda c: c.g + c.weight_decay * c.w, start=lambda c: c.w),
            adamw(grad=lambda c: c.g + c.lr * c.weight_decay * c.w, start=lambda c: c.w),
        ),
    ),
    "wd_ignored": (
        "weight_decay makes no difference. Shrink w before the step: (1 - lr * weight_decay) * w.",
        (adamw(start=lambda c: c.w),),
    ),
    "wd_without_lr": (
        "w shrinks by weight_decay itself. lr scales it: (1 - lr * weight_decay) * w.",
        (
            adamw(start=lambda c: c.w * (1 - c.weight_decay)),
            adamw(new=lambda c: (c.w - c.step) * (1 - c.weight_decay)),
        ),
    ),
    "wd_after": (
        "w shrinks after the step, so the step shrinks too. Decay first: "
        "(1 - lr * weight_decay) * w, minus Adam's step.",
        (adamw(new=lambda c: (c.w - c.step) * (1 - c.lr * c.weight_decay)),),
    ),
    "wd_factor": (
        "The decay is too large or too small by a factor. w is multiplied by "
        "1 - lr * weight_decay.",
        (
            adamw(start=lambda c: c.w * (1 - 2 * c.lr * c.weight_decay)),
            adamw(start=lambda c: c.w * (1 - c.lr * c.weight_decay / 2)),
            adamw(start=lambda c: c.w * (1 - c.lr**2 * c.weight_decay)),
            adamw(start=lambda c: c.w * (1 - c.lr * c.weight_decay) ** 2),
        ),
    ),
    "wd_sign": (
        "The decay makes w grow. Multiply by 1 - lr * weight_decay.",
        (adamw(start=lambda c: c.w * (1 + c.lr * c.weight_decay)),),
    ),
    "wd_only": (
        "w is multiplied by lr * weight_decay. Multiply by 1 - lr * weight_decay: a little of it "
        "goes, the rest stays.",
        (
            adamw(start=lambda c: c.w * c.lr * c.weight_decay),
            adamw(start=lambda c: c.w * c.weight_decay),
            adamw(start=lambda c: (1 - c.lr) * c.weight_decay * c.w),
        ),
    ),
    "wd_twice": (
        "w decays twice, beside the gradient and through it. Leave the gradient as it is.",
        (
            adamw(grad=lambda c: c.g + c.weight_decay * c.w),
            adamw(grad=lambda c: c.g + c.weight_decay * c.w * (1 - c.lr * c.weight_decay)),
        ),
    ),
    "wd_in_fraction": (
        "The decay is divided by the root too. It goes past the averages and past the root: "
        "(1 - lr * weight_decay) * w.",
        (
            adamw(mhat=lambda c: c.m / c.c1 + c.weight_decay * c.w, start=lambda c: c.w),
            adamw(
                m=lambda c: c.b[0] * c.m_before + (1 - c.b[0]) * (c.g + c.weight_decay * c.w),
                start=lambda c: c.w,
            ),
        ),
    ),
    "wd_other_penalty": (
        "The decay does not take the same share of every number of w. Multiply w by "
        "1 - lr * weight_decay.",
        (
            adamw(start=lambda c: c.w - c.lr * c.weight_decay * np.sign(c.w)),
            adamw(start=lambda c: c.w - c.lr * c.weight_decay),
            adamw(start=lambda c: c.w - c.lr * c.weight_decay * c.w**2),
            adamw(start=lambda c: c.w - c.lr * c.weight_decay * np.abs(c.w)),
        ),
    ),
    "wd_of_the_gradient": (
        "weight_decay multiplies the gradient. It multiplies w.",
        (adamw(start=lambda c: c.w - c.lr * c.weight_decay * c.g),),
    ),
    "lr_not_handed_on": (
        "The decay uses lr, but Adam's step does not. Hand lr on to it.",
        tuple(adamw(new=lambda c, lr=lr: c.start - lr * c.step / c.lr) for lr in (1e-3, 1e-2)),
    ),
    "wd_exponential": (
        "w is multiplied by a power of e. Multiply by 1 - lr * weight_decay.",
        (adamw(start=lambda c: c.w * np.exp(-c.lr * c.weight_decay)),),
    ),
}

DEFAULTS = with_defaults(
    adamw,
    {"lr": 1e-2},
    {"lr": 0.1},
    {"betas": (0.9, 0.99)},
    {"betas": (0.9, 0.9999)},
    {"betas": (0.99, 0.999)},
    {"eps": 1e-7},
    {"eps": 1e-6},
    {"weight_decay": 0.0},
    {"weight_decay": 0.1},
    {"weight_decay": 1e-3},
)

MISTAKES = tuple(
    Mistake(slug, "adamw_step", message, variants)
    for known in (
        DECAY,
        returned(adamw),
        bias_slips(adamw),
        m_slips(adamw),
        v_slips(adamw),
        beta_slips(adamw),
        no_eps(adamw),
        eps_slips(adamw),
        epoch_slips(adamw),
        learning_rate(adamw),
        DEFAULTS,
    )
    for slug, (message, variants) in known.items()
)
