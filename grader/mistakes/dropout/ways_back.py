"""Slips with the way back of dropout and of its spatial kind: dx = dy * mask."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Back = Callable[[np.ndarray, np.ndarray], np.ndarray]


def shared_back(function: str, wide: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> dict:
    """What goes wrong in the same way for numbers and for maps.

    Args:
        function: the name of the forward function, for the messages.
        wide: lays a mask over dy.
    """

    def back(rule: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Back:
        return lambda dy, mask: rule(dy, wide(mask, dy))

    return {
        **{slug: (text, tuple(map(back, rules))) for slug, (text, rules) in PRODUCTS.items()},
        **{slug: (text, tuple(map(back, rules))) for slug, (text, rules) in TOTALS.items()},
        "mask_drawn_anew": (
            f"The mask is drawn anew. Use the one you are given: what {function} dropped on the "
            "way up gets no gradient on the way down.",
            tuple(lambda dy, mask, seed=seed: dy * wide(fresh(mask, seed), dy) for seed in (0, 1)),
        ),
    }


def fresh(mask: np.ndarray, seed: int) -> np.ndarray:
    """Another mask with the same factor."""
    return (np.random.default_rng(seed).random(mask.shape) >= 0.5) * mask.max()


def quotient(dy: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """dy over the mask, 0 where that is 0."""
    return np.divide(dy, mask, out=np.zeros_like(dy), where=mask + 0 * dy != 0)


def share(dy: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """dy where it passes, over the share that passes."""
    passes = (mask != 0) * np.ones_like(dy)
    return dy * passes / (passes.mean() or 1)


PRODUCTS = {
    "grad_not_masked": (
        "Gradients pass where the number was dropped. It had no part in y, so its gradient is 0: "
        "dx = dy * mask.",
        (
            lambda dy, mask: dy + 0,
            lambda dy, mask: dy * mask.max(),
            lambda dy, mask: dy * (1 + mask),
        ),
    ),
    "grad_not_scaled": (
        "The gradient is masked but not enlarged. The same mask and the same factor as on the way "
        "up: dx = dy * mask.",
        (lambda dy, mask: dy * (mask > 0),),
    ),
    "grad_scaled_twice": (
        "The factor works twice. The mask has it already: dx = dy * mask.",
        (lambda dy, mask: dy * mask**2,),
    ),
    "grad_complement": (
        "Gradients pass where the number was dropped, and not where it was kept. dx = dy * mask.",
        (
            lambda dy, mask: dy * (mask == 0),
            lambda dy, mask: dy * (mask == 0) * mask.max(),
            lambda dy, mask: dy * (1 - (mask > 0)) * 2,
        ),
    ),
    "grad_one_minus_mask": (
        "You multiplied by 1 - mask. The mask is not 0 or 1: it holds the factors themselves. "
        "dx = dy * mask.",
        (lambda dy, mask: dy * (1 - mask), lambda dy, mask: dy - mask),
    ),
    "grad_divided": (
        "You divided by the mask. y is x times the mask, so dx is dy times the mask.",
        (lambda dy, mask: dy / mask, quotient),
    ),
    "grad_by_keep": (
        "Where the gradient passes it becomes smaller. The factor is the one of the way up, "
        "1 / (1 - p), and the mask holds it: dx = dy * mask.",
        (lambda dy, mask: dy * (mask > 0) / max(mask.max(), 1) ** 2,),
    ),
    "grad_by_share": (
        "The gradient is divided by the share that was kept this time. The mask has the factor "
        "already: dx = dy * mask.",
        (share,),
    ),
    "grad_scale_fixed": (
        "Where the gradient passes it is always multiplied by the same number. The mask holds the "
        "factor: dx = dy * mask.",
        (lambda dy, mask: 2 * dy * (mask > 0), lambda dy, mask: 1.25 * dy * (mask > 0)),
    ),
    "mask_cut_off": (
        "The factors have lost their fractions: 1.25 became 1. Multiply by the mask as it is, "
        "not as int or bool.",
        (lambda dy, mask: dy * mask.astype(int), lambda dy, mask: dy * np.round(mask)),
    ),
    "mask_alone": (
        "You returned the mask. The chain rule multiplies it by what comes from above: "
        "dx = dy * mask.",
        (lambda dy, mask: mask + 0 * dy,),
    ),
    "mask_added": (
        "You added dy and the mask. The chain rule multiplies: dx = dy * mask.",
        (lambda dy, mask: dy + mask,),
    ),
    "masked_by_dy": (
        "You looked at the sign of dy. Whether a gradient passes depends on the mask alone: "
        "dx = dy * mask.",
        (
            lambda dy, mask: np.maximum(dy, 0) * mask,
            lambda dy, mask: np.abs(dy) * mask,
            lambda dy, mask: np.where(dy > 0, dy, 0) + 0 * mask,
        ),
    ),
    "grad_scaled_unmasked_left": (
        "Where the number was dropped, something is left. Its gradient is 0: dx = dy * mask.",
        (
            lambda dy, mask: np.where(mask > 0, dy * mask, dy),
            lambda dy, mask: np.where(mask > 0, dy * mask, np.nan),
        ),
    ),
}

TOTALS = {
    "back_sign": (
        "dx has the wrong sign. Return dy times the mask; going downhill is the optimizer's task.",
        (lambda dy, mask: -dy * mask,),
    ),
    "back_mean": (
        "The gradient is averaged. The mean over the rows belongs to the loss; dy already has it.",
        (
            lambda dy, mask: dy * mask / len(dy),
            lambda dy, mask: dy * mask / dy.size,
        ),
    ),
    "back_summed": (
        "The gradient is added up. dx has the shape of dy: one number for each number.",
        (
            lambda dy, mask: (dy * mask).sum(0),
            lambda dy, mask: np.sum(dy * mask),
            lambda dy, mask: np.mean(dy * mask),
        ),
    ),
    "back_selected": (
        "You returned only the gradients that pass, in one row. Keep the shape of dy, and put 0 "
        "elsewhere.",
        (
            lambda dy, mask: (dy * mask)[mask + 0 * dy > 0],
            lambda dy, mask: dy[mask + 0 * dy > 0],
        ),
    ),
}
