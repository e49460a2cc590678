"""Slips with dz: by the wrong variable, unfinished, or spoilt by a shared array."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.spoilt_loss import (
    careless,
    dz_only,
    log_softmax,
    onehot,
    right_dz,
    right_loss,
    softmax,
    spoilt,
)


def by_p(z, t):
    """The gradient of the loss by the probabilities."""
    return -onehot(z, t) / softmax(z) / len(z)


def kept(place):
    """The gradient of one row; zeros elsewhere."""

    def rule(z, t):
        dz = np.zeros_like(z)
        dz[place] = right_dz(z, t)[place]
        return dz

    return rule


GRADIENTS = {
    "onehot_not_subtracted": (
        "You returned the probabilities as gradient. Subtract 1 for the target of each row: "
        "dz = (p - onehot) / N.",
        (
            dz_only(lambda z, t: softmax(z) / len(z)),
            dz_only(lambda z, t: softmax(z)),
            dz_only(lambda z, t: log_softmax(z)),
            *careless(dz=lambda p, hit, n: p / n),
            *careless(dz=lambda p, hit, n: p),
        ),
    ),
    "divided_before_subtracting": (
        "The 1 is not divided by N. Subtract it first, then divide: (p - onehot) / N.",
        (dz_only(lambda z, t: softmax(z) / len(z) - onehot(z, t)),),
    ),
    "onehot_divided_only": (
        "Only the 1 is divided by N. Divide the whole difference: (p - onehot) / N.",
        (dz_only(lambda z, t: softmax(z) - onehot(z, t) / len(z)),),
    ),
    "onehot_divided_twice": (
        "The 1 is divided by N twice: before it is subtracted, and again with the whole "
        "difference. Once is enough: (p - onehot) / N.",
        (dz_only(lambda z, t: (softmax(z) - onehot(z, t) / len(z)) / len(z)),),
    ),
    "target_replaced": (
        "The target's entry of dz is set to -1 instead of lowered by 1. Use -=, as in "
        "dz[np.arange(N), t] -= 1.",
        (
            dz_only(lambda z, t: np.where(onehot(z, t) == 1, -1, softmax(z)) / len(z)),
            dz_only(lambda z, t: np.where(onehot(z, t) == 1, -1, softmax(z))),
            *careless(dz=lambda p, hit, n: np.where(hit == 1, -1, p) / n),
        ),
    ),
    "one_added": (
        "You added the 1 for the target. Subtract it: dz = (p - onehot) / N.",
        (
            dz_only(lambda z, t: (softmax(z) + onehot(z, t)) / len(z)),
            *careless(dz=lambda p, hit, n: (p + hit) / n),
        ),
    ),
    "logits_for_p": (
        "dz starts from the logits, or from log p, where the probabilities belong: "
        "dz = (p - onehot) / N, with p = exp(log_p).",
        (
            dz_only(lambda z, t: (z - onehot(z, t)) / len(z)),
            dz_only(lambda z, t: (log_softmax(z) - onehot(z, t)) / len(z)),
        ),
    ),
    "target_only": (
        "dz is zero for all classes but the target. The other logits matter too: each receives "
        "its probability, p / N.",
        (
            dz_only(lambda z, t: right_dz(z, t) * onehot(z, t)),
            dz_only(lambda z, t: right_dz(z, t) * onehot(z, t) * len(z)),
            dz_only(lambda z, t: -onehot(z, t) / len(z)),
        ),
    ),
    "gradient_by_p": (
        "That is the gradient by the probabilities. Go on through the softmax to the logits: "
        "together it is simply (p - onehot) / N.",
        (
            dz_only(by_p),
            dz_only(lambda z, t: by_p(z, t) * len(z)),
            dz_only(lambda z, t: -onehot(z, t) / np.maximum(softmax(z), 1e-12) / len(z)),
            dz_only(lambda z, t: -1 / softmax(z) / len(z)),
            dz_only(lambda z, t: -1 / softmax(z)),
        ),
    ),
    "softmax_slope_again": (
        "The slope of the softmax is in there twice. p - onehot has gone through it already.",
        (
            dz_only(lambda z, t: right_dz(z, t) * softmax(z) * (1 - softmax(z))),
            dz_only(lambda z, t: right_dz(z, t) * len(z) * softmax(z) * (1 - softmax(z))),
            dz_only(lambda z, t: right_dz(z, t) * softmax(z)),
        ),
    ),
    "diagonal_only": (
        "You used p * (1 - p), the slope of each probability by its own logit. Every logit moves "
        "all probabilities, because they share a sum; together it is (p - onehot) / N.",
        (
            dz_only(lambda z, t: softmax(z) * (1 - softmax(z)) / len(z)),
            dz_only(lambda z, t: softmax(z) * (1 - softmax(z))),
            dz_only(lambda z, t: 2 * right_dz(z, t) * softmax(z) * (1 - softmax(z))),
        ),
    ),
    "doubled": (
        "dz has a factor 2 or 1/2, as if the loss were a square. Cross-entropy gives "
        "(p - onehot) / N.",
        (dz_only(lambda z, t: 2 * right_dz(z, t)), dz_only(lambda z, t: right_dz(z, t) / 2)),
    ),
    "loss_after_subtracting": (
        "You subtracted the 1 from p before the loss read it. Work on a copy, or compute the loss "
        "first.",
        (
            spoilt(
                lambda z, t: float(-np.mean(np.log((softmax(z) - 1)[np.arange(len(z)), t]))),
                right_dz,
            ),
            spoilt(
                lambda z, t: float(-np.mean(np.log(right_dz(z, t)[np.arange(len(z)), t]))),
                right_dz,
            ),
        ),
    ),
    "gradient_of_one_row": (
        "dz leaves rows out. Each row of z has its own gradient: (N, K).",
        (
            dz_only(kept(0)),
            dz_only(kept(-1)),
            dz_only(lambda z, t: right_dz(z, t)[0]),
            dz_only(lambda z, t: right_dz(z, t)[-1]),
            dz_only(lambda z, t: right_dz(z, t).sum(0)),
            dz_only(lambda z, t: right_dz(z, t).sum(1)),
            dz_only(lambda z, t: right_dz(z, t).mean(0)),
        ),
    ),
    "gradient_of_loss_times_loss": (
        "dz is multiplied by the loss. It is the slope of the loss, (p - onehot) / N, and nothing "
        "else.",
        (dz_only(lambda z, t: right_dz(z, t) * right_loss(z, t)),),
    ),
    "gradient_missing": (
        "dz is zero everywhere. It tells each logit which way lowers the loss: (p - onehot) / N.",
        (dz_only(lambda z, t: np.zeros_like(z)), dz_only(lambda z, t: np.zeros_like(z) + 0.0)),
    ),
    "targets_returned": (
        "You returned the one-hot targets. Subtract them from the probabilities: "
        "dz = (p - onehot) / N.",
        (
            dz_only(onehot),
            dz_only(lambda z, t: onehot(z, t) / len(z)),
        ),
    ),
    "gradient_positive": (
        "dz has lost its sign. It is negative for the target: leave out the absolute value.",
        (dz_only(lambda z, t: np.abs(right_dz(z, t))),),
    ),
}
