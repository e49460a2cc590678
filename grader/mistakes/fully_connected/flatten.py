"""Known mistakes of 3.4: numbers in another order, or a layer that does not slide."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.fully_connected import score_map
from grader.mistakes.fully_connected.layer_kernels import FC_TO_CONV, unordered


def ordered(axes):
    """Flatten after the axes of the images were moved."""
    return lambda x: x.transpose(axes).reshape(len(x), -1)


FLATTEN = {
    "flatten_hwc": (
        "The channels vary fastest in your rows: that is the order (H, W, C). Here the order is "
        "C, H, W, just as x lies in memory: reshape without moving axes.",
        (
            ordered((0, 2, 3, 1)),
            lambda x: np.stack([x[:, c].reshape(len(x), -1) for c in range(x.shape[1])], 2).reshape(
                len(x), -1
            ),
        ),
    ),
    "flatten_columns_first": (
        "Rows and columns are swapped: you walk down each column. Walk along each row.",
        (ordered((0, 1, 3, 2)), lambda x: x.swapaxes(2, 3).reshape(len(x), -1)),
    ),
    "flatten_hcw": (
        "The rows of all channels are interleaved. Finish one channel before the next begins: "
        "C, H, W.",
        (ordered((0, 2, 1, 3)), ordered((0, 3, 1, 2))),
    ),
    "flatten_fortran": (
        "order='F' lets the first axis vary fastest and mixes the images. Leave it out.",
        (
            lambda x: x.reshape(len(x), -1, order="F"),
            lambda x: x.flatten("F").reshape(len(x), -1),
            lambda x: np.array([image.flatten("F") for image in x]),
        ),
    ),
    "flatten_batch": (
        "The batch is flattened too. Keep the first axis, one row for each image: (N, C * H * W).",
        (
            lambda x: x.reshape(-1),
            lambda x: x.reshape(1, -1),
            lambda x: x.reshape(-1, 1),
            lambda x: x.reshape(x.shape[1], -1),
        ),
    ),
    "flatten_one_image": (
        "Only one image is left. Each of the N images becomes a row: (N, C * H * W).",
        (
            lambda x: x[:1].reshape(1, -1),
            lambda x: x[0].reshape(-1),
            lambda x: x[-1:].reshape(1, -1),
        ),
    ),
    "flatten_partly": (
        "Not all axes are joined. Only two are left in the end: images, and C * H * W numbers.",
        (
            lambda x: x.reshape(*x.shape[:2], -1),
            lambda x: x.reshape(len(x), x.shape[1] * x.shape[2], -1),
            lambda x: x.reshape(-1, x.shape[-1]),
            lambda x: x.reshape(len(x) * x.shape[1], -1),
            lambda x: x.squeeze(),
            lambda x: x.reshape(len(x), -1)[:, :, None],
        ),
    ),
    "flatten_transposed": (
        "Rows and columns of the result are swapped. Each image is a row: (N, C * H * W).",
        (
            lambda x: x.reshape(len(x), -1).T,
            lambda x: x.reshape(-1, len(x)),
            lambda x: x.reshape(-1, len(x)).T,
        ),
    ),
    "flatten_pooled": (
        "Numbers are lost: you summed or averaged. Flattening only arranges them anew.",
        (
            lambda x: x.mean((2, 3)),
            lambda x: x.sum((2, 3)),
            lambda x: x.sum(1).reshape(len(x), -1),
            lambda x: x.mean(1).reshape(len(x), -1),
            lambda x: x[:, 0].reshape(len(x), -1),
        ),
    ),
    "flatten_reversed": (
        "The numbers are in reverse order. Start with the first channel's first row.",
        (
            lambda x: x.reshape(len(x), -1)[:, ::-1],
            lambda x: x[:, ::-1].reshape(len(x), -1),
            lambda x: x[::-1].reshape(len(x), -1),
        ),
    ),
}


UNFLATTEN = {
    "unflatten_hwc": (
        "You read the rows as (H, W, C). They are in the order C, H, W: reshape to (N, C, H, W) "
        "directly.",
        (
            unordered((1, 2, 0), (0, 3, 1, 2)),
            lambda y, chw: y.reshape(len(y), chw[1], chw[2], chw[0]),
            lambda y, chw: y.reshape(-1, *chw).transpose(0, 2, 3, 1),
        ),
    ),
    "unflatten_rows_columns": (
        "Rows and columns are swapped. chw is (channels, rows, columns): reshape to (N, C, H, W).",
        (
            unordered((0, 2, 1), (0, 1, 3, 2)),
            lambda y, chw: y.reshape(len(y), chw[0], chw[2], chw[1]),
            lambda y, chw: y.reshape(len(y), *chw).swapaxes(2, 3),
        ),
    ),
    "unflatten_interleaved": (
        "The channels are interleaved. One channel ends before the next begins: reshape to "
        "(N, C, H, W) directly.",
        (
            unordered((1, 0, 2), (0, 2, 1, 3)),
            lambda y, chw: y.reshape(len(y), chw[1], chw[0], chw[2]),
        ),
    ),
    "unflatten_fortran": (
        "order='F' lets the first axis vary fastest and mixes the images. Leave it out.",
        (
            lambda y, chw: y.reshape(len(y), *chw, order="F"),
            lambda y, chw: np.array([row.reshape(chw, order="F") for row in y]),
        ),
    ),
    "unflatten_batch_missing": (
        "The batch axis is lost. Return all N images: (N, C, H, W).",
        (
            lambda y, chw: y[0].reshape(chw),
            lambda y, chw: y[-1].reshape(chw),
            lambda y, chw: y.reshape(chw),
            lambda y, chw: y.reshape(-1, *chw).squeeze(),
        ),
    ),
    "unflatten_batch_last": (
        "The batch axis is at the wrong place. It stays first: (N, C, H, W).",
        (
            lambda y, chw: y.reshape(*chw, len(y)),
            lambda y, chw: y.T.reshape(*chw, len(y)),
            lambda y, chw: y.reshape(-1, *chw).swapaxes(0, 1),
            lambda y, chw: y.reshape(chw[0], len(y), *chw[1:]).swapaxes(0, 1),
            lambda y, chw: y.reshape(chw[0], len(y), *chw[1:]),
        ),
    ),
    "unflatten_partly": (
        "Rows and columns are still one axis. Return four axes: (N, C, H, W).",
        (
            lambda y, chw: y.reshape(len(y), chw[0], -1),
            lambda y, chw: y.copy(),
            lambda y, chw: y.reshape(-1),
        ),
    ),
    "unflatten_reversed": (
        "The images, channels or pixels are in reverse order. Row n of y becomes image n, and its "
        "first number that image's first pixel.",
        (
            lambda y, chw: y[::-1].reshape(-1, *chw),
            lambda y, chw: y[:, ::-1].reshape(-1, *chw),
            lambda y, chw: y.reshape(-1, *chw)[:, ::-1],
        ),
    ),
}


MISTAKES = tuple(
    Mistake(slug, function, message, variants)
    for function, told in {
        "flatten": FLATTEN,
        "unflatten": UNFLATTEN,
        "fc_to_conv": FC_TO_CONV,
        "score_map": score_map.SCORE_MAP,
    }.items()
    for slug, (message, variants) in told.items()
)
