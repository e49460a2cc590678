"""Known mistakes of 5.5: factors of the variance, what is squared, and what the bias does."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.spoilt import only_if


def right_mean(x, w, b, p):
    """The mean, which dropout leaves alone."""
    return x @ w.T + b


def right_var(x, w, b, p):
    """The variance of the sum of independent terms."""
    return p / (1 - p) * (x**2 @ w.T**2)


def moments(mean=right_mean, var=right_var, *, order=(0, 1)):
    """Both moments, with slips; each is a function of x, w, b and p."""

    def dropout_moments(x, w, b, p):
        results = mean(x, w, b, p), var(x, w, b, p)
        return tuple(results[place] for place in order)

    return dropout_moments


def mean(rule):
    """Another mean."""
    return moments(mean=rule)


def var(rule):
    """Another variance."""
    return moments(var=rule)


def factor(rule):
    """A variance with another factor, a function of p."""
    return var(lambda x, w, b, p: rule(p) * (x**2 @ w.T**2))


def terms(x, w):
    """The products w x of every output, (N, M, D)."""
    return x[:, None] * w


def unless_0(rule):
    """A factor that is 0 for p = 0, where it would divide by that."""
    return lambda p: rule(p) if p else 0.0


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

PACKING = {
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
    for slug, (message, variants) in {**FACTORS, **SUMS, **MEAN, **PACKING}.items()
)
