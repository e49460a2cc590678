"""Known mistakes of 3.1, forward: transposing, adding up, the bias; backward is next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.fully_connected import linear_backward
from grader.mistakes.fully_connected.forward_parts import (
    after,
    biased,
    only,
    paired,
    plus,
    product,
    running,
    running_on,
)

FORWARD = {
    "w_not_transposed": (
        "You used x @ w. w has the shape (outputs, inputs), so its rows belong to the outputs: "
        "x @ w.T.",
        (
            product(lambda x, w: x @ w),
            product(lambda x, w: w @ x),
            lambda x, w, b: plus(w.T @ x.T, b).T,
        ),
    ),
    "w_reshaped": (
        "You reshaped w where it should be transposed. reshape keeps the order of the numbers in "
        "memory and so mixes the weights of different outputs: use w.T.",
        (product(lambda x, w: x @ w.reshape(w.shape[::-1])),),
    ),
    "output_transposed": (
        "Your result is transposed. Return y of shape (N, M), one row for each row of x: x @ w.T.",
        (
            lambda x, w, b: plus(x @ w.T, b).T,
            lambda x, w, b: w @ x.T if b is None else w @ x.T + b[:, None],
            product(lambda x, w: w @ x.T),
        ),
    ),
    "bias_missing": (
        "The bias is missing. Add b[m] to output m of every row: x @ w.T + b.",
        (biased(lambda y, b, x: y),),
    ),
    "none_not_handled": (
        "Without a bias (b is None) your function does not work. Return x @ w.T alone then: ask "
        "`if b is None`.",
        (
            lambda x, w, b: x @ w.T + b,
            lambda x, w, b: x @ w.T + len(b) * 0 + b,
            lambda x, w, b: None if b is None else x @ w.T + b,
            lambda x, w, b: x @ w.T + (1 if b is None else b),
            lambda x, w, b: np.zeros((len(x), len(w)), x.dtype) if b is None else x @ w.T + b,
        ),
    ),
    "bias_taken_for_truth": (
        "`if b` and `if b != None` look at the numbers of b, and several numbers are neither true "
        "nor false together. Ask whether b itself is there: `if b is not None`.",
        (
            lambda x, w, b: x @ w.T + b if b else x @ w.T,
            biased(lambda y, b, x: y + b if b[0] else y),
            biased(lambda y, b, x: y + b if b.all() else y),
        ),
    ),
    "bias_axis": (
        "The bias runs down the rows of the batch. It has one number for each output, so it goes "
        "along the last axis: x @ w.T + b, without reshaping b.",
        (
            biased(lambda y, b, x: y + b[:, None]),
            biased(lambda y, b, x: (y.T + b).T),
        ),
    ),
    "bias_of_one_output": (
        "Every output gets the same bias. Output m has its own, b[m].",
        (
            biased(lambda y, b, x: y + b[0]),
            biased(lambda y, b, x: y + b[-1]),
            biased(lambda y, b, x: y + b.sum()),
            biased(lambda y, b, x: y + b.mean()),
        ),
    ),
    "bias_on_one_row": (
        "Only one row of the batch gets the bias. Add it to every row.",
        (
            biased(lambda y, b, x: np.vstack([y[:1] + b, y[1:]])),
            biased(lambda y, b, x: np.vstack([y[:-1], y[-1:] + b])),
        ),
    ),
    "bias_subtracted": (
        "You subtracted the bias. Add it: x @ w.T + b.",
        (biased(lambda y, b, x: y - b),),
    ),
    "bias_multiplied": (
        "You multiplied by the bias. Add it: x @ w.T + b.",
        (biased(lambda y, b, x: y * b), biased(lambda y, b, x: y * (1 + b))),
    ),
    "bias_per_input": (
        "The bias is added once for each input. Add it once for each output, after the sum.",
        (
            biased(lambda y, b, x: y + x.shape[1] * b),
            biased(lambda y, b, x: y + (x.shape[1] + 1) * b),
        ),
    ),
    "bias_per_row": (
        "Each output gets its bias once for each row of the batch. Add it once: x @ w.T + b.",
        (biased(lambda y, b, x: y + len(x) * b),),
    ),
    "bias_before_weights": (
        "You added the bias to x, before the weights. Add it to the product: x @ w.T + b.",
        (lambda x, w, b: x @ w.T if b is None else (x + b) @ w.T,),
    ),
    "bias_twice": (
        "The bias is added twice. Once is enough: x @ w.T + b.",
        (biased(lambda y, b, x: y + 2 * b),),
    ),
    "inputs_not_summed": (
        "Only one input contributes to an output. Sum over all inputs: start with 0 and add with "
        "+=, or use x @ w.T.",
        (
            product(lambda x, w: x[:, -1:] * w[:, -1]),
            product(lambda x, w: x[:, :1] * w[:, 0]),
            lambda x, w, b: plus(x[:, None] * w, None if b is None else b[:, None]),
        ),
    ),
    "sum_not_reset": (
        "The sum goes on from one output to the next. Set it back to 0 for every output of every "
        "row.",
        (product(running), product(running_on)),
    ),
    "input_left_out": (
        "One input is left out of the sum. The loop over the inputs runs over range(D), from the "
        "first to the last.",
        (
            product(lambda x, w: x[:, :-1] @ w[:, :-1].T),
            product(lambda x, w: x[:, 1:] @ w[:, 1:].T),
        ),
    ),
    "mean_of_inputs": (
        "You took the mean over the inputs. A linear layer sums the products.",
        (
            product(lambda x, w: x @ w.T / x.shape[1]),
            after(lambda y: y / len(y)),
            lambda x, w, b: plus(x @ w.T, b) / x.shape[1],
        ),
    ),
    "rows_paired": (
        "You paired row n of x with row n of w. Every row of x meets every row of w: the result "
        "has N * M numbers, x @ w.T.",
        (product(paired), product(lambda x, w: paired(x, w)[:, None])),
    ),
    "one_row_only": (
        "Only one row of the batch is computed. Do all N, and return after the loop, not in it.",
        (
            after(only(0)),
            after(only(-1)),
            after(lambda y: y[:1]),
            after(lambda y: y[-1:]),
            after(lambda y: y[0]),
            after(lambda y: y[-1]),
        ),
    ),
    "same_row_repeated": (
        "Every row of the result belongs to the same row of x. Row n of y comes from x[n].",
        (
            after(lambda y: np.repeat(y[:1], len(y), axis=0)),
            after(lambda y: np.repeat(y[-1:], len(y), axis=0)),
        ),
    ),
    "rows_added_up": (
        "The rows of the batch are added up. Each keeps a result of its own: (N, M).",
        (
            after(lambda y: y.sum(0)),
            after(lambda y: y.sum(0, keepdims=True)),
            after(lambda y: y.mean(0)),
        ),
    ),
    "outputs_added_up": (
        "The outputs are added up. Keep all M of them in each row: (N, M).",
        (after(lambda y: y.sum(1)), after(lambda y: y.sum(1, keepdims=True))),
    ),
    "axis_lost": (
        "With a single row or a single output an axis is lost. Return two axes, (N, M), always: "
        "do without squeeze, ravel and flatten.",
        (
            after(np.squeeze),
            after(lambda y: y[0] if len(y) == 1 else y),
            after(lambda y: y[:, 0] if y.shape[1] == 1 else y),
            after(lambda y: y.ravel()),
        ),
    ),
    "activated": (
        "An activation function is applied already. The linear layer stops at x @ w.T + b.",
        (
            after(lambda y: np.maximum(y, 0)),
            after(np.tanh),
            after(lambda y: 1 / (1 + np.exp(-y))),
            after(lambda y: np.exp(y) / np.exp(y).sum(1, keepdims=True)),
        ),
    ),
    "outputs_reversed": (
        "The outputs or inputs are in reverse order. Output m uses row m of w, input d column d.",
        (
            lambda x, w, b: plus(x @ w[::-1].T, b),
            lambda x, w, b: plus(x @ w[:, ::-1].T, b),
            after(lambda y: y[:, ::-1]),
        ),
    ),
    "fractions_cut_off": (
        "Your result holds whole numbers only. Make it with dtype=x.dtype, not with int.",
        (after(lambda y: y.astype(int)), after(lambda y: y.astype(int).astype(y.dtype))),
    ),
}

MISTAKES = (
    *(Mistake(slug, "linear", *told) for slug, told in FORWARD.items()),
    *linear_backward.MISTAKES,
)
