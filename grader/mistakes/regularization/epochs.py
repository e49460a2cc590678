"""Mistakes of a diagnosis about the epochs it looks at: single ones, others, all."""

from __future__ import annotations

import numpy as np

from grader.mistakes.regularization.runs import judged


def mean_windows(size: int):
    """The means of the last epochs and of as many before."""
    return means(slice(-2 * size, -size), slice(-size, None))


def means(before: slice, end: slice):
    """The means of some epochs and of some later ones."""
    return judged(window=lambda e: (e[before].mean(), e[end].mean()))


def ending(level):
    """Errors that fall as they do, from other levels at the end; a function of the errors."""

    def window(e):
        end = level(e)
        return e[-8:-4].mean() - e[-4:].mean() + end, end

    return judged(window=window)


FOUR_BEFORE, LAST_FOUR = slice(-8, -4), slice(-4, None)


EPOCHS = {
    "last_points": (
        "You compared single epochs. Curves are noisy, and the last point may lie anywhere: take "
        "the mean of the last four, and of the four before.",
        (
            judged(window=lambda e: (e[-2], e[-1])),
            judged(window=lambda e: (e[-8:-4].mean(), e[-1])),
            judged(window=lambda e: (e[-5], e[-1])),
            judged(window=lambda e: (e[-8], e[-1])),
            judged(window=lambda e: (e[-4:].mean() + e[-2] - e[-1], e[-4:].mean())),
            judged(window=lambda e: (e[-4:].mean() + e[-5] - e[-1], e[-4:].mean())),
            ending(lambda e: e[-1]),
        ),
    ),
    "other_window": (
        "The windows have another length, or lie elsewhere. Take the last four epochs, [-4:], and "
        "the four before, [-8:-4].",
        (
            *map(mean_windows, (2, 3, 5, 6)),
            # The end of a slice is not part of it.
            means(slice(-8, -5), LAST_FOUR),
            means(FOUR_BEFORE, slice(-4, -1)),
            means(slice(-8, -5), slice(-4, -1)),
            # Windows that overlap.
            means(slice(-8, None), LAST_FOUR),
            means(slice(-5, -1), LAST_FOUR),
            # The first eight epochs.
            means(slice(0, 4), slice(4, 8)),
        ),
    ),
    "halves": (
        "You compared with the beginning of the run. Every run falls at first; ask whether it "
        "still does: compare with the four epochs just before the last four.",
        (
            judged(window=lambda e: (e[: len(e) // 2].mean(), e[len(e) // 2 :].mean())),
            judged(window=lambda e: (e[: len(e) // 2].mean(), e[-4:].mean())),
            judged(window=lambda e: (e[:4].mean(), e[-4:].mean())),
            judged(window=lambda e: (e[:-4].mean(), e[-4:].mean())),
            judged(window=lambda e: (e.mean(), e[-4:].mean())),
            judged(window=lambda e: (e[0], e[-4:].mean())),
            judged(window=lambda e: (e[0], e[-1])),
            judged(window=lambda e: (e.max(), e[-4:].mean())),
        ),
    ),
    "whole_curve": (
        "You averaged over the whole run. Its beginning says nothing about its end: take the last "
        "four epochs.",
        (
            judged(window=lambda e: (e[-8:-4].mean(), e.mean())),
            judged(window=lambda e: (e[-8:-4].mean() - e[-4:].mean() + e.mean(), e.mean())),
        ),
    ),
    "sums": (
        "You added the errors of four epochs up. Divide by four: the borders are meant for means.",
        (judged(window=lambda e: (e[FOUR_BEFORE].sum(), e[LAST_FOUR].sum())),),
    ),
    "median": (
        "You took a median. Take the mean of the four epochs.",
        (judged(window=lambda e: (np.median(e[-8:-4]), np.median(e[-4:]))),),
    ),
    "best_epoch": (
        "You took the smallest error. The network at hand is the last one: take the mean of the "
        "last four epochs.",
        (
            judged(window=lambda e: (e[-8:-4].mean(), e.min())),
            judged(window=lambda e: (e[-8:-4].min(), e[-4:].min())),
            ending(np.min),
            ending(lambda e: e[LAST_FOUR].min()),
        ),
    ),
}
