"""Mistakes of early stopping about what counts as an improvement."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.regularization.stoppers import stopper


def improving(rule: Callable) -> Callable:
    """A stopping that takes other losses for improvements."""
    return stopper(rule)


def by_minimum(val, patience, min_delta):
    """Stop by a count since the smallest loss so far, whatever min_delta is."""
    for epoch in range(len(val)):
        best = int(np.argmin(val[: epoch + 1]))
        if epoch - best >= patience:
            return best, epoch
    return int(np.argmin(val)), len(val) - 1


def rising(val, patience, min_delta):
    """Stop after so many rises in a row."""
    best, rises = 0, 0
    for epoch in range(1, len(val)):
        if val[epoch] < val[best] - min_delta:
            best = epoch
        rises = rises + 1 if val[epoch] > val[epoch - 1] else 0
        if rises == patience:
            return best, epoch
    return best, len(val) - 1


def at_nan(val, patience, min_delta, *, stop: bool) -> tuple[int, int]:
    """Stop at a nan, or pass over it without counting."""
    best, wait = 0, 0
    for epoch in range(1, len(val)):
        if np.isnan(val[epoch]):
            if stop:
                return best, epoch
            continue
        best, wait = (epoch, 0) if val[epoch] < val[best] - min_delta else (best, wait + 1)
        if wait == patience:
            return best, epoch
    return best, len(val) - 1


def first_remains(val, patience, min_delta):
    """Compare every loss with the first one."""
    best = 0
    for epoch in range(1, len(val)):
        if val[epoch] < val[0] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val) - 1


def smallest_kept(reference: Callable) -> Callable:
    """A stopping that names the smallest loss, however small the improvement was.

    Args:
        reference: of the best epoch and this one, the epoch whose loss decides over the count.
    """

    def early_stopping(val, patience, min_delta):
        best, wait = 0, 0
        for epoch in range(1, len(val)):
            wait = 0 if val[epoch] < val[reference(best, epoch)] - min_delta else wait + 1
            best = epoch if val[epoch] < val[best] else best
            if wait >= patience:
                return best, epoch
        return best, len(val) - 1

    return early_stopping


def counting(bad: Callable) -> Callable:
    """A stopping that counts only some of the epochs without improvement.

    Args:
        bad: of a loss, the best one and min_delta, whether the epoch counts.
    """

    def early_stopping(val, patience, min_delta):
        best, wait = 0, 0
        for epoch in range(1, len(val)):
            if val[epoch] < val[best] - min_delta:
                best, wait = epoch, 0
            elif bad(val[epoch], val[best], min_delta):
                wait += 1
            if wait >= patience:
                return best, epoch
        return best, len(val) - 1

    return early_stopping


IMPROVEMENTS = {
    "not_all_counted": (
        "Some bad epochs are not counted. Every epoch that does not improve counts, also one with "
        "an equal loss or one that is lower by too little.",
        (
            counting(lambda loss, best, d: loss > best),
            counting(lambda loss, best, d: loss >= best),
            counting(lambda loss, best, d: loss > best + d),
            counting(lambda loss, best, d: loss != best),
        ),
    ),
    "best_not_updated": (
        "You compare with the first loss to the end. When an epoch improves, remember its loss as "
        "the best one.",
        (first_remains,),
    ),
    "non_strict": (
        "A loss that is exactly at the border counts as better. An equal loss is no improvement: "
        "use <, not <=.",
        (improving(lambda loss, best, d: loss <= best - d),),
    ),
    "vs_previous": (
        "You compared with the previous epoch. Compare with the best loss so far.",
        (
            stopper(remembers=lambda loss, best: loss),
            rising,
            smallest_kept(lambda best, epoch: epoch - 1),
        ),
    ),
    "best_slides": (
        "A loss that is lower, but not by more than min_delta, becomes the best one. It is no "
        "improvement: the best loss stays, so that small steps can add up.",
        (
            stopper(remembers=lambda loss, best: min(loss, best) if loss == loss else best),
            smallest_kept(lambda best, epoch: best),
        ),
    ),
    "no_min_delta": (
        "min_delta is not used. A loss counts only if it is lower than the best one by more than "
        "min_delta.",
        (
            improving(lambda loss, best, d: loss < best),
            by_minimum,
        ),
    ),
    "min_delta_sign": (
        "min_delta is added to the best loss, so that even a higher loss counts. Subtract it: "
        "loss < best - min_delta.",
        (
            improving(lambda loss, best, d: loss < best + d),
            improving(lambda loss, best, d: loss - d < best),
            improving(lambda loss, best, d: abs(loss - best) > d),
        ),
    ),
    "min_delta_relative": (
        "min_delta is taken as a share of the best loss. It is a difference: best - min_delta.",
        (
            improving(lambda loss, best, d: best == np.inf or loss < best * (1 - d)),
            improving(lambda loss, best, d: best == np.inf or loss < best - d * abs(best)),
            improving(lambda loss, best, d: best == np.inf or (best - loss) / best > d),
        ),
    ),
    "reversed": (
        "You looked for higher values, as for an accuracy. These are losses: lower is better.",
        (stopper(lambda loss, best, d: loss > best + d, begins=-np.inf),),
    ),
    "nan_improves": (
        "A loss of nan counts as an improvement. Any comparison with nan is False: ask whether "
        "the loss is smaller, not whether it is at least as large.",
        (
            improving(lambda loss, best, d: not loss >= best - d),
            stopper(lambda loss, best, d: not loss >= best - d, remembers=lambda _, best: best),
        ),
    ),
    "nan_stops": (
        "You stop at a loss of nan, or pass over it. It is an epoch without improvement, like any "
        "other.",
        (
            lambda val, patience, min_delta: at_nan(val, patience, min_delta, stop=True),
            lambda val, patience, min_delta: at_nan(val, patience, min_delta, stop=False),
        ),
    ),
    "begins_at_zero": (
        "The best loss begins at 0, so that positive losses never improve. Begin with np.inf or "
        "with the first loss.",
        (stopper(begins=0.0),),
    ),
    "begins_too_low": (
        "The best loss begins at a number that losses can exceed, such as 1 or 1000. Begin with "
        "np.inf.",
        tuple(stopper(begins=begin) for begin in (1.0, 10.0, 100.0, 1e3, 1e4, 1e5)),
    ),
}
