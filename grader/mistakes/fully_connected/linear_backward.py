"""Known mistakes of 3.1, backward: sums over the wrong axis, means, gradients mixed up."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.fully_connected.backward_parts import back, by_ones, db, dw, dx, scaled
from grader.mistakes.fully_connected.linear_gradients import INPUT, WEIGHT

SHARED = {
    "gradients_swapped": (
        "The gradients are in the wrong order. Return dx, dw, db.",
        tuple(back(order=order) for order in permutations(range(3)) if order != (0, 1, 2)),
    ),
    "divided_by_batch": (
        "Gradients are divided by N. The mean over the rows belongs to the loss; dy already has "
        "it. Only sum.",
        tuple(
            scaled(which, lambda dy, x: 1 / len(dy))
            for which in ("dw db", "dx dw db", "dw", "dx", "dx dw")
        ),
    ),
    "divided_by_size": (
        "Gradients are divided by a number of outputs or inputs. Nothing is averaged here: only "
        "sum.",
        tuple(
            scaled(which, rule)
            for which in ("dx dw db", "dx", "dw", "db", "dw db")
            for rule in (
                lambda dy, x: 1 / dy.size,
                lambda dy, x: 1 / dy.shape[1],
                lambda dy, x: 1 / x.shape[1],
            )
        ),
    ),
    "sign": (
        "The gradients have the wrong sign. Return the slopes themselves; going downhill is the "
        "optimizer's task.",
        tuple(scaled(which, lambda dy, x: -1) for which in ("dx dw db", "dx", "dw", "db", "dw db")),
    ),
    "dy_ignored": (
        "Your gradients do not use dy. Multiply what each number did in the forward pass by the "
        "dy of its output.",
        (
            by_ones,
            lambda dy, x, w: (by_ones(dy, x, w)[0], *back()(dy, x, w)[1:]),
            dw(lambda dy, x, w: by_ones(dy, x, w)[1]),
            back(dx=lambda dy, x, w: w, dw=lambda dy, x, w: x),
        ),
    ),
}

BIAS = {
    "db_ones": (
        "db does not use dy. Each bias moves its output one to one, so it receives dy, summed "
        "over the rows: dy.sum(axis=0).",
        (
            db(lambda dy: np.ones(dy.shape[1], dy.dtype)),
            db(lambda dy: np.full(dy.shape[1], len(dy), dy.dtype)),
            db(lambda dy: np.zeros(dy.shape[1], dy.dtype)),
        ),
    ),
    "db_mean": (
        "db is a mean. Each bias is added to N outputs, so its gradient is the sum of theirs: "
        "dy.sum(axis=0).",
        (db(lambda dy: dy.mean(0)),),
    ),
    "db_not_summed": (
        "db must be summed over the batch. Each bias is added in all N rows: dy.sum(axis=0).",
        (db(lambda dy: dy),),
    ),
    "db_of_one_row": (
        "db takes one number of each column of dy. Each bias is added in all N rows, so add up "
        "theirs: dy.sum(axis=0).",
        (
            db(lambda dy: dy[0]),
            db(lambda dy: dy[-1]),
            db(lambda dy: dy.max(0)),
            db(lambda dy: dy.min(0)),
        ),
    ),
    "db_of_all": (
        "db adds up all of dy. Each bias belongs to one output, so sum over the rows only: "
        "dy.sum(axis=0), which leaves the shape (M,).",
        (
            db(lambda dy: dy.sum()),
            db(lambda dy: dy.sum(keepdims=True)),
            db(lambda dy: np.full(dy.shape[1], dy.sum())),
            db(lambda dy: dy.mean()),
        ),
    ),
    "db_axis_kept": (
        "db keeps an axis of length 1. Its shape is that of b, (M,): leave out keepdims, and do "
        "not reshape.",
        (
            db(lambda dy: dy.sum(0, keepdims=True)),
            db(lambda dy: dy.sum(0)[:, None]),
        ),
    ),
    "db_axes": (
        "db sums over the wrong axis. There is one bias for each output, so sum over the rows, "
        "axis 0: that leaves the shape (M,).",
        (
            db(lambda dy: dy.sum(1)),
            db(lambda dy: dy.sum(1, keepdims=True)),
            db(lambda dy: dy.mean(1)),
        ),
    ),
}

LOST = {
    "axes_lost": (
        "With a single row, input or output an axis is lost. dx, dw and db have the shapes of x, "
        "w and b: do without squeeze.",
        (
            lambda dy, x, w: tuple(np.squeeze(g) for g in back()(dy, x, w)),
            dx(lambda dy, x, w: np.squeeze(dy @ w)),
            dw(lambda dy, x, w: np.squeeze(dy.T @ x)),
            db(lambda dy: np.squeeze(dy.sum(0))),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "linear_backward", message, variants)
    for slug, (message, variants) in {**SHARED, **BIAS, **WEIGHT, **INPUT, **LOST}.items()
)
