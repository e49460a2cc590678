"""Slips with Adam's two averages, m and v, whichever optimizer they belong to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.adam.returned import Known
from grader.mistakes.adam.spoilt import remember


def m_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with m, the average of gradients."""
    return {
        "g_not_m": (
            "You step along g. Step along m, the average of the gradients.",
            (
                spoilt(mhat=lambda c: c.grad),
                spoilt(m=lambda c: c.grad),
                spoilt(mhat=lambda c: c.g),
            ),
        ),
        "m_sum": (
            "m adds the gradients up. It averages them: beta1 * m + (1 - beta1) * g.",
            (
                spoilt(m=lambda c: c.b[0] * c.m_before + c.grad),
                spoilt(m=lambda c: c.m_before + c.grad),
                spoilt(m=lambda c: c.m_before + (1 - c.b[0]) * c.grad),
            ),
        ),
        "m_weights_swapped": (
            "beta1 weighs the wrong part of m. It says how much of the old average stays: "
            "beta1 * m + (1 - beta1) * g.",
            (spoilt(m=lambda c: (1 - c.b[0]) * c.m_before + c.b[0] * c.grad),),
        ),
        "prev_grad": (
            "An average is a step behind, as in the note. Update m and v with the g that you are "
            "given before you use them.",
            (
                spoilt(
                    m=lambda c: c.b[0] * c.m_before + (1 - c.b[0]) * c.old("last", 0 * c.grad),
                    last=lambda c: c.state.update(last=c.grad),
                ),
                spoilt(
                    grad=lambda c: c.old("last", 0 * c.g),
                    last=lambda c: c.state.update(last=c.g),
                ),
                spoilt(
                    v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.old("last", 0 * c.grad) ** 2,
                    last=lambda c: c.state.update(last=c.grad),
                ),
            ),
        ),
        "m_not_kept": (
            "m is not kept from step to step. Store it in the state.",
            (spoilt(kept=remember("t", "v")),),
        ),
        "v_not_kept": (
            "v is not kept from step to step. Store it in the state.",
            (spoilt(kept=remember("t", "m")),),
        ),
        "nothing_kept": (
            "Neither m nor v is kept from step to step. Store both in the state, and t.",
            (spoilt(kept=lambda _: None), spoilt(kept=remember("t"))),
        ),
        "one_memory": (
            "m and v are kept under one name and overwrite each other. Give each its own.",
            (
                spoilt(m_before=lambda c: c.old("v")),
                spoilt(
                    m_before=lambda c: c.old("v"),
                    v=lambda c: c.b[1] * c.m + (1 - c.b[1]) * c.grad**2,
                ),
            ),
        ),
        "first_gradient_whole": (
            "An average begins at the first gradient. Both begin at 0, and the bias correction "
            "makes up for it.",
            (
                spoilt(
                    m_before=lambda c: c.old("m", c.grad), v_before=lambda c: c.old("v", c.grad**2)
                ),
                spoilt(m_before=lambda c: c.old("m", c.grad)),
                spoilt(v_before=lambda c: c.old("v", c.grad**2)),
                spoilt(
                    m_before=lambda c: c.old("m", c.grad),
                    v_before=lambda c: c.old("v", c.grad**2),
                    mhat=lambda c: c.m,
                    vhat=lambda c: c.v,
                ),
            ),
        ),
        "begins_at_1": (
            "An average begins at another number than 0. Both begin at 0.",
            (
                spoilt(v_before=lambda c: c.old("v", 1.0)),
                spoilt(m_before=lambda c: c.old("m", 1.0), v_before=lambda c: c.old("v", 1.0)),
                spoilt(m_before=lambda c: c.old("m", 1.0)),
            ),
        ),
        "nadam": (
            "You look ahead as Nesterov's momentum does. Adam steps along m.",
            (
                spoilt(mhat=lambda c: (c.b[0] * c.m + (1 - c.b[0]) * c.grad) / c.c1),
                spoilt(mhat=lambda c: c.b[0] * c.m / c.c1 + (1 - c.b[0]) * c.grad),
            ),
        ),
    }


def v_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with v, the average of squares."""
    return {
        "v_of_m": (
            "v averages m squared. It averages the squares of the gradient: "
            "beta2 * v + (1 - beta2) * g * g.",
            (
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.m**2),
                spoilt(
                    v=lambda c: (
                        c.b[1] * c.v_before + (1 - c.b[1]) * (c.m / (1 - c.b[0] ** c.t)) ** 2
                    )
                ),
            ),
        ),
        "adagrad_sum": (
            "v adds the squares up, as in AdaGrad. It averages them: "
            "beta2 * v + (1 - beta2) * g * g.",
            (
                spoilt(v=lambda c: c.v_before + c.grad**2),
                spoilt(v=lambda c: c.v_before + c.grad**2, vhat=lambda c: c.v),
            ),
        ),
        "v_weights": (
            "The weights in v do not add up to 1. Take beta2 * v + (1 - beta2) * g * g.",
            (
                spoilt(v=lambda c: c.b[1] * c.v_before + c.grad**2),
                spoilt(v=lambda c: c.v_before + (1 - c.b[1]) * c.grad**2),
            ),
        ),
        "v_weights_swapped": (
            "beta2 weighs the wrong part of v. It says how much of the old average stays: "
            "beta2 * v + (1 - beta2) * g * g.",
            (spoilt(v=lambda c: (1 - c.b[1]) * c.v_before + c.b[1] * c.grad**2),),
        ),
        "v_not_squared": (
            "v averages the gradients, not their squares. Use g * g.",
            (
                spoilt(
                    v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.grad,
                    root=lambda c: np.sqrt(np.abs(c.vhat)),
                ),
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.grad),
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * np.abs(c.grad)),
                spoilt(
                    v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * np.abs(c.grad),
                    root=lambda c: c.vhat,
                ),
            ),
        ),
        "weight_squared": (
            "1 - beta2 is squared along with g. Only g is: (1 - beta2) * g * g.",
            (spoilt(v=lambda c: c.b[1] * c.v_before + ((1 - c.b[1]) * c.grad) ** 2),),
        ),
        "scalar_v": (
            "All numbers of w share one v. Each has its own: square the array, without sum or "
            "mean.",
            (
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * np.mean(c.grad**2)),
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * np.sum(c.grad**2)),
            ),
        ),
        "root_kept": (
            "You keep the root of v. Keep v itself, and take the root for the step alone.",
            (
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.m, v=np.sqrt(c.v))),
                spoilt(kept=lambda c: c.state.update(t=c.t, m=c.m, v=np.sqrt(c.vhat))),
            ),
        ),
        "largest_v": (
            "You divide by the largest v so far. That is AMSGrad: Adam takes v itself.",
            (
                spoilt(
                    vhat=lambda c: np.maximum(c.old("most"), c.v) / c.c2,
                    last=lambda c: c.state.update(most=np.maximum(c.old("most"), c.v)),
                ),
                spoilt(
                    vhat=lambda c: np.maximum(c.old("most"), c.v / c.c2),
                    last=lambda c: c.state.update(most=c.vhat),
                ),
                spoilt(
                    v=lambda c: np.maximum(c.b[1] * c.v_before, c.grad**2),
                    vhat=lambda c: c.v,
                ),
            ),
        ),
        "centered": (
            "You take m squared off v. Adam does not: divide by the root of the corrected v.",
            (
                spoilt(root=lambda c: np.sqrt(c.vhat - c.mhat**2)),
                spoilt(root=lambda c: np.sqrt(np.abs(c.vhat - c.mhat**2))),
                spoilt(v=lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * (c.grad - c.m) ** 2),
            ),
        ),
    }


def beta_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with which beta is which."""
    return {
        "betas_swapped": (
            "The two betas have changed places. The first belongs to m, the second to v: "
            "beta1, beta2 = betas.",
            (spoilt(b=lambda c: c.betas[::-1]),),
        ),
        "weights_swapped": (
            "Both betas weigh the wrong part. A beta says how much of the old average stays, and "
            "1 - beta how much of the new is added.",
            (
                spoilt(
                    m=lambda c: (1 - c.b[0]) * c.m_before + c.b[0] * c.grad,
                    v=lambda c: (1 - c.b[1]) * c.v_before + c.b[1] * c.grad**2,
                ),
            ),
        ),
        "one_beta": (
            "Both averages use the same beta. m uses the first, v the second.",
            (
                spoilt(b=lambda c: (c.betas[0], c.betas[0])),
                spoilt(b=lambda c: (c.betas[1], c.betas[1])),
                spoilt(v=lambda c: c.b[0] * c.v_before + (1 - c.b[0]) * c.grad**2),
                spoilt(m=lambda c: c.b[1] * c.m_before + (1 - c.b[1]) * c.grad),
            ),
        ),
        "betas_fixed": (
            "A beta is a fixed number. Use the argument betas: some cases give others.",
            (
                spoilt(b=lambda _: (0.9, 0.999)),
                spoilt(b=lambda c: (0.9, c.betas[1])),
                spoilt(b=lambda c: (c.betas[0], 0.999)),
                spoilt(b=lambda c: (c.betas[0], 0.99)),
                spoilt(b=lambda _: (0.9, 0.99)),
            ),
        ),
    }
