"""Known mistakes of `gap`: averaging over other axes, dividing by other numbers."""

from __future__ import annotations

import numpy as np

from grader.mistakes.pooling.gap_divisors import DIVISORS, gap


def over(array: np.ndarray, shape: tuple) -> np.ndarray:
    """The array repeated until it has the shape."""
    return np.broadcast_to(array, shape)


def kept(y: np.ndarray, part: tuple | slice) -> np.ndarray:
    """Zeros, but for one part."""
    blank = np.zeros_like(y)
    blank[part] = y[part]
    return blank


GAP = {
    **DIVISORS,
    "max": (
        "You kept the largest pixel of each map. That is global max pooling; here take the "
        "average.",
        (gap(lambda x: x.max((2, 3))),),
    ),
    "keepdims": (
        "Your result still has axes for rows and columns. There is one number for each image and "
        "channel, so its shape is (N, C).",
        (
            gap(lambda x: x.mean((2, 3), keepdims=True)),
            gap(lambda x: x.mean((2, 3))[..., None]),
        ),
    ),
    "keeps_size": (
        "Your result is as large as x. Each map becomes one number, so the shape is (N, C).",
        (gap(lambda x: over(x.mean((2, 3), keepdims=True), x.shape).copy()),),
    ),
    "over_batch": (
        "You averaged over the images as well. Each image has averages of its own: the shape is "
        "(N, C).",
        (
            gap(lambda x: x.mean((0, 2, 3))),
            gap(lambda x: x.mean((0, 2, 3), keepdims=True)[..., 0, 0]),
            gap(lambda x: over(x.mean((0, 2, 3)), x.shape[:2]).copy()),
        ),
    ),
    "over_channels": (
        "You averaged over the channels as well. Each channel has an average of its own: the "
        "shape is (N, C).",
        (
            gap(lambda x: x.mean((1, 2, 3))),
            gap(lambda x: x.mean((1, 2, 3), keepdims=True)[..., 0, 0]),
            gap(lambda x: over(x.mean((1, 2, 3))[:, None], x.shape[:2]).copy()),
        ),
    ),
    "other_axes": (
        "You averaged over other axes. x is (N, C, H, W): rows and columns are axes 2 and 3.",
        (
            gap(lambda x: x.mean((1, 2))),
            gap(lambda x: x.mean((0, 1))),
            gap(lambda x: x.mean((0, 2))),
            gap(lambda x: x.mean((1, 3))),
            gap(lambda x: x.mean((0, 3))),
        ),
    ),
    "one_axis": (
        "You averaged along one axis only, rows or columns. Average over both: axes 2 and 3.",
        (
            gap(lambda x: x.mean(2)),
            gap(lambda x: x.mean(3)),
            gap(lambda x: x.sum(2)),
            gap(lambda x: x.sum(3)),
            gap(lambda x: x.sum(3) / x[0, 0].size),
            gap(lambda x: x.sum(2) / x[0, 0].size),
            gap(lambda x: x[:, :, 0].mean(2)),
            gap(lambda x: x[..., 0].mean(2)),
        ),
    ),
    "one_number": (
        "You averaged everything down to a single number. There is one for each image and channel.",
        (gap(lambda x: x.mean()), gap(lambda x: np.full(x.shape[:2], x.mean()))),
    ),
    "one_pixel": (
        "You kept one pixel of each map, a corner or the centre. Average all of them.",
        (
            gap(lambda x: x[:, :, 0, 0]),
            gap(lambda x: x[:, :, -1, -1]),
            gap(lambda x: x[:, :, x.shape[2] // 2, x.shape[3] // 2]),
        ),
    ),
    "min": (
        "You kept the smallest pixel of each map. Here take the average.",
        (gap(lambda x: x.min((2, 3))),),
    ),
    "middle_of_range": (
        "You took the middle between the smallest and the largest pixel. The average is the sum "
        "divided by H * W.",
        (gap(lambda x: (x.min((2, 3)) + x.max((2, 3))) / 2),),
    ),
    "transposed": (
        "Images and channels are swapped in your result: its shape is (N, C).",
        (gap(lambda x: x.mean((2, 3)).T), gap(lambda x: x.mean((2, 3)).T.reshape(x.shape[:2]))),
    ),
    "channels_last": (
        "You took the last axis for the channels. They are axis 1: x is (N, C, H, W).",
        (gap(lambda x: x.reshape(len(x), -1, x.shape[1]).mean(1)),),
    ),
    "median": (
        "You took the middle number of each map. The average is the sum divided by H * W.",
        (gap(lambda x: np.median(x, axis=(2, 3))),),
    ),
    "one_image": (
        "Only one image is averaged. Do all N.",
        (
            gap(lambda x: kept(x.mean((2, 3)), np.s_[0])),
            gap(lambda x: kept(x.mean((2, 3)), np.s_[-1])),
            gap(lambda x: x.mean((2, 3))[0]),
            gap(lambda x: over(x.mean((2, 3))[:1], x.shape[:2]).copy()),
            gap(lambda x: kept(x.mean((2, 3)), np.s_[:-1])),
        ),
    ),
    "returned_in_loop": (
        "Your function returns inside a loop, so most maps are never reached. Put `return` after "
        "the loops: as far to the left as the first `for`.",
        (
            gap(lambda x: kept(x.mean((2, 3)), np.s_[0, 0])),
            gap(lambda x: kept(x.mean((2, 3)), np.s_[:, 0])),
            gap(lambda x: kept(x.mean((2, 3)), np.s_[:, :-1])),
            gap(lambda x: x.mean((2, 3))[0, 0]),
        ),
    ),
    "absolute": (
        "You averaged the magnitudes. Negative pixels count as negative.",
        (gap(lambda x: np.abs(x).mean((2, 3))), gap(lambda x: np.maximum(x, 0).mean((2, 3)))),
    ),
}
