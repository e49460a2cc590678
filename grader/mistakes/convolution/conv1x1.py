"""Known mistakes of 1.8: mixing what must stay apart."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.convolution.batches import BATCHES
from grader.mistakes.convolution.borders import BORDERS
from grader.mistakes.convolution.channels import BIASES, CHANNELS
from grader.mistakes.convolution.kernels import KERNELS
from grader.mistakes.convolution.spoilt import forward, plus


def by_kernel(conv):
    """A convolution whose kernel has one row and one column."""
    return lambda x, w, b: conv(x, w[:, :, None, None], b)


def moved(x: np.ndarray) -> np.ndarray:
    """(N, C, H, W) -> (N, H, W, C)."""
    return x.transpose(0, 2, 3, 1)


def out_of_order(x, w, b, *, inward=True, outward=True, images=False):
    """Matrix products with rows of pixels, reshaped where an axis should have moved.

    Args:
        inward: whether x is only reshaped.
        outward: whether the product is only reshaped.
        images: whether it is x.reshape(C, -1) that goes wrong, for more than one image.
    """
    (n, c, height, width), f = x.shape, len(w)
    if images:
        y = w @ (x.reshape(c, -1) if inward else x.transpose(1, 0, 2, 3).reshape(c, -1))
        y = y.reshape(n, f, height, width) if outward else _unstacked(y, x, f)
        return plus(y, b)
    y = (x if inward else moved(x)).reshape(-1, c) @ w.T + (0 if b is None else b)
    y = y.astype(x.dtype)
    return y.reshape(n, f, height, width) if outward else _images(y, x, f)


def _unstacked(y, x, f):
    return y.reshape(f, len(x), *x.shape[2:]).transpose(1, 0, 2, 3)


def _images(y, x, f):
    return y.reshape(len(x), *x.shape[2:], f).transpose(0, 3, 1, 2)


def variant(function, **options):
    """The function with options that the learner's has not."""
    return lambda x, w, b: function(x, w, b, **options)


def around(function):
    """The right result of something else than x."""
    right = by_kernel(forward())
    return lambda x, w, b: right(function(x).astype(x.dtype), w, b)


def last(x, w, b):
    """The right result with the channels last."""
    return moved(by_kernel(forward())(x, w, b))


def mean_of_pixels(x):
    """x with every pixel replaced by the mean of its image."""
    return np.broadcast_to(x.mean((2, 3), keepdims=True), x.shape)


def sum_of_pixels(x):
    """x with every pixel replaced by the sum of its image."""
    return np.broadcast_to(x.sum((2, 3), keepdims=True), x.shape)


OWN = {
    "reshape_without_transpose": (
        "reshape alone mixes pixels with channels, or images with each other. Move the channels "
        "last with transpose(0, 2, 3, 1) before reshape(-1, C), and back afterwards.",
        (
            variant(out_of_order),
            variant(out_of_order, inward=False),
            variant(out_of_order, outward=False),
            variant(out_of_order, images=True),
            variant(out_of_order, images=True, inward=False),
            variant(out_of_order, images=True, outward=False),
        ),
    ),
    "channels_last": (
        "The channels come last in your result. The output is (N, F, H, W): move them back to "
        "axis 1.",
        (last, lambda x, w, b: last(x, w, b).swapaxes(1, 2)),
    ),
    "pixels_flattened": (
        "Rows and columns are still one axis. Reshape the output to (N, F, H, W).",
        (
            lambda x, w, b: by_kernel(forward())(x, w, b).reshape(len(x), len(w), -1),
            lambda x, w, b: last(x, w, b).reshape(-1, len(w)),
            lambda x, w, b: last(x, w, b).reshape(len(x), -1, len(w)),
        ),
    ),
    "pixels_mixed": (
        "Pixels are mixed. A 1 × 1 convolution sums over the channels of one pixel and looks at "
        "no other.",
        (
            around(mean_of_pixels),
            around(sum_of_pixels),
            lambda x, w, b: by_kernel(forward())(sum_of_pixels(x)[:, :, :1, :1], w, b),
            lambda x, w, b: by_kernel(forward())(mean_of_pixels(x)[:, :, :1, :1], w, b),
            lambda x, w, b: by_kernel(forward())(mean_of_pixels(x)[:, :, :1, :1], w, b)[..., 0, 0],
            lambda x, w, b: by_kernel(forward())(sum_of_pixels(x)[:, :, :1, :1], w, b)[..., 0, 0],
        ),
    ),
}

SHARED = {**KERNELS, **BORDERS, **BIASES, **CHANNELS, **BATCHES}
NAMES = (
    "weights_transposed",
    "bias_missing",
    "bias_per_channel",
    "bias_axis",
    "bias_of_one_filter",
    "mean_channels",
    "channels_paired",
    "last_channel_only",
    "output_transposed",
    "first_image",
    "one_image_only",
    "images_summed",
)
OF_ONE_PIXEL = {
    "weights_transposed": "Filters and channels are swapped: w has the shape (F, C), filters "
    "first. A row of pixels times w.T, or w times a column, sums over C.",
    "channels_paired": "Filter f reads only channel f. Every filter reads all channels of a "
    "pixel and sums over them.",
}

MISTAKES = (
    *(Mistake(name, "conv1x1", *told) for name, told in OWN.items()),
    *(
        Mistake(
            name,
            "conv1x1",
            OF_ONE_PIXEL.get(name, SHARED[name][0]),
            tuple(by_kernel(variant) for variant in SHARED[name][1]),
        )
        for name in NAMES
    ),
)
