"""A right early stopping, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def better(loss: float, best: float, min_delta: float) -> bool:
    """Whether a loss is an improvement."""
    return loss < best - min_delta


def stopper(
    improves: Callable[[float, float, float], bool] = better,
    *,
    most: Callable[[int], int] = lambda patience: patience,
    remembers: Callable[[float, float], float] = lambda loss, best: best,
    resets: bool = True,
    begins: float = np.inf,
    names: Callable = lambda best, stop, val, stopped: (best, stop),
) -> Callable:
    """An early stopping with slips.

    Args:
        improves: of a loss, the best one and min_delta.
        most: of patience, after how many bad epochs it stops.
        remembers: of a loss that is no improvement and the best one, what to compare with next.
        resets: whether an improvement starts the count again.
        begins: the best loss before the first epoch.
        names: of the best epoch, the last epoch, the losses and whether it stopped, the result.
    """

    def early_stopping(val, patience, min_delta):
        best, best_epoch, wait = begins, 0, 0
        for epoch, loss in enumerate(val):
            if improves(loss, best, min_delta):
                best, best_epoch, wait = loss, epoch, 0 if resets else wait
                continue
            best, wait = remembers(loss, best), wait + 1
            if wait >= most(patience):
                return names(best_epoch, epoch, val, True)
        return names(best_epoch, len(val) - 1, val, False)

    return early_stopping


def named(rule: Callable) -> Callable:
    """A right stopping that names other epochs."""
    return stopper(names=rule)


def improving(rule: Callable) -> Callable:
    """A stopping that takes other losses for improvements."""
    return stopper(rule)
