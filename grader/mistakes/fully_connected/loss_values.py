"""Slips with the loss itself: of the wrong class, or another loss."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.spoilt_loss import (
    dz_only,
    log_softmax,
    loss_only,
    onehot,
    per_row,
    right_dz,
    right_loss,
    softmax,
    spoilt,
)


def column_of(a, t):
    """What a[:, t] gives: all targets' columns for every row, (N, N)."""
    return a[:, t]


def as_target(rule):
    """Loss and gradient for other targets, a function of z and t."""
    return spoilt(lambda z, t: right_loss(z, rule(z, t)), lambda z, t: right_dz(z, rule(z, t)))


def sigma(z):
    """The sigmoid."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def binary(z, t):
    """A yes-or-no question for every class, by sigmoids."""
    soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return soft - z * onehot(z, t)


LOSSES = {
    "columns_for_all_rows": (
        "p[:, t] takes the columns of all targets for every row, N * N numbers. Pair each row "
        "with its own target: p[np.arange(N), t].",
        (
            loss_only(lambda z, t: float(-np.mean(column_of(log_softmax(z), t)))),
            loss_only(lambda z, t: float(-np.sum(column_of(log_softmax(z), t)) / len(z))),
            dz_only(lambda z, t: _minus_columns(softmax(z), t) / len(z)),
            spoilt(
                lambda z, t: float(-np.mean(column_of(log_softmax(z), t))),
                lambda z, t: _minus_columns(softmax(z), t) / len(z),
            ),
        ),
    ),
    "index_swapped": (
        "Row and class are swapped in the index. p has the shape (N, K): p[np.arange(N), t].",
        (
            loss_only(lambda z, t: float(-np.mean(log_softmax(z)[t, np.arange(len(z))]))),
            dz_only(lambda z, t: (softmax(z) - onehot(z, t).T) / len(z)),
            spoilt(
                lambda z, t: float(-np.mean(log_softmax(z)[t, np.arange(len(z))])),
                lambda z, t: (softmax(z) - onehot(z, t).T) / len(z),
            ),
        ),
    ),
    "target_shifted": (
        "The targets are off by one. Classes are counted from 0: t[n] is the column itself.",
        (
            as_target(lambda z, t: t - 1),
            as_target(lambda z, t: (t + 1) % z.shape[1]),
            loss_only(lambda z, t: right_loss(z, t - 1)),
            dz_only(lambda z, t: right_dz(z, t - 1)),
        ),
    ),
    "best_class": (
        "You looked at the class with the largest logit. The loss is about the target t[n].",
        (
            as_target(lambda z, t: z.argmax(1)),
            loss_only(lambda z, t: right_loss(z, z.argmax(1))),
            dz_only(lambda z, t: right_dz(z, z.argmax(1))),
        ),
    ),
    "first_class": (
        "The targets make no difference. t[n] says which class is right in row n.",
        (as_target(lambda z, t: 0 * t), as_target(lambda z, t: 0 * t + t[0])),
    ),
    "target_as_number": (
        "You calculated with t as if it were an amount. It is the place of the right class: make "
        "it one-hot, or use it as an index.",
        (
            spoilt(
                lambda z, t: float(-np.mean(t * log_softmax(z).sum(1))),
                lambda z, t: (softmax(z) - t[:, None]) / len(z),
            ),
            dz_only(lambda z, t: (softmax(z) - t[:, None]) / len(z)),
        ),
    ),
    "log_missing": (
        "The logarithm is missing. The loss is minus the log of the target's probability.",
        (
            loss_only(lambda z, t: float(np.mean(np.exp(-per_row(z, t))))),
            loss_only(lambda z, t: float(-np.mean(np.exp(-per_row(z, t))))),
            loss_only(lambda z, t: float(np.mean(1 - np.exp(-per_row(z, t))))),
        ),
    ),
    "squared_error": (
        "That is a squared error. Cross-entropy is minus the log of the target's probability.",
        (
            loss_only(lambda z, t: float(np.mean((softmax(z) - onehot(z, t)) ** 2))),
            loss_only(lambda z, t: float(np.sum((softmax(z) - onehot(z, t)) ** 2) / len(z))),
            loss_only(lambda z, t: float(np.sum((softmax(z) - onehot(z, t)) ** 2) / len(z) / 2)),
        ),
    ),
    "binary": (
        "You asked of every class whether it is there, yes or no. With one right class only the "
        "target's logarithm counts: -log p[t].",
        (
            spoilt(
                lambda z, t: float(binary(z, t).sum() / len(z)),
                lambda z, t: (sigma(z) - onehot(z, t)) / len(z),
            ),
            spoilt(
                lambda z, t: float(binary(z, t).mean()),
                lambda z, t: (sigma(z) - onehot(z, t)) / z.size,
            ),
            loss_only(lambda z, t: float(_all_classes(z, t).sum() / len(z))),
            loss_only(lambda z, t: float(_all_classes(z, t).mean())),
            *(
                loss_only(lambda z, t, e=e: float(_all_kept(z, t, e).sum() / len(z)))
                for e in (0, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-300)
            ),
        ),
    ),
    "entropy": (
        "That is the entropy of the guess, which does not ask what is right. Take the logarithm "
        "of the target's probability only.",
        (
            loss_only(lambda z, t: float(-np.sum(softmax(z) * log_softmax(z)) / len(z))),
            loss_only(lambda z, t: float(-np.sum(log_softmax(z)) / len(z))),
            loss_only(lambda z, t: float(-np.mean(log_softmax(z)))),
        ),
    ),
}


def _minus_columns(p, t):
    p = p.copy()
    p[:, t] -= 1
    return p


def _all_classes(z, t):
    p, hit = softmax(z), onehot(z, t)
    with np.errstate(all="ignore"):
        return -np.where(hit == 1, log_softmax(z), np.log1p(-p))


def _all_kept(z, t, epsilon):
    p, hit = softmax(z), onehot(z, t)
    return -(hit * np.log(p + epsilon) + (1 - hit) * np.log(1 - p + epsilon))
