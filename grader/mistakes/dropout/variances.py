"""Slips with the variance behind dropout: its factor, and what is squared and added up."""

from __future__ import annotations

import numpy as np

from grader.mistakes.dropout.moments import factor, right_var, terms, unless_0, var

FACTORS = {
    "unscaled": (
        "The variance is that of 2012's dropout, without the factor 1 / (1 - p). That factor is "
        "squared in the variance: p (1 - p) / (1 - p)² = p / (1 - p).",
        (factor(lambda p: p * (1 - p)),),
    ),
    "scaled_once": (
        "The factor 1 / (1 - p) is not squared. A number that is multiplied by it has a variance "
        "1 / (1 - p)² times as large: p (1 - p) / (1 - p)² = p / (1 - p).",
        (factor(lambda p: p),),
    ),
    "squared_mean_left": (
        "That is the mean of the squares. The variance is less by the square of the mean: "
        "1 / (1 - p) - 1 = p / (1 - p).",
        (
            factor(lambda p: 1 / (1 - p)),
            var(lambda x, w, b, p: right_var(x, w, b, p) + (x @ w.T + b) ** 2),
            var(lambda x, w, b, p: right_var(x, w, b, p) + (x @ w.T) ** 2),
        ),
    ),
    "upside_down": (
        "The factor is upside down. The more is dropped, the larger is the variance: p / (1 - p).",
        (
            factor(lambda p: (1 - p) / p),
            factor(unless_0(lambda p: (1 - p) / p)),
        ),
    ),
    "p_is_keep": (
        "p is taken for the share that is kept. It is the share that is dropped: the factor is "
        "p / (1 - p), not (1 - p) / p, nor one with p and 1 - p exchanged.",
        (factor(lambda p: 1 - p), factor(lambda p: 1 / p), factor(unless_0(lambda p: 1 / p))),
    ),
    "wrong_power": (
        "p or 1 - p has the wrong power. One mask has the variance p (1 - p) / (1 - p)², which is "
        "p / (1 - p).",
        (
            factor(lambda p: p / (1 - p) ** 2),
            factor(lambda p: (p / (1 - p)) ** 2),
            factor(lambda p: p**2 / (1 - p)),
            factor(lambda p: 1 / (1 - p) ** 2),
            factor(lambda p: p**2),
            factor(lambda p: (1 - p) ** 2),
            factor(lambda p: p * (1 - p) ** 2),
            factor(lambda p: p / (1 - p) ** 3),
            factor(lambda p: (p * (1 - p)) ** 2),
        ),
    ),
    "brackets_missing": (
        "Brackets are missing: p / 1 - p is p - p. Write p / (1 - p).",
        (
            factor(lambda p: p / 1 - p),
            var(lambda x, w, b, p: (x**2 @ w.T**2) * p / 1 - p),
            var(lambda x, w, b, p: p / 1 - p * (x**2 @ w.T**2)),
        ),
    ),
    "no_factor": (
        "The variance does not depend on p. One mask has the variance p / (1 - p).",
        (factor(lambda p: 1.0),),
    ),
    "deviation": (
        "You returned the standard deviation. The variance is its square: leave the root out.",
        (var(lambda x, w, b, p: np.sqrt(right_var(x, w, b, p))),),
    ),
    "deviation_of_factor": (
        "Only a part is under the root. The variance has none: p / (1 - p) times the sum of w² x².",
        (
            factor(lambda p: (p / (1 - p)) ** 0.5),
            var(lambda x, w, b, p: p / (1 - p) * np.sqrt(x**2 @ w.T**2)),
        ),
    ),
}

SUMS = {
    "mask_alone": (
        "That is the variance of the mask alone. Each mask is multiplied by w x, which counts as "
        "its square: p / (1 - p) times the sum of w² x².",
        (
            var(lambda x, w, b, p: np.full((len(x), len(w)), p / (1 - p), x.dtype)),
            var(lambda x, w, b, p: np.asarray(p / (1 - p), x.dtype)),
            var(lambda x, w, b, p: np.full((len(x), len(w)), x.shape[1] * p / (1 - p), x.dtype)),
        ),
    ),
    "weights_missing": (
        "The weights or the inputs are missing. Each term is a mask times w x: sum w² x².",
        (
            var(lambda x, w, b, p: p / (1 - p) * (x**2 @ np.ones_like(w.T))),
            var(lambda x, w, b, p: p / (1 - p) * (np.ones_like(x) @ w.T**2)),
        ),
    ),
    "not_squared": (
        "Something is not squared. A number that multiplies a random one counts in the variance "
        "as its square: sum w² x².",
        (
            var(lambda x, w, b, p: p / (1 - p) * (x @ w.T)),
            var(lambda x, w, b, p: p / (1 - p) * (x @ w.T**2)),
            var(lambda x, w, b, p: p / (1 - p) * (x**2 @ w.T)),
            var(lambda x, w, b, p: p / (1 - p) * np.abs(terms(x, w)).sum(2)),
        ),
    ),
    "sum_squared": (
        "You squared the sum. The masks are independent, so their variances add up: square each "
        "term, and then sum.",
        (
            var(lambda x, w, b, p: p / (1 - p) * (x @ w.T) ** 2),
            var(lambda x, w, b, p: p / (1 - p) * np.abs(terms(x, w)).sum(2) ** 2),
        ),
    ),
    "cross_terms_lost": (
        "You took the sum of the mean squares for the mean of y². A squared sum also has the "
        "products of different terms. Take the variance of each term and add those up: "
        "p / (1 - p) times the sum of w² x².",
        (
            var(lambda x, w, b, p: x**2 @ w.T**2 / (1 - p) - (x @ w.T) ** 2),
            var(lambda x, w, b, p: x**2 @ w.T**2 / (1 - p) + b**2 - (x @ w.T + b) ** 2),
            var(lambda x, w, b, p: x**2 @ w.T**2 / (1 - p) - (x @ w.T + b) ** 2),
            var(lambda x, w, b, p: np.maximum(x**2 @ w.T**2 / (1 - p) - (x @ w.T) ** 2, 0)),
        ),
    ),
    "bias_in_variance": (
        "The bias is in the variance. It never changes, so it adds nothing.",
        (
            var(lambda x, w, b, p: right_var(x, w, b, p) + b),
            var(lambda x, w, b, p: right_var(x, w, b, p) + b**2),
            var(lambda x, w, b, p: right_var(x, w, b, p) + p / (1 - p) * b**2),
            var(lambda x, w, b, p: p / (1 - p) * (x @ w.T + b) ** 2),
        ),
    ),
    "divided_by_inputs": (
        "The variance is divided by the number of inputs or of rows. The output is a sum, not a "
        "mean: its variance is the sum of the variances.",
        (
            var(lambda x, w, b, p: right_var(x, w, b, p) / x.shape[1]),
            var(lambda x, w, b, p: right_var(x, w, b, p) / len(x)),
            var(lambda x, w, b, p: right_var(x, w, b, p) / x.shape[1] ** 2),
        ),
    ),
    "multiplied_by_inputs": (
        "The variance is multiplied by the number of inputs. The sum over the inputs has counted "
        "them already.",
        (var(lambda x, w, b, p: right_var(x, w, b, p) * x.shape[1]),),
    ),
    "variance_of_values": (
        "You took the variance of the outputs that are there. Meant is the variance over all "
        "masks, for each output of each row: p / (1 - p) times the sum of w² x².",
        (
            var(lambda x, w, b, p: np.broadcast_to((x @ w.T + b).var(0), (len(x), len(w)))),
            var(lambda x, w, b, p: (x @ w.T + b).var(0)),
            var(lambda x, w, b, p: p / (1 - p) * terms(x, w).var(2)),
            var(lambda x, w, b, p: terms(x, w).var(2)),
        ),
    ),
    "not_summed": (
        "The variance is not summed over the inputs, or over too much. There is one for each "
        "output of each row: the shape (N, M).",
        (
            var(lambda x, w, b, p: p / (1 - p) * terms(x, w) ** 2),
            var(lambda x, w, b, p: right_var(x, w, b, p).sum(1)),
            var(lambda x, w, b, p: right_var(x, w, b, p).sum()),
            var(lambda x, w, b, p: right_var(x, w, b, p).sum(0)),
        ),
    ),
}
