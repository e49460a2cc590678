"""Slips when a linear layer slides over larger images."""

from __future__ import annotations

import numpy as np

from grader.mistakes.fully_connected.sliding import (
    after,
    around,
    as_hwc,
    as_row,
    biased,
    by_reshaped,
    corner,
    crossed,
    in_other_order,
    left_zero,
    pooled,
    right,
    stepping,
    turned,
    weights,
)

SCORE_MAP = {
    "scores_hwc": (
        "You read the weights, or flattened the windows, in another order than C, H, W. Reshape w "
        "to (M, C, KH, KW) directly.",
        (
            in_other_order(as_hwc),
            in_other_order(lambda w, chw: w.reshape(len(w), chw[0], chw[2], chw[1]).swapaxes(2, 3)),
            in_other_order(lambda w, chw: w.reshape(len(w), chw[1], chw[0], chw[2]).swapaxes(1, 2)),
        ),
    ),
    "scores_flipped": (
        "The kernels are flipped. Deep learning slides them as they are (cross-correlation): do "
        "not flip.",
        (
            weights(lambda k: k[:, :, ::-1, ::-1]),
            weights(lambda k: k[:, :, ::-1]),
            weights(lambda k: k[..., ::-1]),
            weights(lambda k: k[:, ::-1, ::-1, ::-1]),
        ),
    ),
    "scores_bias_missing": (
        "The bias is missing. Add b[m] to the whole map of output m.",
        (biased(lambda y, b, chw: y),),
    ),
    "scores_none_not_handled": (
        "Without a bias (b is None) your function does not work. Leave it out then.",
        (
            lambda x, w, b, chw: right(x, w, None, chw) + b[:, None, None],
            lambda x, w, b, chw: None if b is None else right(x, w, b, chw),
        ),
    ),
    "scores_bias_axis": (
        "The bias runs along the wrong axis. There is one for each output, axis 1: "
        "b[:, None, None].",
        (
            biased(lambda y, b, chw: y + b),
            biased(lambda y, b, chw: y + b[:, None]),
            biased(lambda y, b, chw: y + b[:, None, None, None]),
        ),
    ),
    "scores_one_bias": (
        "Every output gets the same bias. Output m has its own, b[m].",
        (
            biased(lambda y, b, chw: y + b[0]),
            biased(lambda y, b, chw: y + b[-1]),
            biased(lambda y, b, chw: y + b.sum()),
            biased(lambda y, b, chw: y + b.mean()),
        ),
    ),
    "scores_bias_repeated": (
        "The bias is added several times. Add it once, after the sum over the window.",
        (
            biased(lambda y, b, chw: y + 2 * b[:, None, None]),
            biased(lambda y, b, chw: y + chw[0] * b[:, None, None]),
            biased(lambda y, b, chw: y + chw[0] * chw[1] * chw[2] * b[:, None, None]),
            biased(lambda y, b, chw: y + chw[1] * chw[2] * b[:, None, None]),
        ),
    ),
    "scores_not_overlapping": (
        "The window jumps by its own size. It moves one pixel at a time, so the places overlap.",
        (stepping,),
    ),
    "scores_of_one_place": (
        "You applied the layer at one place only. Slide it over the image: H - KH + 1 places down, "
        "W - KW + 1 across.",
        (
            corner(slice(0, 1), slice(0, 1)),
            corner(0, 0),
            corner(slice(-1, None), slice(-1, None)),
            as_row,
            lambda x, w, b, chw: as_row(x, w, b, chw)[:, :, None, None],
        ),
    ),
    "scores_last_place_missing": (
        "The last place is missing. The window fits H - KH + 1 times down and W - KW + 1 times "
        "across.",
        (
            corner(slice(None, -1), slice(None, -1)),
            corner(slice(None, -1), slice(None)),
            corner(slice(None), slice(None, -1)),
            *left_zero(slice(None, -1), slice(None, -1)),
            *left_zero(slice(None, -1), slice(None)),
            *left_zero(slice(None), slice(None, -1)),
        ),
    ),
    "scores_window_turned": (
        "The window has its rows and columns swapped. chw is (C, KH, KW).",
        (turned,),
    ),
    "scores_transposed": (
        "Rows and columns of the map are swapped. Place (i, j) of the image is scores[:, :, i, j].",
        (after(lambda y: y.swapaxes(2, 3)), crossed),
    ),
    "scores_reshaped": (
        "The places or outputs are in the wrong order. A list of places is (places, …): move the "
        "outputs to axis 1 by transpose, not by reshape.",
        (
            after(lambda y: y.transpose(0, 2, 3, 1).reshape(y.shape)),
            after(lambda y: y.transpose(2, 3, 0, 1).reshape(y.shape)),
            after(lambda y: y.swapaxes(2, 3).reshape(y.shape)),
            after(lambda y: y.transpose(2, 3, 1, 0).reshape(y.shape)),
        ),
    ),
    "scores_channels_last": (
        "The outputs come last. Return (N, M, OH, OW).",
        (
            after(lambda y: y.transpose(0, 2, 3, 1)),
            after(lambda y: y.transpose(2, 3, 0, 1)),
        ),
    ),
    "scores_outputs_first": (
        "Images and outputs are swapped. Return (N, M, OH, OW): the images come first.",
        (after(lambda y: y.swapaxes(0, 1)),),
    ),
    "scores_flat": (
        "The map is still flattened. Return (N, M, OH, OW).",
        (
            after(lambda y: y.reshape(*y.shape[:2], -1)),
            after(lambda y: y.reshape(*y.shape[:2], -1).swapaxes(1, 2)),
            after(lambda y: y.reshape(len(y), -1)),
            after(np.squeeze),
        ),
    ),
    "scores_averaged": (
        "You averaged or took the maximum. Return the whole map of scores, one for each place.",
        (
            after(lambda y: y.mean((2, 3))),
            after(lambda y: y.mean((2, 3), keepdims=True)),
            after(lambda y: y.max((2, 3))),
            after(lambda y: y.sum((2, 3))),
            pooled,
        ),
    ),
    "scores_one_channel": (
        "Not all channels contribute. Sum over channels, rows and columns of the window.",
        (
            weights(lambda k: np.concatenate([k[:, :1], 0 * k[:, 1:]], 1)),
            weights(lambda k: np.concatenate([0 * k[:, 1:], k[:, -1:]], 1)),
        ),
    ),
    "scores_mean_of_window": (
        "You averaged over the window. The layer only sums: channels, rows and columns.",
        (
            weights(lambda k: k / k.shape[1]),
            weights(lambda k: k / (k.shape[2] * k.shape[3])),
            weights(lambda k: k / k[0].size),
        ),
    ),
    "scores_activated": (
        "An activation function is applied already. The layer stops at the weighted sum and its "
        "bias.",
        (
            after(lambda y: np.maximum(y, 0)),
            after(lambda y: 1 / (1 + np.exp(-y))),
        ),
    ),
    "scores_w_reshaped": (
        "You reshaped w where it should be transposed. reshape mixes the weights of different "
        "outputs: multiply the flattened window by w.T.",
        (by_reshaped,),
    ),
    "scores_of_one_image": (
        "Every image shows the scores of the same one, or only one has any. scores[n] comes from "
        "x[n].",
        (
            after(lambda y: np.repeat(y[:1], len(y), 0)),
            after(lambda y: np.repeat(y[-1:], len(y), 0)),
            after(lambda y: y[:1]),
            after(lambda y: y[0]),
            after(lambda y: np.concatenate([y[:1], 0 * y[1:]])),
            after(lambda y: np.concatenate([0 * y[1:], y[-1:]])),
        ),
    ),
    "scores_padded": (
        "You put zeros around the image. The layer goes only where it fits whole: no padding.",
        (
            around,
            lambda x, w, b, chw: around(x, w, b, chw)[:, :, : x.shape[2], : x.shape[3]],
        ),
    ),
}
