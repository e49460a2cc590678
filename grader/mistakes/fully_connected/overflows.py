"""Slips with large logits, and with what the rows of the softmax are."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.spoilt_loss import (
    dz_only,
    from_p,
    loss_only,
    onehot,
    right_dz,
    right_loss,
    softmax,
    spoilt,
)


def over(z, *, top, axis=1, keepdims=True):
    """A softmax that first subtracts something else than the maximum of each row."""
    e = np.exp(z - top)
    return e / e.sum(axis=axis, keepdims=keepdims)


def naive(z):
    """exp(z) over its sum."""
    return over(z, top=0)


def by_columns(z):
    """Probabilities that add up to 1 along the batch."""
    return over(z, top=z.max(0), axis=0)


def of_target(z, t, rule):
    """Minus the mean of a function of the probability of the target."""
    return float(-np.mean(rule(softmax(z)[np.arange(len(z)), t])))


def added(epsilon):
    """log(p + ε) in the loss."""
    return loss_only(lambda z, t: of_target(z, t, lambda p: np.log(p + epsilon)))


def cut(epsilon, top):
    """The logarithm of probabilities kept away from 0, and perhaps from 1."""
    return loss_only(lambda z, t: of_target(z, t, lambda p: np.log(np.clip(p, epsilon, top))))


OVERFLOWS = {
    "naive_exp": (
        "exp overflows for large logits, or all of a row underflow to 0, and the result is NaN. "
        "Subtract the maximum of each row first: that changes no probability.",
        (
            from_p(naive),
            spoilt(
                lambda z, t: float(np.mean(np.log(np.exp(z).sum(1)) - z[np.arange(len(z)), t])),
                lambda z, t: (naive(z) - onehot(z, t)) / len(z),
            ),
            dz_only(lambda z, t: (naive(z) - onehot(z, t)) / len(z)),
            loss_only(lambda z, t: from_p(naive)(z, t)[0]),
        ),
    ),
    "global_maximum": (
        "You subtracted one maximum from the whole array. A row far below it underflows to 0 / 0: "
        "subtract each row's own, z.max(axis=1, keepdims=True).",
        (
            from_p(lambda z: over(z, top=z.max())),
            spoilt(
                lambda z, t: float(
                    np.mean(np.log(np.exp(z - z.max()).sum(1)) + z.max() - z[np.arange(len(z)), t])
                ),
                lambda z, t: (over(z, top=z.max()) - onehot(z, t)) / len(z),
            ),
        ),
    ),
    "column_maximum": (
        "You subtracted the maximum of each column, which changes the probabilities. Subtract the "
        "same number from a whole row: z.max(axis=1, keepdims=True).",
        (from_p(lambda z: over(z, top=z.max(0))),),
    ),
    "keepdims_missing": (
        "keepdims=True is missing: a vector of N numbers runs along the columns, one for each "
        "class. Write axis=1, keepdims=True for both max and sum.",
        (
            from_p(lambda z: over(z, top=z.max(1, keepdims=True), keepdims=False)),
            from_p(lambda z: over(z, top=z.max(1))),
            from_p(lambda z: over(z, top=z.max(1), keepdims=False)),
        ),
    ),
    "other_shift": (
        "What you subtract does not keep exp from overflowing or underflowing. Subtract the "
        "largest logit of each row.",
        (
            from_p(lambda z: over(z, top=z.min(1, keepdims=True))),
            from_p(lambda z: over(z, top=z.mean(1, keepdims=True))),
        ),
    ),
    "clipped_logits": (
        "You cut the logits off, so large differences look small. Subtract the maximum of each "
        "row instead.",
        tuple(
            from_p(lambda z, top=top: naive(np.clip(z, -top, top)))
            for top in (10, 50, 88, 500, 700)
        )
        + tuple(from_p(lambda z, top=top: naive(np.minimum(z, top))) for top in (50, 88, 500, 700)),
    ),
    "log_of_zero": (
        "A probability underflows to 0, and its logarithm is infinite. Use log-sum-exp: "
        "log p is z - max - log(sum(exp(z - max))), without computing p first.",
        (
            from_p(softmax),
            loss_only(
                lambda z, t: float(-np.sum(onehot(z, t) * np.log(softmax(z))) / len(z)),
            ),
        ),
    ),
    "log_plus_epsilon": (
        "log(p + ε) biases the loss, and a small p is cut off at log(ε). Use log-sum-exp, which "
        "needs no ε.",
        (
            *(added(e) for e in (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20)),
            added(1e-100),
            added(1e-300),
            added(np.finfo(float).eps),
            *(cut(e, 1 - e) for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
            *(cut(e, None) for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-300)),
        ),
    ),
    "axis_0": (
        "The softmax runs along the batch. The probabilities of one row add up to 1: use axis 1.",
        (
            from_p(by_columns),
            from_p(lambda z: over(z, top=z.max(1, keepdims=True), axis=0)),
            from_p(lambda z: over(z, top=0, axis=0)),
        ),
    ),
    "whole_batch": (
        "The probabilities of the whole batch add up to 1. Each row has its own sum: axis=1, "
        "keepdims=True.",
        (
            from_p(lambda z: over(z, top=z.max(), axis=None)),
            from_p(lambda z: over(z, top=z.max(1, keepdims=True), axis=None)),
            from_p(lambda z: over(z, top=0, axis=None)),
        ),
    ),
    "softmax_missing": (
        "You took the logits for probabilities. Put them through a softmax first.",
        (
            from_p(lambda z: z),
            spoilt(
                lambda z, t: float(-np.mean(z[np.arange(len(z)), t])),
                lambda z, t: (z - onehot(z, t)) / len(z),
            ),
            spoilt(lambda z, t: float(-np.mean(z[np.arange(len(z)), t])), right_dz),
        ),
    ),
    "softmax_twice": (
        "The softmax is applied twice. z are logits: one softmax turns them into probabilities.",
        (
            from_p(lambda z: softmax(softmax(z))),
            loss_only(lambda z, t: right_loss(softmax(z), t)),
            dz_only(lambda z, t: right_dz(softmax(z), t)),
        ),
    ),
    "not_exponential": (
        "Those are not softmax probabilities. They are exp(z) divided by its sum over the row.",
        (
            from_p(lambda z: z / z.sum(1, keepdims=True)),
            from_p(lambda z: np.abs(z) / np.abs(z).sum(1, keepdims=True)),
            from_p(lambda z: over(-z, top=(-z).max(1, keepdims=True))),
            from_p(lambda z: 2.0 ** (z - z.max(1, keepdims=True)) / _powers(z)),
        ),
    ),
    "sum_not_divided": (
        "exp(z) is not divided by its sum. The probabilities of a row must add up to 1.",
        (
            from_p(np.exp),
            from_p(lambda z: np.exp(z - z.max(1, keepdims=True))),
            from_p(lambda z: np.exp(z - z.max())),
        ),
    ),
}


def _powers(z):
    return (2.0 ** (z - z.max(1, keepdims=True))).sum(1, keepdims=True)
