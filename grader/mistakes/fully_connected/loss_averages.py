"""Slips with what is summed and what is averaged, and with signs and logarithms."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.spoilt_loss import (
    both,
    careless,
    log_softmax,
    loss_only,
    onehot,
    per_row,
    right_dz,
    right_loss,
    spoilt,
)


def scaled(loss=1, dz=1):
    """Loss and gradient times factors, each a number or a function of N and K."""

    def factor(rule, z):
        return rule(*z.shape) if callable(rule) else rule

    return lambda z, t: (right_loss(z, t) * factor(loss, z), right_dz(z, t) * factor(dz, z))


def rows(n, k):
    """N, the number of rows."""
    return n


def classes(n, k):
    """1 / K."""
    return 1 / k


AVERAGES = {
    "summed": (
        "You summed over the batch. Both the loss and its gradient are means: divide by N.",
        (
            scaled(rows, rows),
            scaled(loss=rows),
            *careless(np.sum, lambda p, hit, n: p - hit),
            *careless(np.sum),
        ),
    ),
    "gradient_not_averaged": (
        "The loss is averaged but its gradient is not. The mean divides by N, so dz does too: "
        "(p - onehot) / N.",
        (scaled(dz=rows), *careless(dz=lambda p, hit, n: p - hit)),
    ),
    "averaged_over_classes": (
        "You averaged over the classes too. Divide by N, the number of rows, alone.",
        (
            scaled(classes, classes),
            scaled(loss=classes),
            scaled(dz=classes),
            scaled(lambda n, k: n / k, lambda n, k: n / k),
            scaled(dz=lambda n, k: n / k),
            scaled(lambda n, k: n / k),
        ),
    ),
    "averaged_twice": (
        "Divided by N twice. The mean does it once; the gradient needs it once.",
        (
            scaled(dz=lambda n, k: 1 / n),
            scaled(lambda n, k: 1 / n, lambda n, k: 1 / n),
            scaled(loss=lambda n, k: 1 / n),
        ),
    ),
    "loss_per_row": (
        "You returned a loss for each row. Return one number, their mean.",
        (
            loss_only(per_row),
            spoilt(per_row, lambda z, t: right_dz(z, t) * len(z)),
            loss_only(lambda z, t: per_row(z, t)[:, None]),
            loss_only(lambda z, t: -log_softmax(z) * onehot(z, t)),
        ),
    ),
    "loss_in_an_array": (
        "The loss is right, but it stands in an array with one element. Return the number "
        "itself: take it out with .item(), or let np.mean or np.sum run over all axes.",
        (
            loss_only(lambda z, t: np.array([right_loss(z, t)])),
            loss_only(lambda z, t: np.array([[right_loss(z, t)]])),
        ),
    ),
    "loss_of_one_row": (
        "The loss knows one row only. Add up all rows with += and divide by N.",
        (
            loss_only(lambda z, t: float(per_row(z, t)[0])),
            loss_only(lambda z, t: float(per_row(z, t)[-1])),
            loss_only(lambda z, t: float(per_row(z, t)[-1]) / len(z)),
            loss_only(lambda z, t: float(per_row(z, t).max())),
            loss_only(lambda z, t: float(-np.mean(log_softmax(z)[0, t]))),
            loss_only(lambda z, t: float(-np.mean(log_softmax(z)[-1, t]))),
        ),
    ),
    "other_logarithm": (
        "That is a logarithm to another base. Cross-entropy takes the natural one, np.log.",
        (
            scaled(loss=1 / np.log(10)),
            scaled(loss=1 / np.log(2)),
            scaled(1 / np.log(10), 1 / np.log(10)),
            scaled(1 / np.log(2), 1 / np.log(2)),
            *(both(lambda z, log=log: _log_p(z, log)) for log in (np.log10, np.log2)),
        ),
    ),
    "sign": (
        "A sign is wrong. The loss is minus the logarithm and never negative; dz is p - onehot, "
        "negative for the target.",
        (
            scaled(dz=-1),
            scaled(loss=-1),
            scaled(-1, -1),
            *careless(dz=lambda p, hit, n: (hit - p) / n),
            *careless(lambda losses: -np.mean(losses)),
        ),
    ),
    "swapped": (
        "The results are in the wrong order. Return loss, dz.",
        (lambda z, t: (right_dz(z, t), right_loss(z, t)),),
    ),
}


def _log_p(z, log):
    z = z - z.max(1, keepdims=True)
    return z - log(np.exp(z).sum(1, keepdims=True))
