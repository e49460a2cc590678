"""Mistakes of a diagnosis about the epochs it looks at: single ones, others, all."""

from __future__ import annotations

import numpy as np

from grader.mistakes.regularization.runs import judged


def mean_windows(size: int):
    """The means of the last epochs and of as many before."""
    return judged(window=lambda e: (e[-2 * size : -size].mean(), e[-size:].mean()))


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
        ),
    ),
    "other_window": (
        "The windows have another length. Take the last four epochs, [-4:], and the four before, "
        "[-8:-4].",
        (mean_windows(2), mean_windows(3), mean_windows(5), mean_windows(1 + 5)),
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
    "median": (
        "You took a median. Take the mean of the four epochs.",
        (judged(window=lambda e: (np.median(e[-8:-4]), np.median(e[-4:]))),),
    ),
    "best_epoch": (
        "You took the smallest error of the run. The network at hand is the last one: take the "
        "last four epochs.",
        (
            judged(window=lambda e: (e[-8:-4].mean(), e.min())),
            judged(window=lambda e: (e[-8:-4].min(), e[-4:].min())),
            judged(window=lambda e: (e[-8:-4].mean() - e[-4:].mean() + e.min(), e.min())),
        ),
    ),
}
