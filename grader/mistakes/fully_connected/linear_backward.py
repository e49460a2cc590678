"""Known mistakes of 3.1, backward: sums over the wrong axis, means, gradients mixed up."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from grader.exercise import Mistake


def right_dx(dy, x, w):
    """What a row of x receives."""
    return dy @ w


def right_dw(dy, x, w):
    """What the weights receive."""
    return dy.T @ x


def right_db(dy, x, w):
    """What the biases receive."""
    return dy.sum(0)


def back(dx=right_dx, dw=right_dw, db=right_db, *, order=(0, 1, 2)):
    """A backward pass with slips; the gradients are functions of dy, x and w."""

    def linear_backward(dy, x, w):
        gradients = [np.asarray(gradient(dy, x, w)) for gradient in (dx, dw, db)]
        return tuple(gradients[place] for place in order)

    return linear_backward


def dx(rule):
    """A backward pass whose dx is another one."""
    return back(dx=rule)


def dw(rule):
    """A backward pass whose dw is another one."""
    return back(dw=rule)


def db(rule):
    """A backward pass whose db is another function of dy."""
    return back(db=lambda dy, x, w: rule(dy))


def scaled(which: str, rule):
    """A backward pass in which some of the gradients are multiplied by a number."""

    def linear_backward(dy, x, w):
        named = zip(("dx", "dw", "db"), back()(dy, x, w), strict=True)
        return tuple(g * rule(dy, x) if name in which else g for name, g in named)

    return linear_backward


def by_ones(dy, x, w):
    """The gradients for a dy of ones."""
    return back()(np.ones_like(dy), x, w)


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
        "optimiser's task.",
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
        (
            db(lambda dy: dy),
            db(lambda dy: dy[0]),
            db(lambda dy: dy[-1]),
        ),
    ),
    "db_axes": (
        "db sums over the wrong axis. There is one bias for each output, so sum over the rows, "
        "axis 0: that leaves the shape (M,).",
        (
            db(lambda dy: dy.sum(1)),
            db(lambda dy: dy.sum()),
            db(lambda dy: dy.sum(0, keepdims=True)),
            db(lambda dy: dy.sum(1, keepdims=True)),
            db(lambda dy: dy.sum(0)[:, None]),
            db(lambda dy: np.full(dy.shape[1], dy.sum())),
            db(lambda dy: dy.mean(1)),
            db(lambda dy: dy.mean()),
        ),
    ),
}

WEIGHT = {
    "dw_transposed": (
        "dw is transposed. It has the shape of w, (M, D): dy.T @ x.",
        (dw(lambda dy, x, w: x.T @ dy),),
    ),
    "dw_reshaped": (
        "dw is x.T @ dy pressed into w's shape by reshape, which mixes its numbers. Compute "
        "dy.T @ x, or transpose.",
        (
            dw(lambda dy, x, w: (x.T @ dy).reshape(w.shape)),
            dw(lambda dy, x, w: np.resize(dy, x.T.shape) @ x),
        ),
    ),
    "dw_of_one_row": (
        "dw knows one row of the batch only. Add up what all rows contribute: accumulate with +=, "
        "or compute dy.T @ x.",
        (
            dw(lambda dy, x, w: np.outer(dy[-1], x[-1])),
            dw(lambda dy, x, w: np.outer(dy[0], x[0])),
            back(
                dw=lambda dy, x, w: np.outer(dy[-1], x[-1]),
                db=lambda dy, x, w: dy[-1],
            ),
        ),
    ),
    "dw_not_summed": (
        "dw still has the batch axis. All rows use the same weights: sum over them.",
        (dw(lambda dy, x, w: dy[:, :, None] * x[:, None]),),
    ),
    "dw_from_sums": (
        "You summed over the batch before multiplying. Multiply dy and x row by row, and then "
        "sum the products: dy.T @ x.",
        (
            dw(lambda dy, x, w: np.outer(dy.sum(0), x.sum(0))),
            dw(lambda dy, x, w: np.outer(dy.mean(0), x.mean(0))),
            dw(lambda dy, x, w: np.outer(dy.sum(0), x.mean(0))),
        ),
    ),
    "dw_from_w": (
        "w itself has crept into dw. A product's slope by one factor is the other factor: dw "
        "needs dy and x only.",
        (
            dw(lambda dy, x, w: dy.T @ x * w),
            dw(lambda dy, x, w: dy.T @ (dy @ w)),
            dw(lambda dy, x, w: w + dy.T @ x),
            dw(lambda dy, x, w: w - dy.T @ x),
            dw(lambda dy, x, w: w),
        ),
    ),
}

INPUT = {
    "dx_w_transposed": (
        "dx uses w.T. Output m sends dy[n, m] back along row m of w, so it is dy @ w here.",
        (
            dx(lambda dy, x, w: dy @ w.T),
            dx(lambda dy, x, w: w @ dy),
            dx(lambda dy, x, w: (dy.T @ w).T),
        ),
    ),
    "dx_transposed": (
        "dx is transposed. It has the shape of x, (N, D): dy @ w.",
        (dx(lambda dy, x, w: w.T @ dy.T),),
    ),
    "dx_reshaped": (
        "dx comes from reshaped numbers. reshape keeps their order in memory: to swap axes use .T.",
        (
            dx(lambda dy, x, w: (w.T @ dy.T).reshape(x.shape)),
            dx(lambda dy, x, w: dy @ w.T.reshape(w.shape)),
        ),
    ),
    "dx_of_one_output": (
        "dx receives from one output only. Every input goes into all M outputs: sum over them "
        "with +=, or compute dy @ w.",
        (
            dx(lambda dy, x, w: dy[:, -1:] * w[-1]),
            dx(lambda dy, x, w: dy[:, :1] * w[0]),
        ),
    ),
    "dx_of_one_row": (
        "All or most rows of dx miss their own gradient. Row n of dx comes from row n of dy.",
        (
            dx(lambda dy, x, w: np.repeat((dy @ w)[:1], len(x), axis=0)),
            dx(lambda dy, x, w: np.repeat((dy @ w)[-1:], len(x), axis=0)),
            dx(lambda dy, x, w: np.concatenate([(dy @ w)[:1], 0 * x[1:]])),
            dx(lambda dy, x, w: np.concatenate([0 * x[1:], (dy @ w)[-1:]])),
        ),
    ),
    "dx_summed_over_rows": (
        "dx is added up or averaged over the batch. Each row of x has a gradient of its own: no "
        "sum over N.",
        (
            dx(lambda dy, x, w: (dy @ w).sum(0)),
            dx(lambda dy, x, w: (dy @ w).sum(0, keepdims=True)),
            dx(lambda dy, x, w: (dy @ w).mean(0)),
            dx(lambda dy, x, w: np.broadcast_to((dy @ w).sum(0), x.shape)),
            dx(lambda dy, x, w: np.broadcast_to((dy @ w).mean(0), x.shape)),
        ),
    ),
    "dx_not_summed": (
        "dx still has the axis of the outputs. An input goes into all M of them: sum over them.",
        (dx(lambda dy, x, w: dy[:, :, None] * w),),
    ),
    "dx_from_sums": (
        "You summed over the outputs before multiplying. Multiply dy and w output by output, and "
        "then sum the products: dy @ w.",
        (
            dx(lambda dy, x, w: np.outer(dy.sum(1), w.sum(0))),
            dx(lambda dy, x, w: np.outer(dy.mean(1), w.mean(0))),
        ),
    ),
    "dx_from_x": (
        "x itself has crept into dx. A product's slope by one factor is the other factor: dx "
        "needs dy and w only.",
        (
            dx(lambda dy, x, w: dy @ w * x),
            dx(lambda dy, x, w: x + dy @ w),
            dx(lambda dy, x, w: x - dy @ w),
            dx(lambda dy, x, w: x),
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
