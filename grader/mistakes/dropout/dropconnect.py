"""Known mistakes of 5.4, forward: what is dropped, and what is enlarged; backward is next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.dropout.dropconnect_backward import BACKWARD
from grader.mistakes.dropout.dropconnect_parts import fitting
from grader.mistakes.dropout.layers import layer, shared
from grader.mistakes.dropout.masks import enlarged, few, right, stops_at_1, unscaled
from grader.mistakes.shapes import only_if

make = layer(lambda mask, x, w, b: x @ (w * mask).T + b)


def spoilt(rule):
    """A layer whose y is another function of x, w, b and the right mask."""

    def dropconnect(x, w, b, u, p, train):
        mask = right(u, p, train)
        return rule(x, w, b, mask), mask

    return dropconnect


def in_training(rule):
    """A layer whose y in training is another function of x, w, b, the kept ones and p."""

    def dropconnect(x, w, b, u, p, train):
        y = rule(x, w, b, unscaled(u, p, train), p) if train else x @ w.T + b
        return y, right(u, p, train)

    return dropconnect


def kept_outputs(view, *, bias: bool):
    """Dropout on the outputs, decided by one draw for each; with or without the bias."""

    def rule(x, w, b, mask):
        each = view(mask)
        return (x @ w.T + b) * each if bias else x @ w.T * each + b

    return rule


def not_transposed(x, w, b, mask):
    """x @ w in place of x @ w.T, where that is possible."""
    return only_if(w.shape[0] == w.shape[1], x) @ (w * mask) + b


def turned(x, w, b, mask):
    """The mask transposed."""
    only_if(w.shape[0] == w.shape[1], None)
    return x @ (w * mask.T).T + b


def reshaped(x, w, b, mask):
    """The mask transposed by a reshape, which mixes it."""
    return x @ (w.T * mask.reshape(mask.shape[::-1])) + b


def returning(rule):
    """A right layer that returns something else than the mask, made of w and the mask."""

    def dropconnect(x, w, b, u, p, train):
        mask = right(u, p, train)
        return x @ (w * mask).T + b, rule(w, mask)

    return dropconnect


def dropped_weights(x, w, b, u, p, train):
    """The weights as they are used, in place of the mask; it stops for p = 1."""
    used = w * stops_at_1(u, p, train)
    return x @ used.T + b, used


FORWARD = {
    "drops_outputs": (
        "That is dropout on the outputs: a whole row of weights is dropped together. In "
        "DropConnect every single weight has a draw of its own, u[m, d].",
        (
            make(few(lambda u: u[:, :1])),
            make(few(lambda u: u[:, -1:])),
            spoilt(kept_outputs(lambda mask: mask[:, 0], bias=True)),
            spoilt(kept_outputs(lambda mask: mask[:, 0], bias=False)),
            spoilt(kept_outputs(lambda mask: mask.mean(1), bias=True)),
            spoilt(kept_outputs(lambda mask: mask.mean(1), bias=False)),
        ),
    ),
    "drops_inputs": (
        "That is dropout on the inputs: a whole column of weights is dropped together. In "
        "DropConnect every single weight has a draw of its own, u[m, d].",
        (
            make(few(lambda u: u[:1])),
            make(few(lambda u: u[-1:])),
            spoilt(lambda x, w, b, mask: (x * mask[0]) @ w.T + b),
            spoilt(lambda x, w, b, mask: (x * mask.mean(0)) @ w.T + b),
        ),
    ),
    "one_decision": (
        "All weights are kept or dropped together. Each has a draw of its own in u.",
        (make(few(lambda u: u[:1, :1])), make(few(lambda u: u.mean(keepdims=True)))),
    ),
    "mask_on_product": (
        "The mask multiplies the result. It belongs to the weights, before the sum over the "
        "inputs: x @ (w * mask).T + b.",
        (
            spoilt(lambda x, w, b, mask: fitting(x @ w.T, mask) + b),
            spoilt(lambda x, w, b, mask: fitting(x @ w.T + b, mask)),
            spoilt(lambda x, w, b, mask: fitting(x, mask) @ w.T + b),
        ),
    ),
    "mask_added": (
        "The mask is added to the weights. Multiply them by it: w * mask.",
        (spoilt(lambda x, w, b, mask: x @ (w + mask).T + b),),
    ),
    "mask_used_for_weights": (
        "The weights are missing: x meets the mask alone. Multiply: x @ (w * mask).T + b.",
        (spoilt(lambda x, w, b, mask: x @ mask.T + b),),
    ),
    "bias_scaled": (
        "The bias is enlarged too. It is not dropped, so it stays as it is: x @ (w * mask).T + b.",
        (
            in_training(lambda x, w, b, kept, p: (x @ (w * kept).T + b) * enlarged(p)),
            in_training(lambda x, w, b, kept, p: x @ (w * kept).T * enlarged(p) + b * (1 - p)),
            # Whoever divides only where that is possible leaves the bias as it is for p = 1.
            in_training(lambda x, w, b, kept, p: (x @ (w * kept).T + b) * (enlarged(p) or 1)),
        ),
    ),
    "bias_dropped": (
        "The bias is dropped together with weights. It always stays: x @ (w * mask).T + b.",
        (
            spoilt(lambda x, w, b, mask: x @ (w * mask).T + b * mask[:, 0]),
            spoilt(lambda x, w, b, mask: x @ (w * mask).T + b * (mask[:, 0] > 0)),
            spoilt(lambda x, w, b, mask: x @ (w * mask).T + b * mask.mean(1)),
            spoilt(lambda x, w, b, mask: x @ (w * mask).T + b * (mask.any(1))),
        ),
    ),
    "bias_missing": (
        "The bias is missing. Add b[m] to output m of every row: x @ (w * mask).T + b.",
        (
            spoilt(lambda x, w, b, mask: x @ (w * mask).T),
            in_training(lambda x, w, b, kept, p: x @ (w * kept).T * enlarged(p)),
        ),
    ),
    "bias_axis": (
        "The bias runs down the rows of the batch. It has one number for each output, so it goes "
        "along the last axis.",
        (
            spoilt(lambda x, w, b, mask: (only_if(len(x) == len(b), x) @ (w * mask).T).T + b),
            spoilt(lambda x, w, b, mask: only_if(len(x) == len(b), x) @ (w * mask).T + b[:, None]),
        ),
    ),
    "bias_subtracted": (
        "You subtracted the bias. Add it: x @ (w * mask).T + b.",
        (spoilt(lambda x, w, b, mask: x @ (w * mask).T - b),),
    ),
    "w_not_transposed": (
        "You used x @ w. w has the shape (outputs, inputs), so its rows belong to the outputs: "
        "x @ (w * mask).T.",
        (spoilt(not_transposed),),
    ),
    "mask_turned": (
        "Inputs and outputs have changed places in the mask. mask[m, d] belongs to the weight "
        "w[m, d].",
        (spoilt(turned), spoilt(reshaped)),
    ),
    "output_transposed": (
        "y is transposed. Return the shape (N, M), one row for each row of x.",
        (spoilt(lambda x, w, b, mask: (x @ (w * mask).T + b).T),),
    ),
    "mask_shape": (
        "In evaluation the mask has the shape of x. Here it lies over the weights: a one for each "
        "of them, np.ones_like(w).",
        (
            lambda x, w, b, u, p, train: (
                x @ (w * right(u, p, train)).T + b,
                right(u, p, train) if train else np.ones_like(x),
            ),
        ),
    ),
    "mask_from_weights": (
        "The mask is 0 where the dropped weights are 0. A weight of 0 may have been kept: make "
        "the mask from u.",
        (
            lambda x, w, b, u, p, train: (
                x @ (w * right(u, p, train)).T + b,
                (w * (u >= p) != 0) * enlarged(p) if train else np.ones_like(u),
            ),
            lambda x, w, b, u, p, train: (
                x @ (w * right(u, p, train)).T + b,
                w * right(u, p, train) / w,
            ),
        ),
    ),
    "masked_weights_returned": (
        "You returned the dropped weights as the mask. The mask is what the weights were "
        "multiplied by: 0 or 1 / (1 - p) in training, 1 in evaluation.",
        (
            returning(lambda w, mask: w * mask),
            returning(lambda w, mask: w * (mask > 0)),
            dropped_weights,
        ),
    ),
    "weights_compared": (
        "You compared the weights with p. The draws u decide what is kept.",
        (
            lambda x, w, b, u, p, train: make()(x, w, b, w if train else u, p, train),
            lambda x, w, b, u, p, train: make()(x, w, b, np.abs(w) if train else u, p, train),
        ),
    ),
    "activated": (
        "An activation function is applied already. The layer stops at x @ (w * mask).T + b.",
        (spoilt(lambda x, w, b, mask: np.maximum(x @ (w * mask).T + b, 0)),),
    ),
    "mean_of_inputs": (
        "You took the mean over the inputs. A linear layer sums the products.",
        (
            spoilt(lambda x, w, b, mask: x @ (w * mask).T / x.shape[1] + b),
            spoilt(lambda x, w, b, mask: x @ (w * mask).T / np.maximum((mask > 0).sum(1), 1) + b),
        ),
    ),
    "one_row_only": (
        "Only one row of the batch is right. All rows use the same dropped weights.",
        (
            spoilt(lambda x, w, b, mask: np.vstack([x[:1] @ (w * mask).T + b, x[1:] @ w.T + b])),
            spoilt(lambda x, w, b, mask: np.repeat(x[:1] @ (w * mask).T + b, len(x), axis=0)),
            spoilt(lambda x, w, b, mask: x[0] @ (w * mask).T + b),
        ),
    ),
    "fractions_cut_off": (
        "Your results hold whole numbers only: 1 / (1 - p) has lost its fraction. Make the mask "
        "with the dtype of w, not with int.",
        (make(lambda u, p, train: np.trunc(right(u, p, train))),),
    ),
    **shared(make),
}

MISTAKES = (
    *(Mistake(slug, "dropconnect", *told) for slug, told in FORWARD.items()),
    *(Mistake(slug, "dropconnect_backward", *told) for slug, told in BACKWARD.items()),
)
