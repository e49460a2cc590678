"""Slips with dw and dx of a linear layer."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.backward_parts import back, dw, dx

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
    "dw_without_x": (
        "dw does not use x. A product's slope by one factor is the other factor: dy.T @ x.",
        (
            dw(lambda dy, x, w: dy.T @ np.ones_like(x)),
            dw(lambda dy, x, w: np.broadcast_to(dy.mean(0)[:, None], w.shape)),
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
