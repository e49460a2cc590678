"""Known mistakes of 5.5: the mean, what is returned, and the variances of next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.dropout.moments import mean, moments, right_mean, right_var, terms, var
from grader.mistakes.dropout.variances import FACTORS, SUMS
from grader.mistakes.shapes import only_if

MEAN = {
    "mean_scaled": (
        "The mean is scaled by 1 - p. What is kept is divided by 1 - p, which makes up for what "
        "is dropped: the mean is that of the layer without dropout.",
        (
            mean(lambda x, w, b, p: (1 - p) * (x @ w.T) + b),
            mean(lambda x, w, b, p: (1 - p) * (x @ w.T + b)),
        ),
    ),
    "mean_enlarged": (
        "The mean is divided by 1 - p. What is kept is enlarged, but only a share 1 - p is kept: "
        "the mean is that of the layer without dropout.",
        (
            mean(lambda x, w, b, p: (x @ w.T) / (1 - p) + b),
            mean(lambda x, w, b, p: (x @ w.T + b) / (1 - p)),
        ),
    ),
    "mean_by_p": (
        "The mean is scaled by p. Dropout with the factor 1 / (1 - p) leaves the mean as it was.",
        (
            mean(lambda x, w, b, p: p * (x @ w.T) + b),
            mean(lambda x, w, b, p: p / (1 - p) * (x @ w.T) + b),
        ),
    ),
    "bias_missing": (
        "The bias is missing in the mean. It is never dropped: mean = x @ w.T + b.",
        (mean(lambda x, w, b, p: x @ w.T),),
    ),
    "bias_subtracted": (
        "You subtracted the bias. Add it to the mean.",
        (mean(lambda x, w, b, p: x @ w.T - b),),
    ),
    "bias_axis": (
        "The bias runs down the rows of the batch. It has one number for each output, so it goes "
        "along the last axis.",
        (mean(lambda x, w, b, p: x @ w.T + only_if(len(x) == len(b), b)[:, None]),),
    ),
    "mean_over_inputs": (
        "You took the mean over the inputs or over the batch. Meant is the mean over all masks, "
        "for each output of each row.",
        (
            mean(lambda x, w, b, p: terms(x, w).mean(2) + b),
            mean(lambda x, w, b, p: (x @ w.T + b).mean(0)),
            mean(lambda x, w, b, p: np.broadcast_to((x @ w.T + b).mean(0), (len(x), len(w)))),
        ),
    ),
}

BOTH = {
    "moments_of_2012": (
        "These are the moments of 2012's dropout, which does not enlarge what it keeps. Today's "
        "divides by 1 - p: that takes the mean back to x @ w.T + b, and makes the variance "
        "1 / (1 - p)² times as large.",
        (
            moments(
                lambda x, w, b, p: (1 - p) * (x @ w.T) + b,
                lambda x, w, b, p: p * (1 - p) * (x**2 @ w.T**2),
            ),
            moments(
                lambda x, w, b, p: (1 - p) * (x @ w.T + b),
                lambda x, w, b, p: p * (1 - p) * (x**2 @ w.T**2),
            ),
        ),
    ),
}

PACKING = {
    "output_transposed": (
        "The results are transposed. Return the shape (N, M), one row for each row of x.",
        (
            moments(
                lambda x, w, b, p: right_mean(x, w, b, p).T,
                lambda x, w, b, p: right_var(x, w, b, p).T,
            ),
        ),
    ),
    "results_swapped": (
        "The results are in the wrong order. Return mean, var.",
        (moments(order=(1, 0)),),
    ),
    "one_result": (
        "One result is missing. Return mean, var.",
        (
            lambda x, w, b, p: right_mean(x, w, b, p),
            lambda x, w, b, p: right_var(x, w, b, p),
        ),
    ),
    "w_not_transposed": (
        "You used x @ w. w has the shape (outputs, inputs), so its rows belong to the outputs: "
        "x @ w.T.",
        (
            moments(lambda x, w, b, p: x @ w + b, lambda x, w, b, p: p / (1 - p) * (x**2 @ w**2)),
            mean(lambda x, w, b, p: x @ w + b),
            var(lambda x, w, b, p: p / (1 - p) * (x**2 @ w**2)),
        ),
    ),
    "drawn": (
        "You drew masks. A formula gives the exact mean and variance, the same each time: the "
        "masks are independent, so means and variances add up.",
        (
            lambda x, w, b, p: drawn(x, w, b, p, 1),
            lambda x, w, b, p: drawn(x, w, b, p, 2000),
        ),
    ),
}


def drawn(x, w, b, p, count):
    """The mean and variance of some draws."""
    masks = (np.random.default_rng(0).random((count, *x.shape)) >= p) / (1 - p)
    y = (masks * x) @ w.T + b
    return y.mean(0), y.var(0)


MISTAKES = tuple(
    Mistake(slug, "dropout_moments", message, variants)
    for slug, (message, variants) in {**FACTORS, **SUMS, **MEAN, **BOTH, **PACKING}.items()
)
