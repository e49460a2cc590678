"""Known mistakes of 5.2: which way the factor goes, and what it reaches."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake


def other(factor):
    """A conversion with another factor, a function of p; it stops where that divides by 0."""
    return lambda w_next, p: w_next * factor(p)


def guarded(factor):
    """The same, with the right result where the factor cannot be computed."""

    def to_inverted(w_next, p):
        try:
            return w_next * factor(p)
        except ZeroDivisionError:
            return w_next * (1 - p)

    return to_inverted


def share_of(rule):
    """A conversion with a factor that depends on the shape of the weights too."""
    return lambda w_next, p: w_next * (1 - p) * rule(w_next)


CONVERT = {
    "divided": (
        "You divided by 1 - p. The old network made its numbers smaller in evaluation, and the "
        "new one does not: the weights must do it. Multiply by 1 - p.",
        (other(lambda p: 1 / (1 - p)), guarded(lambda p: 1 / (1 - p))),
    ),
    "by_p": (
        "You multiplied by p. That is the share that was dropped; multiply by the share that was "
        "kept, 1 - p.",
        (other(lambda p: p), other(lambda p: 1 / p), guarded(lambda p: 1 / p)),
    ),
    "unchanged": (
        "The weights stayed as they were. The old network scaled by 1 - p in evaluation; now "
        "nobody does, so the weights must hold that factor.",
        (other(lambda p: 1),),
    ),
    "scaled_twice": (
        "The factor 1 - p works twice. Multiply by it once.",
        (other(lambda p: (1 - p) ** 2), other(lambda p: (1 - p) * p)),
    ),
    "root": (
        "You took the root of 1 - p. The mean must stay as it was, and that is scaled by 1 - p "
        "itself.",
        (other(lambda p: (1 - p) ** 0.5),),
    ),
    "plus": (
        "The factor is not 1 - p. A share 1 - p was kept, and the old network scaled by it.",
        (
            other(lambda p: 1 + p),
            other(lambda p: p - 1),
            other(lambda p: 0.5),
            other(lambda p: 1 - p**2),
        ),
    ),
    "subtracted": (
        "You subtracted p from the weights, or added something. Multiply them by 1 - p.",
        (
            lambda w_next, p: w_next - p,
            lambda w_next, p: w_next + (1 - p),
            lambda w_next, p: w_next - (1 - p),
        ),
    ),
    "averaged": (
        "The weights are divided by how many there are, too. Only multiply by 1 - p.",
        (
            share_of(lambda w: 1 / len(w)),
            share_of(lambda w: 1 / w.shape[1]),
            share_of(lambda w: 1 / w.size),
        ),
    ),
    "dropped_again": (
        "You dropped weights. Nothing is dropped here: all are multiplied by 1 - p.",
        (
            lambda w_next, p: w_next * (np.random.default_rng(0).random(w_next.shape) >= p),
            lambda w_next, p: w_next * (w_next > p),
        ),
    ),
    "transposed": (
        "The weights are transposed. Keep their shape, and multiply by 1 - p.",
        (lambda w_next, p: (w_next * (1 - p)).T,),
    ),
    "one_row_scaled": (
        "Only some weights are scaled. Every weight is multiplied by 1 - p.",
        (
            lambda w_next, p: np.concatenate([w_next[:1] * (1 - p), w_next[1:]]),
            lambda w_next, p: np.where(w_next > 0, w_next * (1 - p), w_next),
        ),
    ),
    "cut_off": (
        "The weights have lost their fractions. Keep them in their dtype.",
        (lambda w_next, p: np.trunc(w_next * (1 - p)), lambda w_next, p: w_next * int(1 - p)),
    ),
}


def predicted(rule):
    """A prediction with another rule, of x, w, b and the share k that was kept."""
    return lambda x, w_next, b_next, p: rule(x, w_next, b_next, 1 - p)


def product(x, w):
    """Each row through the weights."""
    return x @ w.T


PREDICT = {
    "bias_scaled": (
        "The bias is scaled too. Nothing dropped it, so it stays as it is: only what comes "
        "through the weights is multiplied by 1 - p.",
        (
            predicted(lambda x, w, b, k: (product(x, w) + b) * k),
            predicted(lambda x, w, b, k: product(x, w) * k + b * (1 - k)),
        ),
    ),
    "bias_alone_scaled": (
        "The bias is scaled, and the rest is not. It is the other way round: multiply x or the "
        "weights by 1 - p, and add b as it is.",
        (predicted(lambda x, w, b, k: product(x, w) + b * k),),
    ),
    "not_scaled": (
        "Nothing is scaled. The old network dropped without enlarging, so in evaluation its "
        "numbers must be made smaller: multiply x or the weights by 1 - p.",
        (predicted(lambda x, w, b, k: product(x, w) + b),),
    ),
    "scaled_twice": (
        "Both x and the weights are scaled. One of them is enough.",
        (
            predicted(lambda x, w, b, k: product(x, w) * k**2 + b),
            predicted(lambda x, w, b, k: (product(x, w) * k + b) * k),
        ),
    ),
    "divided": (
        "You divided by 1 - p. In training fewer numbers came through, so now that all come "
        "through they are made smaller: multiply by 1 - p.",
        (
            predicted(lambda x, w, b, k: product(x, w) * (1 / k) + b),
            predicted(lambda x, w, b, k: product(x, w) * (1 / k if k else 0) + b),
            predicted(lambda x, w, b, k: (product(x, w) + b) * (1 / k)),
        ),
    ),
    "by_p": (
        "You multiplied by p. That is the share that was dropped; multiply by the share that was "
        "kept, 1 - p.",
        (
            predicted(lambda x, w, b, k: product(x, w) * (1 - k) + b),
            predicted(lambda x, w, b, k: (product(x, w) + b) * (1 - k)),
        ),
    ),
    "root": (
        "You took the root of 1 - p. The mean must stay as it was, and that is scaled by 1 - p "
        "itself.",
        (predicted(lambda x, w, b, k: product(x, w) * k**0.5 + b),),
    ),
    "bias_missing": (
        "The bias is missing. Add b_next to every row.",
        (predicted(lambda x, w, b, k: product(x, w) * k),),
    ),
    "bias_axis": (
        "The bias runs down the rows of the batch. It has one number for each output, so it goes "
        "along the last axis.",
        (predicted(lambda x, w, b, k: product(x, w) * k + b[:, None]),),
    ),
    "bias_too_often": (
        "The bias is added once for each input. Add it once to each output, after the sum.",
        (predicted(lambda x, w, b, k: product(x, w) * k + b * x.shape[1]),),
    ),
    "bias_subtracted": (
        "You subtracted the bias. Add it.",
        (predicted(lambda x, w, b, k: product(x, w) * k - b),),
    ),
    "still_dropping": (
        "Something is dropped. In evaluation all numbers come through, multiplied by 1 - p.",
        (
            predicted(lambda x, w, b, k: product(x * draws(x, k), w) + b),
            predicted(lambda x, w, b, k: product(x * draws(x, k), w) * k + b),
        ),
    ),
    "w_not_transposed": (
        "You used x @ w. w_next has the shape (outputs, inputs), so its rows belong to the "
        "outputs: x @ w_next.T.",
        (predicted(lambda x, w, b, k: x @ w * k + b),),
    ),
    "output_transposed": (
        "y is transposed. Return the shape (N, M), one row for each row of x.",
        (predicted(lambda x, w, b, k: (product(x, w) * k + b).T),),
    ),
    "first_row_only": (
        "Only one row of the batch is computed. Do all N.",
        (
            predicted(lambda x, w, b, k: (product(x, w) * k + b)[0]),
            predicted(lambda x, w, b, k: (product(x, w) * k + b)[:1]),
        ),
    ),
    "activated": (
        "An activation function is applied already. Stop at the weighted sum and the bias.",
        (predicted(lambda x, w, b, k: np.maximum(product(x, w) * k + b, 0)),),
    ),
}


def draws(x, keep):
    """A mask of 0 and 1 from draws of its own."""
    return np.random.default_rng(0).random(x.shape) < keep


MISTAKES = (
    *(Mistake(slug, "to_inverted", *told) for slug, told in CONVERT.items()),
    *(Mistake(f"old_{slug}", "predict_old", *told) for slug, told in PREDICT.items()),
)
