"""Slips with the squared gradients and the root over them, in AdaGrad and RMSProp."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.adam.returned import Known
from grader.mistakes.adam.spoilt import remember


def root_slips(spoilt: Callable[..., Callable], eps: float) -> Known:
    """Slips with eps and the root.

    Args:
        spoilt: makes a step from changed rules.
        eps: its default.
    """
    return {
        "eps_inside_sqrt": (
            "eps is inside the square root. Take the root first, then add: sqrt(h) + eps.",
            (
                spoilt(below=lambda c: np.sqrt(c.h + c.eps)),
                spoilt(below=lambda c: np.sqrt(c.h + c.eps**2)),
            ),
        ),
        "no_eps": (
            "eps is missing. Divide by sqrt(h) + eps: where the gradient has always been 0, 0 / 0 "
            "gives NaN.",
            (
                spoilt(below=lambda c: c.root),
                spoilt(below=lambda c: np.where(c.h == 0, 1, c.root)),
                spoilt(below=lambda c: np.where(c.h == 0, c.eps, c.root)),
            ),
        ),
        "eps_fixed": (
            "eps is a fixed number. Use the argument eps: some cases give another one.",
            tuple(
                spoilt(below=lambda c, e=e: c.root + e)
                for e in dict.fromkeys([eps, 1e-8, 1e-10, 1e-7, 1e-6, 1e-5])
            ),
        ),
        "eps_as_floor": (
            "eps is used as a lower bound. It is added to the root, always: sqrt(h) + eps.",
            (
                spoilt(below=lambda c: np.maximum(c.root, c.eps)),
                spoilt(below=lambda c: np.sqrt(np.maximum(c.h, c.eps))),
            ),
        ),
        "eps_twice": (
            "eps counts more than once. Add it once, outside the root: sqrt(h) + eps.",
            (
                spoilt(below=lambda c: np.sqrt(c.h + c.eps) + c.eps),
                spoilt(below=lambda c: c.root + 2 * c.eps),
            ),
        ),
        "eps_in_state": (
            "eps is stored in the state, where it adds up. Keep h without it, and add eps to the "
            "root.",
            (
                spoilt(kept=lambda c: c.state.update(h=c.h + c.eps)),
                spoilt(
                    h_eps=lambda c: c.h + c.eps,
                    root=lambda c: np.sqrt(c.h + c.eps),
                    kept=lambda c: c.state.update(h=c.h + c.eps),
                    below=lambda c: c.root,
                ),
            ),
        ),
        "eps_outside_fraction": (
            "eps is outside of the fraction. It guards the division: put sqrt(h) + eps in "
            "parentheses.",
            (
                spoilt(step=lambda c: c.lr * c.g / c.root + c.eps),
                spoilt(step=lambda c: c.lr * (c.g / c.root + c.eps)),
                spoilt(step=lambda c: c.lr * c.g / c.root - c.eps),
                spoilt(step=lambda c: c.lr * c.g * (1 / c.root + c.eps)),
            ),
        ),
        "eps_above": (
            "eps is added to the gradient. Add it below, to the root: sqrt(h) + eps.",
            (
                spoilt(step=lambda c: c.lr * (c.g + c.eps) / c.root),
                spoilt(step=lambda c: c.lr * (c.g + c.eps) / c.below),
            ),
        ),
        "eps_multiplied": (
            "eps multiplies the root. Add it: sqrt(h) + eps.",
            (spoilt(below=lambda c: c.root * c.eps),),
        ),
        "no_sqrt": (
            "The root is missing. Divide by sqrt(h) + eps: h is made of squares.",
            (spoilt(root=lambda c: c.h), spoilt(below=lambda c: c.h)),
        ),
        "root_of_root": (
            "You take the root twice. Once is enough: sqrt(h) + eps.",
            (spoilt(root=lambda c: np.sqrt(np.sqrt(c.h))),),
        ),
        "root_of_all": (
            "The root covers too much. Only h belongs under it: g / (sqrt(h) + eps).",
            (
                spoilt(step=lambda c: c.lr * np.sign(c.g) * np.sqrt(np.abs(c.g) / (c.h + c.eps))),
                spoilt(step=lambda c: np.sqrt(c.lr) * c.g / c.below),
                spoilt(step=lambda c: c.lr * np.sqrt(c.g) / c.below),
            ),
        ),
        "multiplied": (
            "You multiply by the root. Divide by it: large gradients make short steps.",
            (
                spoilt(step=lambda c: c.lr * c.g * c.below),
                spoilt(step=lambda c: c.lr * c.g * c.root),
            ),
        ),
        "not_divided": (
            "The step is lr * g, without the division by sqrt(h) + eps.",
            (spoilt(step=lambda c: c.lr * c.g),),
        ),
        "g_missing": (
            "The gradient itself is missing above the fraction: lr * g / (sqrt(h) + eps).",
            (
                spoilt(step=lambda c: c.lr / c.below),
                spoilt(step=lambda c: c.lr * np.sign(c.g) / c.below),
                spoilt(step=lambda c: c.lr * c.g**2 / c.below),
            ),
        ),
        "log_step": (
            "Only the sign of the gradient is left. Divide by the root of all squares so far, not "
            "by that of this one.",
            (spoilt(step=lambda c: c.lr * np.sign(c.g)),),
        ),
    }


def memory_slips(spoilt: Callable[..., Callable]) -> Known:
    """Slips with what h remembers."""
    return {
        "only_current_grad": (
            "h is made of this gradient alone. Keep h in the state, so that the old squares count "
            "too.",
            (spoilt(h=lambda c: c.g**2), spoilt(kept=lambda _: None)),
        ),
        "last_square_only": (
            "You keep the last square, not h. Store h itself, which holds all the squares so far.",
            (spoilt(kept=lambda c: c.state.update(h=c.g**2)),),
        ),
        "first_step_plain": (
            "The first step is lr * g. Divide in every step, in the first one too.",
            (
                spoilt(
                    step=lambda c: c.lr * (c.g / c.below if "h" in c.state else c.g),
                    kept=lambda _: None,
                    last=remember("h"),
                ),
            ),
        ),
        "excludes_current": (
            "You divide by the h of the step before. Put this gradient's square in first, then "
            "divide.",
            (
                spoilt(root=lambda c: np.sqrt(c.before) + 0 * c.g),
                spoilt(
                    kept=lambda _: None,
                    root=lambda c: np.sqrt(c.old("h", c.g**2)),
                    last=remember("h"),
                ),
            ),
        ),
        "scalar_h": (
            "All numbers of w share one h. Each has its own: square the array, without sum or "
            "mean.",
            (
                spoilt(root=lambda c: np.sqrt(np.sum(c.h)) + 0 * c.g),
                spoilt(root=lambda c: np.sqrt(np.mean(c.h)) + 0 * c.g),
                spoilt(root=lambda c: np.sqrt(np.max(c.h)) + 0 * c.g),
                spoilt(root=lambda c: np.sqrt(c.h.sum(-1, keepdims=True)) + 0 * c.g),
                spoilt(root=lambda c: np.sqrt(c.h.mean(-1, keepdims=True)) + 0 * c.g),
                spoilt(root=lambda c: np.sqrt(c.h.sum(0)) + 0 * c.g),
            ),
        ),
        "h_from_1": (
            "h begins at another number. It begins at 0.",
            (
                spoilt(before=lambda c: c.old("h", 1.0)),
                spoilt(before=lambda c: c.old("h", 0.1)),
                spoilt(before=lambda c: c.old("h", 1e-3)),
            ),
        ),
        "root_kept": (
            "You keep the root of h. Keep h itself, and take the root for the step alone.",
            (spoilt(kept=lambda _: None, last=lambda c: c.state.update(h=c.root)),),
        ),
        "prev_grad": (
            "You use the gradient of the step before. Use the g that you are given, above and "
            "below.",
            (
                spoilt(
                    step=lambda c: c.lr * c.old("last", 0 * c.g) / c.below,
                    last=lambda c: c.state.update(last=c.g),
                ),
            ),
        ),
        "averaged_g": (
            "You average the gradient too. Only its squares are kept: the step is "
            "lr * g / (sqrt(h) + eps).",
            tuple(
                spoilt(
                    step=lambda c, b=b: c.lr * (b * c.old("m") + (1 - b) * c.g) / c.below,
                    last=lambda c, b=b: c.state.update(m=b * c.old("m") + (1 - b) * c.g),
                )
                for b in (0.9, 0.5)
            ),
        ),
    }
