"""Forward passes that multiply by a mask, whose y and mask can be spoilt together or one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.dropout import masks
from grader.mistakes.dropout.mask_slips import MASK_UNSCALED, NOT_RESCALED, SLIPS
from grader.mistakes.dropout.masks import Mask, right

Forward = Callable[..., tuple]

# Slips with a mode, of which y and the mask are often made in different lines.
IN_EVALUATION = ("active_in_eval", "eval_scaled")

# With a right y, that is a slip of its own.
ONLY_TOGETHER = ("unscaled_and_active",)

# Slips with what is kept, which often come together with a mask of 0 and 1.
IN_CHOICE = (
    "threshold_fixed",
    "p_is_keep",
    "mask_complement",
    "keeps_a_share_p",
    "other_end",
    "tie_dropped",
    "active_in_eval",
)


def layer(apply: Callable) -> Callable[..., Forward]:
    """A maker of forward passes.

    Args:
        apply: makes y of a mask and of the arrays before u, such as x.

    Returns:
        A function of the mask for y and the mask that is returned, both right if not given.
    """

    def make(used: Mask = right, returned: Mask | None = None) -> Forward:
        returned = returned or used

        def forward(*arrays, **named):
            *given, u, p, train = (*arrays, *named.values())
            return apply(used(u, p, train), *given), returned(u, p, train)

        return forward

    return make


def shared(make: Callable[..., Forward]) -> dict[str, tuple[str, tuple[Forward, ...]]]:
    """The slips with the mask, each in y and the mask, in y alone, and in the mask alone."""
    told = {}
    for slug, (message, wrong) in SLIPS.items():
        some = wrong if slug in IN_EVALUATION else wrong[:1]
        some = () if slug in ONLY_TOGETHER else some
        in_y, in_mask = [make(m, right) for m in some], [make(right, m) for m in some]
        flags = [make(m, masks.flagged(m)) for m in wrong if slug in IN_CHOICE]
        told[slug] = message, (*map(make, wrong), *in_y, *in_mask, *flags)
    message, codings = told["old_form"]
    nothing = masks.lost_in_eval(masks.unscaled)
    returned = [make(masks.old_form, mask) for mask in (masks.unscaled, nothing)]
    told["old_form"] = message, (*codings, *returned)
    return told | rescaling(make)


def rescaling(make: Callable[..., Forward]) -> dict[str, tuple[str, tuple[Forward, ...]]]:
    """The factor 1 / (1 - p) left out: everywhere, in y alone, in the mask alone."""
    flags = (masks.unscaled, masks.as_bool)
    return {
        "not_rescaled": (
            NOT_RESCALED,
            (
                *(make(masks.unscaled, flag) for flag in flags),
                make(masks.unscaled, right),
            ),
        ),
        "mask_unscaled": (
            MASK_UNSCALED,
            (
                *(make(right, flag) for flag in flags),
                # The division of y is one by 0 if p is 1.
                make(masks.stops_at_1, masks.unscaled),
                make(masks.stops_at_1, masks.always),
                make(right, masks.always),
            ),
        ),
        "mask_is_dropped": (
            "y is right, but the mask marks what is dropped. It is what the numbers were "
            "multiplied by: 0 or 1 / (1 - p).",
            (
                make(right, lambda u, p, train: (u < p) * np.ones_like(u) if train else 0 * u),
                make(right, lambda u, p, train: (u < p) * np.ones_like(u)),
            ),
        ),
        "mask_is_u": (
            "You returned u as the mask. The mask is what the numbers were multiplied by: 0 or "
            "1 / (1 - p) in training, 1 in evaluation.",
            (
                make(right, lambda u, p, train: u + 0),
                make(right, lambda u, p, train: u + 0 if train else np.ones_like(u)),
            ),
        ),
        "mask_lost_in_eval": (
            "In evaluation there is no mask. Return one of ones, so that backward need not ask "
            "which mode it was.",
            (
                make(right, masks.lost_in_eval(right)),
                make(right, lambda u, p, train: right(u, p, train) if train else 1.0),
                make(right, lambda u, p, train: right(u, p, train) if train else u + 0),
            ),
        ),
        **packing(make),
    }


def packing(make: Callable[..., Forward]) -> dict[str, tuple[str, tuple[Forward, ...]]]:
    """The right results, not returned as asked."""
    correct = make()
    return {
        "results_swapped": (
            "The results are in the wrong order. Return y, mask.",
            (lambda *a, **k: correct(*a, **k)[::-1],),
        ),
        "mask_not_returned": (
            "Only y is returned. Return the mask too: the way back needs it.",
            (lambda *a, **k: correct(*a, **k)[0],),
        ),
        "y_not_returned": (
            "Only the mask is returned. Return y, mask.",
            (lambda *a, **k: correct(*a, **k)[1],),
        ),
        "results_only_in_training": (
            "In evaluation only one array is returned. Return y and a mask of ones.",
            (lambda *a, **k: _single_in_eval(correct(*a, **k), *a, **k),),
        ),
    }


def _single_in_eval(results: tuple, *arrays, **named):
    *_, train = (*arrays, *named.values())
    return results if train else results[0]
