"""Slips with Adam's bias correction, its count of steps, eps and the root."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.adam.returned import Known


def bias_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with 1 - beta ** t."""
    return {
        "no_bias_correction": (
            "The bias correction is missing: your first step is 3.16 times lr. Divide m by "
            "1 - beta1 ** t and v by 1 - beta2 ** t.",
            (spoilt(mhat=lambda c: c.m, vhat=lambda c: c.v),),
        ),
        "only_m_corrected": (
            "Only m is corrected. Divide v by 1 - beta2 ** t too.",
            (spoilt(vhat=lambda c: c.v),),
        ),
        "only_v_corrected": (
            "Only v is corrected. Divide m by 1 - beta1 ** t too.",
            (spoilt(mhat=lambda c: c.m),),
        ),
        "betas_swapped_in_correction": (
            "A correction uses the other one's beta. m is divided by 1 - beta1 ** t, v by "
            "1 - beta2 ** t.",
            (
                spoilt(mhat=lambda c: c.m / c.c2, vhat=lambda c: c.v / c.c1),
                spoilt(vhat=lambda c: c.v / c.c1),
                spoilt(mhat=lambda c: c.m / c.c2),
            ),
        ),
        "state_overwritten": (
            "The corrected averages are kept. Keep m and v as they are, and correct copies for "
            "this step alone.",
            (
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.mhat, v=c.vhat)),
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.mhat, v=c.v)),
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.m, v=c.vhat)),
            ),
        ),
        "correction_multiplied": (
            "You multiply by the correction. Divide: m / (1 - beta1 ** t), v / (1 - beta2 ** t).",
            (
                spoilt(mhat=lambda c: c.m * c.c1, vhat=lambda c: c.v * c.c2),
                spoilt(mhat=lambda c: c.m * c.c1),
                spoilt(vhat=lambda c: c.v * c.c2),
            ),
        ),
        "correction_outside_root": (
            "v is corrected outside of the root. Divide first, then take the root: "
            "sqrt(v / (1 - beta2 ** t)).",
            (
                spoilt(root=lambda c: np.sqrt(c.v) / c.c2),
                spoilt(mhat=lambda c: c.m / np.sqrt(c.c1)),
                spoilt(below=lambda c: (np.sqrt(c.v) + c.eps) * c.c2),
            ),
        ),
        "correction_without_parentheses": (
            "m / 1 - beta1 ** t is m minus a number. Put parentheses: m / (1 - beta1 ** t), and "
            "the same for v.",
            (
                spoilt(mhat=lambda c: c.m - c.b[0] ** c.t, vhat=lambda c: c.v - c.b[1] ** c.t),
                spoilt(mhat=lambda c: c.m - c.b[0] ** c.t),
                spoilt(vhat=lambda c: c.v - c.b[1] ** c.t),
            ),
        ),
        "correction_not_a_power": (
            "The correction uses t in the wrong way. It is 1 - beta ** t, a power.",
            (
                spoilt(c1=lambda c: 1 - c.b[0] * c.t, c2=lambda c: 1 - c.b[1] * c.t),
                spoilt(c1=lambda c: 1 - c.b[0] ** (1 / c.t), c2=lambda c: 1 - c.b[1] ** (1 / c.t)),
                spoilt(c1=lambda c: (1 - c.b[0]) ** c.t, c2=lambda c: (1 - c.b[1]) ** c.t),
                spoilt(c1=lambda c: c.b[0] ** c.t, c2=lambda c: c.b[1] ** c.t),
            ),
        ),
        "t_not_kept": (
            "The correction is 1 - beta in every step, as if t were always 1. Keep t in the state, "
            "add 1 in each step, and raise beta to it.",
            (spoilt(t=lambda _: 1),),
        ),
        "t_starts_0": (
            "t is one too small: it starts at 0, and 1 - beta ** 0 is 0. Count first: in the first "
            "step t is 1.",
            (
                spoilt(c1=lambda c: 1 - c.b[0] ** (c.t - 1), c2=lambda c: 1 - c.b[1] ** (c.t - 1)),
                spoilt(
                    c1=lambda c: 1 - c.b[0] ** (c.t - 1) if c.t > 1 else 1,
                    c2=lambda c: 1 - c.b[1] ** (c.t - 1) if c.t > 1 else 1,
                ),
                spoilt(
                    c1=lambda c: 1 - c.b[0] ** max(c.t - 1, 1),
                    c2=lambda c: 1 - c.b[1] ** max(c.t - 1, 1),
                ),
            ),
        ),
        "t_starts_2": (
            "t is one too large. In the first step t is 1: count once a step.",
            (spoilt(c1=lambda c: 1 - c.b[0] ** (c.t + 1), c2=lambda c: 1 - c.b[1] ** (c.t + 1)),),
        ),
        "t_twice": (
            "t grows by 2 in each step. Count each step once.",
            (
                spoilt(c1=lambda c: 1 - c.b[0] ** (2 * c.t), c2=lambda c: 1 - c.b[1] ** (2 * c.t)),
                spoilt(
                    c1=lambda c: 1 - c.b[0] ** (2 * c.t - 1),
                    c2=lambda c: 1 - c.b[1] ** (2 * c.t - 1),
                ),
            ),
        ),
        "corrected_first_only": (
            "Only the first step is corrected. Correct in every step, by 1 - beta ** t.",
            (
                spoilt(
                    mhat=lambda c: c.m / c.c1 if c.t == 1 else c.m,
                    vhat=lambda c: c.v / c.c2 if c.t == 1 else c.v,
                ),
            ),
        ),
    }


def epoch_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips that count something else than steps."""
    return {
        "t_per_epoch": (
            "t does not grow in every step. It counts steps (mini-batches), not epochs.",
            tuple(
                spoilt(
                    c1=lambda c, k=k: 1 - c.b[0] ** (1 + (c.t - 1) // k),
                    c2=lambda c, k=k: 1 - c.b[1] ** (1 + (c.t - 1) // k),
                )
                for k in (2, 3, 4, 5, 10)
            ),
        ),
    }


def eps_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with eps and the root."""
    return {
        "eps_inside_sqrt": (
            "eps is inside the square root. Take the root first, then add: sqrt(vhat) + eps.",
            (
                spoilt(below=lambda c: np.sqrt(c.vhat + c.eps)),
                spoilt(below=lambda c: np.sqrt(c.vhat + c.eps**2)),
                spoilt(below=lambda c: np.sqrt((c.v + c.eps) / c.c2)),
            ),
        ),
        "eps_before_correction": (
            "eps is added before v is corrected, and is corrected along. Correct v, take the root, "
            "then add eps.",
            (
                spoilt(below=lambda c: (np.sqrt(c.v) + c.eps) / np.sqrt(c.c2)),
                spoilt(below=lambda c: np.sqrt(c.v) / np.sqrt(c.c2) + c.eps / c.c2),
            ),
        ),
        "eps_kept": (
            "eps is stored in v, where it adds up. Keep v without it.",
            (
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.m, v=c.v + c.eps)),
                spoilt(
                    v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.grad**2 + c.eps,
                    below=lambda c: c.root,
                ),
            ),
        ),
        "eps_fixed": (
            "eps is a fixed number. Use the argument eps: some cases give another one.",
            tuple(spoilt(below=lambda c, e=e: c.root + e) for e in (1e-8, 1e-7, 1e-6, 1e-5, 1e-10)),
        ),
        "eps_as_floor": (
            "eps is used as a lower bound. It is added to the root, always: sqrt(vhat) + eps.",
            (spoilt(below=lambda c: np.maximum(c.root, c.eps)),),
        ),
        "eps_twice": (
            "eps counts more than once. Add it once, outside the root: sqrt(vhat) + eps.",
            (
                spoilt(below=lambda c: np.sqrt(c.vhat + c.eps) + c.eps),
                spoilt(below=lambda c: c.root + 2 * c.eps),
            ),
        ),
        "eps_outside_fraction": (
            "eps is outside of the fraction. It guards the division: put sqrt(vhat) + eps in "
            "parentheses.",
            (
                spoilt(step=lambda c: c.lr * c.mhat / c.root + c.eps),
                spoilt(step=lambda c: c.lr * (c.mhat / c.root + c.eps)),
                spoilt(step=lambda c: c.lr * c.mhat / c.root - c.eps),
                spoilt(step=lambda c: c.lr * c.mhat * (1 / c.root + c.eps)),
            ),
        ),
        "eps_multiplied": (
            "eps multiplies the root. Add it: sqrt(vhat) + eps.",
            (spoilt(below=lambda c: c.root * c.eps),),
        ),
        "no_sqrt": (
            "The root is missing. Divide by sqrt(vhat) + eps: v is made of squares.",
            (spoilt(root=lambda c: c.vhat),),
        ),
        "root_of_all": (
            "The root covers too much. Only vhat belongs under it.",
            (
                spoilt(step=lambda c: np.sqrt(c.lr) * c.mhat / c.below),
                spoilt(step=lambda c: c.lr * np.sqrt(c.mhat) / c.below),
                spoilt(root=lambda c: np.sqrt(np.sqrt(c.vhat))),
            ),
        ),
        "multiplied": (
            "You multiply by the root. Divide by it.",
            (spoilt(step=lambda c: c.lr * c.mhat * c.below),),
        ),
        "not_divided": (
            "The step is lr * mhat, without the division by sqrt(vhat) + eps.",
            (spoilt(step=lambda c: c.lr * c.mhat), spoilt(step=lambda c: c.lr * c.m)),
        ),
    }


def no_eps(spoilt: Callable[..., Callable]) -> Known:
    """eps left out."""
    return {
        "no_eps": (
            "eps is missing. Divide by sqrt(vhat) + eps: where the gradient has always been 0, "
            "0 / 0 gives NaN.",
            (
                spoilt(below=lambda c: c.root),
                spoilt(below=lambda c: np.where(c.root == 0, 1, c.root)),
                spoilt(below=lambda c: np.where(c.root == 0, c.eps, c.root)),
            ),
        ),
    }
