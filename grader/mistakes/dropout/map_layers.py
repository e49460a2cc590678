"""Layers of 5.3 whose mask lies over maps in some way, right or wrong."""

from __future__ import annotations

import numpy as np

from grader.mistakes.dropout.layers import layer
from grader.mistakes.dropout.masks import enlarged, right, stops_at_1
from grader.mistakes.shapes import only_if


def over_maps(mask: np.ndarray, x: np.ndarray) -> np.ndarray:
    """A mask (N, C), laid over maps (N, C, H, W)."""
    return mask[:, :, None, None]


make = layer(lambda mask, x: x * over_maps(mask, x))


def laid(place):
    """A layer whose mask lies over x in another way, wherever NumPy can do that."""

    def dropout2d(x, u, p, train):
        mask = right(u, p, train)
        wide = place(mask)
        only_if(np.broadcast_shapes(wide.shape, x.shape) == x.shape, None)
        return x * wide, mask

    return dropout2d


def laid_in_training(place):
    """The same in training; in evaluation x comes back as it is."""
    wrong = laid(place)

    def dropout2d(x, u, p, train):
        return wrong(x, u, p, train) if train else (x + 0, np.ones_like(u))

    return dropout2d


def laid_back(place):
    """A way back whose mask lies over dy in another way."""

    def dropout2d_backward(dy, mask):
        wide = place(mask)
        only_if(np.broadcast_shapes(wide.shape, dy.shape) == dy.shape, None)
        return dy * wide

    return dropout2d_backward


PLACES = {
    "last_axes": lambda mask: mask,
    "rows": lambda mask: mask[:, None, :, None],
    "columns": lambda mask: mask[:, None, None, :],
    "columns_of_images": lambda mask: mask[None, :, None, :],
    "channels_and_rows": lambda mask: mask[None, :, :, None],
    "rows_and_columns": lambda mask: mask.T,
}
TURNED = (
    lambda mask: mask.T[:, :, None, None],
    lambda mask: mask.reshape(mask.shape[::-1]).T[:, :, None, None],
)


def each_number(repeat) -> object:
    """A layer that decides for every number; the repeated draws have the shape of x."""

    def dropout2d(x, u, p, train):
        return x * right(repeat(u, x), p, train), right(u, p, train)

    return dropout2d


def own(u: np.ndarray, x: np.ndarray) -> np.ndarray:
    """New draws for every number."""
    return np.random.default_rng(0).random(x.shape)


def full_mask(mask: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The mask as large as x."""
    return over_maps(mask, x) * np.ones_like(x)


def shaped(rule):
    """A right layer whose mask is returned in another shape, made of the mask and x."""

    def dropout2d(x, u, p, train):
        mask = right(u, p, train)
        return x * over_maps(mask, x), rule(mask, x)

    return dropout2d


def wide_in_training(x, u, p, train):
    """A mask (N, C, 1, 1) in training, and as large as x in evaluation; it stops for p = 1."""
    mask = over_maps(stops_at_1(u, p, train), x)
    return x * mask, mask if train else np.ones_like(x)


def wide_in(mode: bool):
    """A mask (N, C, 1, 1) in one mode alone."""

    def dropout2d(x, u, p, train):
        mask = over_maps(right(u, p, train), x)
        return x * mask, mask if train == mode else mask[:, :, 0, 0]

    return dropout2d


def shaped_in_eval(rule):
    """A right layer whose mask has another shape in evaluation."""

    def dropout2d(x, u, p, train):
        mask = right(u, p, train)
        return x * over_maps(mask, x), mask if train else rule(mask, x)

    return dropout2d


def lost_in_one_image(x, u, p, train):
    """A map is dropped in all images if one of them loses it."""
    mask = right(u, p, train)
    lost = (u < p).any(0) & train
    return np.where(lost[:, None, None], 0, x * (enlarged(p) if train else 1)), mask
