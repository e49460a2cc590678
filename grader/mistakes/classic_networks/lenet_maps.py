"""Known mistakes of 8.1 in the maps: how they are pooled, padded and laid in a row."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.lenet_rules import lenet
from grader.mistakes.classic_networks.parts import (
    avg_pool,
    avg_pool_back,
    blocks,
    max_pool_back,
    unblocks,
)


def refused(first, second):
    """The sizes of a LeNet with other paddings, in which a layer of convnet finds a mistake."""

    class LeNet:
        def __init__(self, params):
            self.params = params

        def loss_and_grads(self, x, t):
            sides, weights = np.array(x.shape[2:]), self.params["fc1.weight"].shape[1]
            for padding in (first, second):
                for kernel, room in ((5, 2 * padding), (2, 0)):
                    if (sides + room < kernel).any():
                        seen = (sides + room)[sides + room < kernel][0]
                        raise ValueError(
                            f"the kernel covers {kernel} pixels, the padded x has {seen}"
                        )
                    sides = sides + room - 4 if kernel == 5 else sides // 2
            features = len(self.params["conv2.bias"]) * sides.prod()
            raise ValueError(f"x has D={features} features, weight wants {weights}")

    return LeNet


def channels_last(h):
    """Rows in another order: pixel by pixel."""
    return h.transpose(0, 2, 3, 1).reshape(len(h), -1)


def from_channels_last(dy, shape):
    """The same order back."""
    N, C, H, W = shape
    return dy.reshape(N, H, W, C).transpose(0, 3, 1, 2)


def columns_first(dy, s):
    """Rows and columns exchanged on the way back."""
    return dy.reshape(s[0], s[1], s[3], s[2]).transpose(0, 1, 3, 2)


def all_maxima(dy, x):
    """The gradient to every place of a window."""
    return unblocks(np.repeat(dy[..., None], 4, axis=-1), x.shape)


def last_of_largest(dy, x):
    """To the last of the largest."""
    windows = blocks(x)
    last = np.arange(4) == 3 - windows[..., ::-1].argmax(-1)[..., None]
    return unblocks(last * dy[..., None], x.shape)


def all_largest(dy, x):
    """To each of the largest."""
    windows = blocks(x)
    return unblocks((windows == windows.max(-1, keepdims=True)) * dy[..., None], x.shape)


def shares(dy, x):
    """In equal shares to the largest."""
    windows = blocks(x)
    largest = windows == windows.max(-1, keepdims=True)
    return unblocks(largest / largest.sum(-1, keepdims=True) * dy[..., None], x.shape)


def value_not_mask(dy, x):
    """Multiplied by the largest value."""
    windows = blocks(x)
    first = np.arange(4) == windows.argmax(-1)[..., None]
    return unblocks(first * windows * dy[..., None], x.shape)


MAPS = {
    "average_pooling": (
        "You average where the largest of each window is asked for: max pooling.",
        (
            lenet(pool=avg_pool, pool_back=avg_pool_back),
            lenet(pool=avg_pool, pool_back=max_pool_back),
        ),
    ),
    "pool_gone_back_wrongly": (
        "On the way back through max pooling, the gradient goes to the largest number of each "
        "window alone, as it is.",
        (
            lenet(pool_back=avg_pool_back),
            lenet(pool_back=all_maxima),
            lenet(pool_back=value_not_mask),
        ),
    ),
    "ties_given_to_another": (
        "Where several numbers of a window are the largest, the gradient goes to the first of "
        "them, row by row. Yours goes to another one, to all, or in shares.",
        (
            lenet(pool_back=last_of_largest),
            lenet(pool_back=all_largest),
            lenet(pool_back=shares),
        ),
    ),
    "padding_left_out": (
        "The first convolution has padding 2, so that its maps are as large as the image, and the "
        "second has none. Only then does fc1 get as many features as it has weights for.",
        (
            *(lenet(padding=0), lenet(padding=1)),
            *(refused(*paddings) for paddings in ((0, 0), (1, 0), (1, 1), (0, 2), (2, 2))),
        ),
    ),
    "channels_last": (
        "You flatten in another order, or go back in another one. It is channel by channel, as the "
        "array lies there: h.reshape(N, -1), and back dy.reshape(maps.shape).",
        (
            lenet(flatten=channels_last, unflatten=from_channels_last),
            lenet(flatten=channels_last),
            lenet(unflatten=from_channels_last),
            lenet(
                flatten=lambda h: h.transpose(0, 1, 3, 2).reshape(len(h), -1),
                unflatten=columns_first,
            ),
            lenet(unflatten=columns_first),
            lenet(
                flatten=lambda h: h.reshape(len(h), -1, order="F"),
                unflatten=lambda dy, s: dy.reshape(s, order="F"),
            ),
        ),
    ),
}
