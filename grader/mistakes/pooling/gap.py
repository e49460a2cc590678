"""Known mistakes of 2.5: averaging over other axes, and sharing the gradient in other ways."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake


def gap(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """A `gap` with another rule."""
    return lambda x: np.asarray(rule(x))


def divided(by: Callable[..., float]) -> Callable:
    """A `gap_backward` that divides by another number, a function of N, C, H and W."""

    def backward(dy, shape):
        return np.broadcast_to(dy[:, :, None, None] / by(*shape), shape).astype(dy.dtype)

    return backward


def back(rule: Callable[[np.ndarray, tuple], np.ndarray]) -> Callable:
    """A `gap_backward` with another rule, which gets dy over H * W and the shape."""

    def backward(dy, shape):
        return np.array(rule(dy / (shape[2] * shape[3]), shape), dtype=dy.dtype)

    return backward


def over(array: np.ndarray, shape: tuple) -> np.ndarray:
    """The array repeated until it has the shape."""
    return np.broadcast_to(array, shape)


def at(*place: int) -> Callable:
    """A gradient for one pixel of each map, as an array that is zero elsewhere."""

    def put(dy: np.ndarray, shape: tuple) -> np.ndarray:
        dx = np.zeros(shape)
        dx[(..., *place)] = dy
        return dx

    return put


def tiled(dy: np.ndarray, shape: tuple) -> np.ndarray:
    """Channels last, in the shape of channels first."""
    n, c, height, width = shape
    return over(dy[:, None, None, :], (n, height, width, c)).reshape(shape)


def only(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """The gradient of some images or channels only; `rule` sets the others to zero."""
    return lambda dy, shape: over(rule(dy.copy())[:, :, None, None], shape)


def first_image(dy: np.ndarray) -> np.ndarray:
    """Zeros for all images but the first."""
    dy[1:] = 0
    return dy


def last_image(dy: np.ndarray) -> np.ndarray:
    """Zeros for all images but the last."""
    dy[:-1] = 0
    return dy


GAP = {
    "max": (
        "You kept the largest pixel of each map. That is global max pooling; here take the "
        "average.",
        (gap(lambda x: x.max((2, 3))),),
    ),
    "sum": (
        "You added up each map and did not divide by its H * W pixels.",
        (gap(lambda x: x.sum((2, 3))),),
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
            gap(lambda x: x[:, :, 0].mean(2)),
            gap(lambda x: x[..., 0].mean(2)),
        ),
    ),
    "one_number": (
        "You averaged everything down to a single number. There is one for each image and channel.",
        (gap(lambda x: x.mean()), gap(lambda x: np.full(x.shape[:2], x.mean()))),
    ),
    "divided_by_channels": (
        "You divided by the number of channels or images too. Divide by H * W only: each channel "
        "has a sum of its own.",
        (
            gap(lambda x: x.sum((2, 3)) / x[0].size),
            gap(lambda x: x.sum((2, 3)) / x[:, 0].size),
            gap(lambda x: x.sum((2, 3)) / x.size),
        ),
    ),
    "divided_by_side": (
        "You divided by one side of the map, or by its square. Divide by H * W.",
        (
            gap(lambda x: x.sum((2, 3)) / x.shape[2]),
            gap(lambda x: x.sum((2, 3)) / x.shape[3]),
            gap(lambda x: x.sum((2, 3)) / x.shape[2] ** 2),
            gap(lambda x: x.sum((2, 3)) / x.shape[3] ** 2),
            gap(lambda x: x.sum((2, 3)) / (x.shape[2] + x.shape[3])),
        ),
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
            gap(lambda x: first_image(x.mean((2, 3)))),
            gap(lambda x: last_image(x.mean((2, 3)))),
            gap(lambda x: x.mean((2, 3))[0]),
            gap(lambda x: over(x.mean((2, 3))[:1], x.shape[:2]).copy()),
        ),
    ),
    "absolute": (
        "You averaged the magnitudes. Negative pixels count as negative.",
        (gap(lambda x: np.abs(x).mean((2, 3))), gap(lambda x: np.maximum(x, 0).mean((2, 3)))),
    ),
}

BACKWARD = {
    "grad_not_divided": (
        "The gradient is not divided. Each pixel went into the average with a factor of "
        "1 / (H * W), so it gets that part of dy.",
        (divided(lambda n, c, h, w: 1),),
    ),
    "grad_div_HWC": (
        "You divided by the number of channels as well. Each channel has an average of its own: "
        "divide by H * W.",
        (divided(lambda n, c, h, w: c * h * w),),
    ),
    "grad_div_batch": (
        "You divided by the number of images as well. The mean over the images belongs to the "
        "loss, and dy already has it: divide by H * W.",
        (divided(lambda n, c, h, w: n * h * w), divided(lambda n, c, h, w: n * c * h * w)),
    ),
    "grad_div_side": (
        "You divided by one side of the map. Divide by H * W.",
        (
            divided(lambda n, c, h, w: h),
            divided(lambda n, c, h, w: w),
            divided(lambda n, c, h, w: h * h),
            divided(lambda n, c, h, w: w * w),
            divided(lambda n, c, h, w: h + w),
        ),
    ),
    "grad_div_first_axes": (
        "You divided by the number of images and channels. Divide by H * W, the last two numbers "
        "of the shape.",
        (divided(lambda n, c, h, w: n * c), divided(lambda n, c, h, w: c)),
    ),
    "grad_multiplied": (
        "You multiplied by H * W where you should divide by it.",
        (divided(lambda n, c, h, w: 1 / (h * w)),),
    ),
    "grad_one_pixel": (
        "Only one pixel of each map gets a gradient. All of them went into the average, so all "
        "get an equal part.",
        (
            back(at(0, 0)),
            back(at(-1, -1)),
            back(lambda dy, shape: at(0, 0)(dy * shape[2] * shape[3], shape)),
        ),
    ),
    "grad_not_spread": (
        "dx must have the shape of x. Repeat each gradient over its map, with np.broadcast_to or "
        "by multiplying with ones.",
        (back(lambda dy, shape: dy), back(lambda dy, shape: dy[:, :, None, None])),
    ),
    "grad_axes_mixed": (
        "Each gradient went to other pixels than its own map. Give dy two more axes at the end: "
        "dy[:, :, None, None].",
        (
            back(tiled),
            back(lambda dy, shape: np.resize(dy, shape)),
            back(lambda dy, shape: over(dy, shape)),
            back(lambda dy, shape: over(dy[..., None], shape)),
            back(lambda dy, shape: over(dy.T[:, :, None, None], shape)),
        ),
    ),
    "grad_one_image": (
        "Only one image has a gradient. Do all N.",
        (
            back(only(first_image)),
            back(only(last_image)),
            back(lambda dy, shape: over(dy[:1, :, None, None], shape)),
        ),
    ),
    "grad_summed": (
        "You added the gradients of all channels or images up. Each map gets its own dy[n, c].",
        (
            back(lambda dy, shape: over(dy.sum(1)[:, None, None, None], shape)),
            back(lambda dy, shape: over(dy.sum(0)[:, None, None], shape)),
            back(lambda dy, shape: over(dy.sum(), shape)),
        ),
    ),
    "grad_averaged": (
        "You averaged the gradients of all channels or images. Each map gets its own dy[n, c].",
        (
            back(lambda dy, shape: over(dy.mean(1)[:, None, None, None], shape)),
            back(lambda dy, shape: over(dy.mean(0)[:, None, None], shape)),
            back(lambda dy, shape: over(dy.mean(), shape)),
        ),
    ),
    "grad_ignores_dy": (
        "dx does not depend on dy. Every map has a gradient of its own, dy[n, c].",
        (back(lambda dy, shape: over(1 / (shape[2] * shape[3]), shape)),),
    ),
    "grad_sign": (
        "dx has the wrong sign: where x grows, the average grows too.",
        (divided(lambda n, c, h, w: -h * w),),
    ),
    "grad_whole_numbers": (
        "You divide with //, which rounds down. Divide with /.",
        (lambda dy, shape: over((dy // (shape[2] * shape[3]))[:, :, None, None], shape).copy(),),
    ),
}

MISTAKES = (
    *(Mistake(slug, "gap", message, codings) for slug, (message, codings) in GAP.items()),
    *(
        Mistake(slug, "gap_backward", message, codings)
        for slug, (message, codings) in BACKWARD.items()
    ),
)
