"""Known mistakes of 5.4, backward: which gradient meets the mask, and how."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from grader.mistakes.dropout.dropconnect_parts import (
    back,
    db,
    dw,
    dx,
    fitting,
    masked,
    masked_dw,
    quotient,
    scaled,
    turned,
    with_mask,
)
from grader.mistakes.fully_connected.linear_gradients import INPUT, WEIGHT

MASKS = {
    "dw_not_masked": (
        "dw is not masked. A dropped weight had no part in y, so its gradient is 0: multiply "
        "dy.T @ x by the mask.",
        (
            dw(lambda dy, x, w, mask: dy.T @ x),
            dw(lambda dy, x, w, mask: dy.T @ x * mask.max()),
        ),
    ),
    "dx_unmasked": (
        "dx goes through dropped weights. Use those of the forward pass: dy @ (w * mask).",
        (
            dx(lambda dy, x, w, mask: dy @ w),
            dx(lambda dy, x, w, mask: dy @ w * mask.max()),
        ),
    ),
    "nothing_masked": (
        "The mask is not used. In the forward pass w * mask took the place of w, so dx is "
        "dy @ (w * mask), and dw is dy.T @ x times the mask.",
        (back(lambda dy, x, w, mask: dy @ w, lambda dy, x, w, mask: dy.T @ x),),
    ),
    "grad_not_scaled": (
        "A gradient is masked but not enlarged. The same mask and the same factor as on the way "
        "up: multiply by the mask as it is.",
        with_mask(lambda mask: mask > 0),
    ),
    "back_mask_twice": (
        "The mask works twice. dx needs it once, with w, and dw once, at the end.",
        with_mask(lambda mask: mask**2),
    ),
    "back_complement": (
        "Gradients go through the dropped weights, and not through those that were kept.",
        (
            *with_mask(lambda mask: mask == 0),
            *with_mask(lambda mask: (mask == 0) * mask.max()),
        ),
    ),
    "one_minus_mask": (
        "You used 1 - mask. The mask is not 0 or 1: it holds the factors themselves.",
        with_mask(lambda mask: 1 - mask),
    ),
    "divided_by_mask": (
        "You divided by the mask. Multiply by it, as in the forward pass.",
        (*with_mask(lambda mask: 1 / mask), *with_mask(quotient)),
    ),
    "back_cut_off": (
        "The factors of the mask have lost their fractions: 1.25 became 1. Multiply by the mask "
        "as it is, not as int or bool.",
        with_mask(np.trunc),
    ),
    "mask_of_inputs_or_outputs": (
        "The mask of one row or column is used for all. Each weight has its own factor, "
        "mask[m, d].",
        (
            *with_mask(lambda mask: np.repeat(mask[:1], len(mask), axis=0)),
            *with_mask(lambda mask: mask[:, :1]),
            dx(lambda dy, x, w, mask: dy @ w * mask.mean(0)),
        ),
    ),
    "back_mask_turned": (
        "Inputs and outputs have changed places in the mask. mask[m, d] belongs to w[m, d].",
        with_mask(turned),
    ),
    "mask_on_dy": (
        "The mask multiplies dy or x. It belongs to the weights: dy @ (w * mask), and dy.T @ x "
        "times the mask.",
        (
            dx(lambda dy, x, w, mask: fitting(dy, mask) @ w),
            dw(lambda dy, x, w, mask: fitting(dy, mask).T @ x),
            dw(lambda dy, x, w, mask: dy.T @ fitting(x, mask)),
            dx(lambda dy, x, w, mask: fitting(dy @ w, mask)),
        ),
    ),
    "dw_of_dropped_weights": (
        "w itself has crept into dw. A product's slope by one factor is the other factor: dw is "
        "dy.T @ x times the mask.",
        (
            dw(lambda dy, x, w, mask: dy.T @ x * w * mask),
            dw(lambda dy, x, w, mask: dy.T @ x * (w * mask != 0)),
            dw(lambda dy, x, w, mask: w * mask),
        ),
    ),
    "dw_masked_by_w": (
        "dw is 0 where w is 0. A weight of 0 learns too if it was kept: ask the mask.",
        (
            dw(lambda dy, x, w, mask: dy.T @ x * mask * (w != 0)),
            dw(lambda dy, x, w, mask: dy.T @ x * mask * w / w),
        ),
    ),
    "db_masked": (
        "db is masked. The bias is never dropped: db = dy.sum(axis=0).",
        (
            db(lambda dy, mask: dy.sum(0) * mask[:, 0]),
            db(lambda dy, mask: dy.sum(0) * mask.mean(1)),
            db(lambda dy, mask: dy.sum(0) * mask.max()),
            db(lambda dy, mask: dy.sum(0) * mask.any(1)),
            db(lambda dy, mask: (dy @ mask).sum(0)[: len(mask)]),
        ),
    ),
}

TOTALS = {
    "gradients_swapped": (
        "The gradients are in the wrong order. Return dx, dw, db.",
        tuple(back(order=order) for order in permutations(range(3)) if order != (0, 1, 2)),
    ),
    "divided_by_batch": (
        "Gradients are divided by N. The mean over the rows belongs to the loss; dy already has "
        "it. Only sum.",
        tuple(scaled(which, lambda dy, x: 1 / len(dy)) for which in ("dw db", "dx dw db", "dw")),
    ),
    "back_sign": (
        "The gradients have the wrong sign. Return the slopes themselves; going downhill is the "
        "optimizer's task.",
        tuple(scaled(which, lambda dy, x: -1) for which in ("dx dw db", "dx", "dw", "db", "dw db")),
    ),
    "db_mean": (
        "db is a mean. Each bias is added to N outputs, so its gradient is the sum of theirs: "
        "dy.sum(axis=0).",
        (db(lambda dy, mask: dy.mean(0)),),
    ),
    "db_not_summed": (
        "db must be summed over the batch. Each bias is added in all N rows: dy.sum(axis=0).",
        (db(lambda dy, mask: dy), db(lambda dy, mask: dy[0]), db(lambda dy, mask: dy[-1])),
    ),
    "db_axes": (
        "db sums over the wrong axis, or over both. There is one bias for each output, so sum "
        "over the rows: dy.sum(axis=0), of shape (M,).",
        (
            db(lambda dy, mask: dy.sum(1)),
            db(lambda dy, mask: dy.sum()),
            db(lambda dy, mask: np.full(dy.shape[1], dy.sum())),
            db(lambda dy, mask: dy.sum(0, keepdims=True)),
        ),
    ),
    "db_ones": (
        "db does not use dy. Each bias moves its output one to one, so it receives dy, summed "
        "over the rows: dy.sum(axis=0).",
        (
            db(lambda dy, mask: np.ones(dy.shape[1], dy.dtype)),
            db(lambda dy, mask: np.full(dy.shape[1], len(dy), dy.dtype)),
            db(lambda dy, mask: np.zeros(dy.shape[1], dy.dtype)),
        ),
    ),
    "dw_transposed": (
        "dw is transposed. It has the shape of w, (M, D): dy.T @ x times the mask.",
        (
            dw(lambda dy, x, w, mask: x.T @ dy * mask.T),
            dw(lambda dy, x, w, mask: x.T @ dy * turned(mask).T),
            dw(lambda dy, x, w, mask: (x.T @ dy).reshape(w.shape) * mask),
        ),
    ),
    "gradient_missing": (
        "A gradient is missing. Return three: dx, dw, db.",
        (
            lambda dy, x, w, mask: back()(dy, x, w, mask)[:2],
            lambda dy, x, w, mask: back()(dy, x, w, mask)[0],
            lambda dy, x, w, mask: back()(dy, x, w, mask)[1:],
        ),
    ),
}

LINEAR_DX = masked(
    {slug: told for slug, told in INPUT.items() if slug not in ("dx_w_transposed", "dx_reshaped")}
)
LINEAR_DW = masked_dw(
    {slug: WEIGHT[slug] for slug in ("dw_of_one_row", "dw_from_sums", "dw_without_x")}
)

BACKWARD = {
    **MASKS,
    **TOTALS,
    "dx_w_transposed": (
        "dx uses w.T. Output m sends dy[n, m] back along row m of w, so it is dy @ (w * mask).",
        (
            dx(lambda dy, x, w, mask: dy @ (w * mask).T),
            dx(lambda dy, x, w, mask: (w * mask) @ dy),
        ),
    ),
    **LINEAR_DX,
    **LINEAR_DW,
}
