"""Slips when the weights of a linear layer become kernels."""

from __future__ import annotations

import numpy as np


def unordered(order, axes):
    """Unflatten as if the axes had another order, a list of places in (C, H, W)."""
    return lambda y, chw: y.reshape(len(y), *(chw[i] for i in order)).transpose(axes)


def kernels(rule):
    """The right kernels, changed by a rule."""
    return lambda w, chw: rule(w.reshape(len(w), *chw))


def weights_unordered(order, axes):
    """`unordered` for weights."""
    return lambda w, chw: unordered(order, axes)(w, chw)


FC_TO_CONV = {
    "kernels_hwc": (
        "You read the weights as (H, W, C). The rows they multiply were flattened in the order "
        "C, H, W, so reshape w to (M, C, H, W) directly.",
        (
            weights_unordered((1, 2, 0), (0, 3, 1, 2)),
            lambda w, chw: w.reshape(len(w), chw[1], chw[2], chw[0]),
            kernels(lambda k: k.transpose(0, 2, 3, 1)),
        ),
    ),
    "kernels_rows_columns": (
        "H and W are swapped, which shows on maps that are not square. chw is (C, H, W): reshape w "
        "to (M, C, H, W).",
        (
            weights_unordered((0, 2, 1), (0, 1, 3, 2)),
            lambda w, chw: w.reshape(len(w), chw[0], chw[2], chw[1]),
            kernels(lambda k: k.swapaxes(2, 3)),
        ),
    ),
    "kernels_transposed": (
        "Outputs and inputs are swapped. Row m of w belongs to output m and becomes kernel m: "
        "(M, C, H, W).",
        (
            lambda w, chw: w.T.reshape(len(w), *chw),
            kernels(lambda k: k.swapaxes(0, 1)),
            lambda w, chw: w.reshape(chw[0], len(w), *chw[1:]),
            lambda w, chw: w.reshape(chw[0], len(w), *chw[1:]).swapaxes(0, 1),
            lambda w, chw: w.T.reshape(*chw, len(w)),
            lambda w, chw: w.reshape(*chw, len(w)),
        ),
    ),
    "kernels_flipped": (
        "The kernels are flipped. Deep learning slides them as they are (cross-correlation): do "
        "not flip.",
        (
            kernels(lambda k: k[:, :, ::-1, ::-1]),
            kernels(lambda k: k[:, :, ::-1]),
            kernels(lambda k: k[..., ::-1]),
            kernels(lambda k: k[:, ::-1, ::-1, ::-1]),
            kernels(lambda k: k[:, ::-1]),
            kernels(lambda k: k[::-1]),
        ),
    ),
    "kernels_1x1": (
        "A 1 × 1 kernel does the job only if the map is 1 × 1. The layer looks at H × W pixels at "
        "once, and so must the kernel: (M, C, H, W).",
        (
            lambda w, chw: w[:, :, None, None],
            kernels(lambda k: k.sum((2, 3), keepdims=True)),
            kernels(lambda k: k.mean((2, 3), keepdims=True)),
            kernels(lambda k: k[:, :, :1, :1]),
        ),
    ),
    "kernels_fortran": (
        "order='F' lets the first axis vary fastest and mixes the outputs. Leave it out.",
        (
            lambda w, chw: w.reshape(len(w), *chw, order="F"),
            lambda w, chw: np.array([row.reshape(chw, order="F") for row in w]),
        ),
    ),
    "kernels_without_outputs": (
        "The axis of the outputs is lost. There is one kernel for each of the M outputs: "
        "(M, C, H, W).",
        (
            lambda w, chw: w[0].reshape(chw),
            lambda w, chw: w.reshape(chw),
            lambda w, chw: w.sum(0).reshape(chw),
            kernels(np.squeeze),
        ),
    ),
    "kernels_scaled": (
        "The weights are divided by a number of pixels. They stay what they are: only the shape "
        "changes.",
        (
            lambda w, chw: w.reshape(len(w), *chw) / (chw[1] * chw[2]),
            lambda w, chw: w.reshape(len(w), *chw) / w.shape[1],
        ),
    ),
    "kernels_partly": (
        "Some axes are still joined. A kernel has channels, rows and columns: (M, C, H, W).",
        (
            lambda w, chw: w.reshape(len(w), chw[0], -1),
            lambda w, chw: w.copy(),
            lambda w, chw: w.reshape(len(w) * chw[0], *chw[1:]),
        ),
    ),
}
