"""Slips with large logits, and with what the rows of the softmax are."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.spoilt_loss import (
    both,
    dz_only,
    from_p,
    log_softmax,
    loss_only,
    onehot,
    right_dz,
    right_loss,
    shifted,
    softmax,
    spoilt,
)

EPSILONS = (
    *(1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-100, 1e-300),
    *(np.finfo(np.float64).eps, np.finfo(np.float32).eps),
)


def row_maximum(z):
    """The largest logit of each row, (N, 1)."""
    return z.max(1, keepdims=True)


def lowered(z):
    """The logits without the maximum of their row."""
    return z - row_maximum(z)


def over(z, top):
    """A softmax that first subtracts `top`."""
    e = np.exp(z - top)
    return e / e.sum(axis=1, keepdims=True)


def naive(z):
    """exp(z) over its sum."""
    return over(z, 0)


def cut_off(bottom, top):
    """A right softmax of logits that are cut off."""
    return both(lambda z: log_softmax(np.clip(z, bottom, top)))


def loss_by(log_p):
    """A loss from other log-probabilities, beside the right gradient."""
    return lambda z, t: (both(log_p)(z, t)[0], right_dz(z, t))


OVERFLOWS = {
    "naive_exp": (
        "exp overflows for large logits, or all of a row underflow to 0, and the result is NaN. "
        "Subtract the maximum of each row first: that changes no probability.",
        (
            *shifted(lambda z: 0),
            *shifted(lambda z: -row_maximum(z)),
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
            *shifted(np.max),
            spoilt(
                lambda z, t: float(
                    np.mean(np.log(np.exp(z - z.max()).sum(1)) + z.max() - z[np.arange(len(z)), t])
                ),
                lambda z, t: (over(z, z.max()) - onehot(z, t)) / len(z),
            ),
        ),
    ),
    "column_maximum": (
        "You subtracted the maximum of each column, which changes the probabilities. Subtract the "
        "same number from a whole row: z.max(axis=1, keepdims=True).",
        shifted(lambda z: z.max(0)),
    ),
    "keepdims_missing": (
        "keepdims=True is missing: a vector of N numbers runs along the columns, one for each "
        "class. Write axis=1, keepdims=True for both max and sum.",
        (
            *shifted(row_maximum, keepdims=False),
            *shifted(lambda z: z.max(1)),
            *shifted(lambda z: z.max(1), keepdims=False),
        ),
    ),
    "other_shift": (
        "What you subtract does not keep exp from overflowing or underflowing. Subtract the "
        "largest logit of each row.",
        (
            *shifted(lambda z: z.min(1, keepdims=True)),
            *shifted(lambda z: z.mean(1, keepdims=True)),
            *shifted(lambda z: z[:, :1]),
            *shifted(lambda z: np.abs(z).max(1, keepdims=True)),
        ),
    ),
    "maximum_left_over": (
        "The maximum is subtracted at one place and not at the other, or twice. With "
        "s = z - max, log p is s - log(sum(exp(s))): neither z nor the maximum appears again.",
        tuple(
            form(lambda z, count=count: log_softmax(z) + count * row_maximum(z))
            for form in (both, loss_by)
            for count in (1, -1, 2)
        ),
    ),
    "maximum_in_one_place": (
        "The sum is over exp(z), where the maximum is not subtracted: it overflows, or does not "
        "fit. With s = z - max, log p is s - log(sum(exp(s))).",
        tuple(
            form(lambda z: z - row_maximum(z) - np.log(np.exp(z).sum(1, keepdims=True)))
            for form in (both, loss_by)
        ),
    ),
    "clipped_logits": (
        "You cut the logits off, so large differences look small. Subtract the maximum of each "
        "row instead.",
        (
            *(cut_off(-top, top) for top in (10, 50, 88, 100, 500, 700, 709)),
            *(cut_off(None, top) for top in (50, 88, 100, 500, 700, 709)),
        ),
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
        tuple(
            form(lambda z, kept=kept, e=e: np.log(kept(softmax(z), e)))
            for form in (both, loss_by)
            for kept in (np.add, np.maximum, lambda p, e: np.clip(p, e, 1 - e))
            for e in EPSILONS
        ),
    ),
    "axis_0": (
        "The softmax runs along the batch. The probabilities of one row add up to 1: use axis 1.",
        (
            *shifted(lambda z: z.max(0), axis=0),
            *shifted(row_maximum, axis=0),
            *shifted(np.max, axis=0),
            *shifted(lambda z: 0, axis=0),
        ),
    ),
    "whole_batch": (
        "The probabilities of the whole batch add up to 1. Each row has its own sum: axis=1, "
        "keepdims=True.",
        (
            *shifted(np.max, axis=None),
            *shifted(row_maximum, axis=None),
            *shifted(lambda z: 0, axis=None),
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
            both(lambda z: lowered(z) - np.log(_powers(z))),
            from_p(lambda z: z / z.sum(1, keepdims=True)),
            from_p(lambda z: np.abs(z) / np.abs(z).sum(1, keepdims=True)),
            from_p(lambda z: over(-z, row_maximum(-z))),
            from_p(lambda z: 2.0 ** lowered(z) / _powers(z)),
        ),
    ),
    "sum_not_divided": (
        "exp(z) is not divided by its sum. The probabilities of a row must add up to 1.",
        (
            from_p(np.exp),
            from_p(lambda z: np.exp(lowered(z))),
            from_p(lambda z: np.exp(z - z.max())),
            both(lowered),
            dz_only(lambda z, t: (np.exp(lowered(z)) - onehot(z, t)) / len(z)),
            dz_only(lambda z, t: (np.exp(z) - onehot(z, t)) / len(z)),
        ),
    ),
}


def _powers(z):
    return (2.0 ** lowered(z)).sum(1, keepdims=True)
