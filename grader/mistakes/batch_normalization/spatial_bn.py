"""Known mistakes of 4.4: pixels out of order, and those of 4.1 that images can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.bn_forward_train import KNOWN
from grader.mistakes.batch_normalization.spoilt import Call, train

Move = Callable[[np.ndarray], np.ndarray]


def to_rows(x: np.ndarray) -> np.ndarray:
    """(N, C, H, W) -> (N * H * W, C), as it should be."""
    return x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def to_images(rows: np.ndarray, shape: tuple) -> np.ndarray:
    """(N * H * W, C) -> (N, C, H, W), as it should be."""
    n, c, height, width = shape
    return rows.reshape(n, height, width, c).transpose(0, 3, 1, 2)


def by_rows(inward: Callable = to_rows, outward: Callable = to_images) -> Callable:
    """A `spatial_bn` that turns images into rows and back in its own way."""

    def bn(x, *args, **settings):
        rows, *running = train()(inward(x), *args, **settings)
        return (outward(rows, x.shape), *running)

    return bn


def reshaped(x: np.ndarray) -> np.ndarray:
    """Rows by a reshape alone."""
    return x.reshape(-1, x.shape[1])


def each(x, gamma, beta, running_mean, running_var, *, chained: bool, **settings):
    """Each image by itself; the running statistics from image to image, or from the last."""
    ys, first = [], (running_mean, running_var)
    mean, var = first
    for image in x:
        before = (mean, var) if chained else first
        y, mean, var = train()(image[None], gamma, beta, *before, **settings)
        ys.append(y[0])
    return np.stack(ys), mean, var


def unless_pixels(x, *args, chained: bool, **settings):
    """Each image by itself, but all together if an image is one pixel, which has no variance."""
    if x[0, 0].size == 1:
        return train()(x, *args, **settings)
    return each(x, *args, chained=chained, **settings)


def passed_on(change: Callable[[Call], dict]) -> Callable:
    """A call of the right function with other arguments than those that were given."""

    def bn(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
        given = {"running_mean": running_mean, "running_var": running_var}
        given |= {"momentum": momentum, "eps": eps}
        return train()(x, gamma, beta, **given | change(Call(x, gamma, beta, **given)))

    return bn


def one_by_one(*, chained: bool) -> Callable:
    """A loop over the images."""
    return partial(each, chained=chained)


def mean_of_images(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    """The variance as the mean of the images' own variances."""
    call = Call(x, gamma, beta, running_mean, running_var, momentum, eps)
    var = replace(call, axes=(2, 3)).var.mean(0, keepdims=True)
    y = call.affine(call.centred / np.sqrt(var + eps))
    stored = call.blend(running_var, var * call.m / (call.m - 1))
    return y, call.blend(running_mean, call.mean), stored


def at_positions(x, *args, **rest):
    """A loop over the pixel positions; the running statistics are those of the last."""
    y = np.empty_like(x)
    for i, j in np.ndindex(x.shape[2:]):
        y[:, :, i, j], *running = train()(x[:, :, i, j], *args, **rest)
    return (y, *running)


def pooled(x, *args, **settings):
    """Only the means of the maps are normalized."""
    y, *running = train()(x.mean((2, 3)), *args, **settings)
    return (np.broadcast_to(y[:, :, None, None], x.shape).copy(), *running)


OWN = {
    "channels_mixed": (
        "Channels are mixed: reshape alone does not move an axis. Permute to channels last "
        "first, x.transpose(0, 2, 3, 1).reshape(-1, C), and back afterwards.",
        (
            by_rows(reshaped, lambda rows, shape: rows.reshape(shape)),
            by_rows(reshaped),
            by_rows(lambda x: x.reshape(x.shape[1], -1).T, lambda rows, s: rows.T.reshape(s)),
            by_rows(lambda x: x.reshape(x.shape[1], -1).T),
            by_rows(reshaped, lambda rows, shape: rows.T.reshape(shape)),
        ),
    ),
    "not_moved_back": (
        "The statistics are right, but the way back is only a reshape. Undo what you did: "
        "reshape to (N, H, W, C), then transpose(0, 3, 1, 2).",
        (
            by_rows(outward=lambda rows, shape: rows.reshape(shape)),
            by_rows(outward=lambda rows, shape: rows.T.reshape(shape)),
        ),
    ),
    "pixels_transposed": (
        "Rows and columns of the images are exchanged. The way back must undo the way there: "
        "transpose(0, 2, 3, 1) there, transpose(0, 3, 1, 2) back.",
        (
            by_rows(outward=lambda r, s: to_images(r, s).swapaxes(2, 3)),
            by_rows(outward=lambda r, s: r.reshape(s[0], s[3], s[2], s[1]).transpose(0, 3, 2, 1)),
            by_rows(outward=lambda r, s: r.reshape(s[0], s[3], s[2], s[1]).transpose(0, 3, 1, 2)),
            by_rows(lambda x: to_rows(x.swapaxes(2, 3))),
        ),
    ),
    "not_channels_first": (
        "The channels come last in y, or the pixels are still rows. y has the shape of x: back "
        "with reshape(N, H, W, C).transpose(0, 3, 1, 2).",
        (
            by_rows(outward=lambda rows, s: to_images(rows, s).transpose(0, 2, 3, 1)),
            by_rows(outward=lambda rows, s: rows),
            by_rows(outward=lambda rows, s: rows.T),
            by_rows(outward=lambda rows, s: to_images(rows, s).swapaxes(0, 1)),
        ),
    ),
    "moved_further": (
        "transpose(0, 2, 3, 1) on the way back moves the axes further. What undoes it is "
        "transpose(0, 3, 1, 2).",
        (
            by_rows(
                outward=lambda r, s: r.reshape(s[0], s[2], s[3], s[1]).transpose(0, 2, 3, 1),
            ),
        ),
    ),
    "images_last": (
        "The rows go through the pixels first and then through the images, but the way back "
        "expects the images first: x.transpose(0, 2, 3, 1) there, or reshape(H, W, N, C) and "
        "transpose(2, 3, 0, 1) back.",
        (by_rows(lambda x: x.transpose(2, 3, 0, 1).reshape(-1, x.shape[1])),),
    ),
    "options_not_passed": (
        "momentum and eps are not passed on. Call bn_forward_train with all that you are given.",
        (passed_on(lambda c: {"momentum": 0.1, "eps": 1e-5}),),
    ),
    "options_swapped": (
        "momentum and eps have changed places in the call. Pass momentum first, or both by name.",
        (passed_on(lambda c: {"momentum": c.eps, "eps": c.momentum}),),
    ),
    "running_swapped": (
        "running_mean and running_var have changed places in the call. The mean comes first.",
        (passed_on(lambda c: {"running_mean": c.running_var, "running_var": c.running_mean}),),
    ),
    "one_image_at_a_time": (
        "Each image is normalized by itself, in a loop. All pixels of all images are rows of one "
        "batch: normalize them together.",
        (
            one_by_one(chained=False),
            one_by_one(chained=True),
            partial(unless_pixels, chained=False),
            partial(unless_pixels, chained=True),
        ),
    ),
    "one_position_at_a_time": (
        "Each pixel position is normalized by itself, in a loop. All pixels of all images are "
        "rows of one batch: normalize them together.",
        (at_positions,),
    ),
    "mean_of_variances": (
        "The variance is the mean of the images' own variances. The images' means differ too: "
        "take the variance of all pixels together.",
        (mean_of_images,),
    ),
    "maps_averaged": (
        "Each map has become one number. Every pixel keeps a value of its own: only mean and "
        "variance are shared.",
        (pooled,),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "spatial_bn", message, variants)
    for slug, (message, variants) in {**OWN, **KNOWN}.items()
)
