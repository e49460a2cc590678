"""Known mistakes of 6.6: how long to wait and which epochs to name; what is better, next door."""

from __future__ import annotations

import operator

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.regularization.improvements import IMPROVEMENTS
from grader.mistakes.regularization.stoppers import named, stopper


def by_window(val, patience, min_delta):
    """Stop if the last epochs are no better than those before them."""
    best = 0
    for epoch in range(len(val)):
        if val[epoch] < val[best] - min_delta:
            best = epoch
        if epoch >= patience and val[epoch] >= val[epoch - patience] - min_delta:
            return best, epoch
    return best, len(val) - 1


def noticed_late(val, patience, min_delta):
    """Ask at the start of an epoch whether patience has run out."""
    best, wait = 0, 0
    for epoch in range(1, len(val)):
        if wait >= patience:
            return best, epoch
        best, wait = (epoch, 0) if val[epoch] < val[best] - min_delta else (best, wait + 1)
    return best, len(val) - 1


def from_one(reached):
    """A count of bad epochs that begins with 1; `reached` compares it with patience."""

    def early_stopping(val, patience, min_delta):
        best, wait = 0, 1
        for epoch in range(1, len(val)):
            best, wait = (epoch, 1) if val[epoch] < val[best] - min_delta else (best, wait + 1)
            if reached(wait, patience):
                return best, epoch
        return best, len(val) - 1

    return early_stopping


def smallest_of_all(smallest):
    """The smallest loss of the whole run, and the patience after it."""

    def early_stopping(val, patience, min_delta):
        best = int(smallest(val))
        return best, min(best + patience, len(val) - 1)

    return early_stopping


COUNTS = {
    "no_reset": (
        "The count goes on after an improvement. Reset it to 0: patience counts bad epochs in a "
        "row.",
        (stopper(resets=False),),
    ),
    "patience_plus_1": (
        "You stop one epoch too late. Stop at the epoch that makes the count equal to patience: "
        "wait >= patience.",
        (stopper(most=lambda p: p + 1), noticed_late),
    ),
    "patience_minus_1": (
        "You stop one epoch too early. With patience 2 the second bad epoch in a row ends the "
        "training.",
        (
            stopper(most=lambda p: p - 1),
            stopper(most=lambda p: max(p - 1, 1)),
            from_one(operator.eq),
            from_one(operator.ge),
        ),
    ),
    "first_is_bad": (
        "The first epoch counts as a bad one. It is the best so far: begin the count with 0 "
        "after it.",
        (lambda val, patience, min_delta: stopper(begins=val[0])(val, patience, min_delta),),
    ),
    "window": (
        "You compared with the loss of `patience` epochs ago. Count the epochs since the best one.",
        (by_window,),
    ),
    "never_stops": (
        "You never stop, and go on to the last epoch.",
        (stopper(most=lambda p: 10**9),),
    ),
}

NAMES = {
    "returns_last": (
        "You returned the last epoch as the best one. The best is the last one that improved: its "
        "weights are kept.",
        (named(lambda best, stop, val, stopped: (stop, stop)),),
    ),
    "both_best": (
        "You returned the best epoch twice. The second number is the epoch at which training "
        "stops.",
        (named(lambda best, stop, val, stopped: (best, best)),),
    ),
    "looks_ahead": (
        "The best epoch comes after the stop. Training has ended by then: nobody knows those "
        "losses.",
        (
            named(lambda best, stop, val, stopped: (int(np.argmin(val)), stop)),
            named(lambda best, stop, val, stopped: (int(np.nanargmin(val)), stop)),
            smallest_of_all(np.argmin),
            smallest_of_all(np.nanargmin),
        ),
    ),
    "smallest_loss": (
        "You returned the epoch of the smallest loss, though it was no improvement by more than "
        "min_delta. Return the last epoch that counted as one.",
        (named(lambda best, stop, val, stopped: (int(np.nanargmin(val[: stop + 1])), stop)),),
    ),
    "counted_from_1": (
        "Epochs are counted from 1. The first one is epoch 0.",
        (
            named(lambda best, stop, val, stopped: (best + 1, stop + 1)),
            named(lambda best, stop, val, stopped: (best, stop + 1)),
            named(lambda best, stop, val, stopped: (best + 1, stop)),
        ),
    ),
    "past_the_end": (
        "If patience does not run out, training stops at the last epoch, len(val) - 1.",
        (
            named(lambda b, stop, val, stopped: (b, stop if stopped else len(val))),
            named(lambda b, stop, val, stopped: (b, stop if stopped else -1)),
            named(lambda b, stop, val, stopped: (b, stop if stopped else None)),
            named(lambda b, stop, val, stopped: (b, stop if stopped else 0)),
            named(lambda b, stop, val, stopped: (b, stop) if stopped else None),
            named(lambda b, stop, val, stopped: (b, stop if stopped else b)),
            lambda val, patience, min_delta: (
                (best := stopper()(val, patience, min_delta)[0]),
                best + patience,
            ),
        ),
    ),
    "stop_before": (
        "The stop is named one epoch too early. Return the epoch whose loss used up the patience.",
        (
            named(lambda best, stop, val, stopped: (best, stop - 1 if stopped else stop)),
            named(lambda best, stop, val, stopped: (best, stop - 1)),
        ),
    ),
    "stop_after": (
        "The stop is named one epoch too late. Return the epoch whose loss used up the patience.",
        (named(lambda best, stop, val, stopped: (best, stop + 1 if stopped else stop)),),
    ),
    "loss_returned": (
        "You returned a loss. Return the epoch, its place in val.",
        (
            named(lambda best, stop, val, stopped: (float(val[best]), stop)),
            named(lambda best, stop, val, stopped: (float(val[best]), float(val[stop]))),
        ),
    ),
    "results_swapped": (
        "The results have changed places. Return the best epoch first, then the stop.",
        (named(lambda best, stop, val, stopped: (stop, best)),),
    ),
    "one_result": (
        "You returned one number. Return (best_epoch, stop_epoch).",
        (
            named(lambda best, stop, val, stopped: best),
            named(lambda best, stop, val, stopped: stop),
        ),
    ),
    "waited_returned": (
        "The second number counts the epochs after the best one. Return the epoch at which "
        "training stops.",
        (named(lambda best, stop, val, stopped: (best, stop - best)),),
    ),
}


MISTAKES = tuple(
    Mistake(slug, "early_stopping", message, variants)
    for slug, (message, variants) in {**IMPROVEMENTS, **COUNTS, **NAMES}.items()
)
