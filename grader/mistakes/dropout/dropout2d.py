"""Known mistakes of 5.3: which draw decides over which map, and how a mask lies over maps."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.dropout.layers import shared
from grader.mistakes.dropout.map_layers import (
    PLACES,
    TURNED,
    each_number,
    full_mask,
    laid,
    laid_back,
    laid_in_training,
    lost_in_one_image,
    make,
    over_maps,
    own,
    shaped,
    shaped_in_eval,
    wide_in,
    wide_in_training,
)
from grader.mistakes.dropout.masks import enlarged, few, right
from grader.mistakes.dropout.ways_back import shared_back

LAID_OVER = (
    "The mask lies over the wrong axes. Each of its N × C numbers belongs to a whole map: give it "
    "two more axes, mask[:, :, None, None]."
)
TURNED_MASK = (
    "Images and channels have changed places in the mask. mask[n, c] belongs to map c of image n."
)

FORWARD = {
    "shared_over_batch": (
        "All images lose the same channels. Each image has draws of its own: u[n, c] decides over "
        "map c of image n.",
        (
            make(few(lambda u: u[:1])),
            make(few(lambda u: u[-1:])),
            make(few(lambda u: u[:1]), right),
            make(few(lambda u: u[-1:]), right),
            lost_in_one_image,
        ),
    ),
    "whole_images": (
        "Whole images are kept or dropped. Each channel has a draw of its own: u[n, c] decides "
        "over map c of image n.",
        (
            make(few(lambda u: u[:, :1])),
            make(few(lambda u: u[:, -1:])),
            make(few(lambda u: u[:, :1]), right),
            make(few(lambda u: u[:, -1:]), right),
        ),
    ),
    "one_decision": (
        "All maps are kept or dropped together. Each has a draw of its own in u.",
        (make(few(lambda u: u[:1, :1])), make(few(lambda u: u.mean(keepdims=True)))),
    ),
    "elementwise": (
        "Single numbers are dropped. Whole maps must vanish together: one draw decides over all "
        "H × W numbers of a map.",
        (
            each_number(own),
            each_number(lambda u, x: np.resize(u, x.shape)),
            each_number(lambda u, x: np.resize(np.repeat(u.ravel(), 2), x.shape)),
        ),
    ),
    "laid_over_wrong_axes": (
        LAID_OVER,
        (*map(laid, PLACES.values()), *map(laid_in_training, PLACES.values())),
    ),
    "turned": (TURNED_MASK, (*map(laid, TURNED), *map(laid_in_training, TURNED))),
    "mask_too_large": (
        "y is right, but the mask is not of shape (N, C). Return one factor for each map.",
        (
            shaped(over_maps),
            shaped(full_mask),
            wide_in_training,
            *map(wide_in, (True, False)),
            shaped_in_eval(lambda mask, x: np.ones_like(x)),
            shaped(lambda mask, x: mask.ravel()),
            shaped(lambda mask, x: mask.T),
        ),
    ),
    "axes_lost": (
        "y has lost its shape, or maps are missing. Return all N × C maps in the shape of x; the "
        "dropped ones are 0.",
        (
            lambda x, u, p, train: (
                x[u >= p] * enlarged(p) if train else x,
                right(u, p, train),
            ),
            lambda x, u, p, train: (
                np.squeeze(x * right(u, p, train)[:, :, None, None]),
                right(u, p, train),
            ),
        ),
    ),
    "averaged_maps": (
        "Dropped maps are not 0. What is dropped becomes 0, as if the channel were not there.",
        (
            lambda x, u, p, train: (
                np.where((u >= p)[:, :, None, None], x * enlarged(p), x.mean()) if train else x,
                right(u, p, train),
            ),
            lambda x, u, p, train: (
                np.where((u >= p)[:, :, None, None], x * enlarged(p), x) if train else x,
                right(u, p, train),
            ),
        ),
    ),
    "mask_from_y": (
        "The mask is 0 where y is 0. A map of zeros may have been kept: make the mask from u.",
        (
            lambda x, u, p, train: (
                x * right(u, p, train)[:, :, None, None],
                (x * right(u, p, train)[:, :, None, None] != 0).any((2, 3)) * enlarged(p)
                if train
                else np.ones_like(u),
            ),
            lambda x, u, p, train: (
                x * right(u, p, train)[:, :, None, None],
                (x * right(u, p, train)[:, :, None, None])[:, :, 0, 0] / x[:, :, 0, 0],
            ),
        ),
    ),
    "fractions_cut_off": (
        "Your results hold whole numbers only: 1 / (1 - p) has lost its fraction. Make the mask "
        "with the dtype of x, not with int.",
        (make(lambda u, p, train: np.trunc(right(u, p, train))),),
    ),
    **shared(make),
}

BACKWARD = {
    **shared_back("dropout2d", over_maps),
    "back_laid_over_wrong_axes": (LAID_OVER, tuple(map(laid_back, PLACES.values()))),
    "back_turned": (TURNED_MASK, tuple(map(laid_back, TURNED))),
    "back_shared_over_batch": (
        "All images use the mask of one image. mask[n, c] belongs to map c of image n.",
        (
            lambda dy, mask: dy * mask[:1, :, None, None],
            lambda dy, mask: dy * mask[-1:, :, None, None],
        ),
    ),
    "back_whole_images": (
        "All channels of an image use one factor. mask[n, c] belongs to map c of image n.",
        (
            lambda dy, mask: dy * mask[:, :1, None, None],
            lambda dy, mask: dy * mask[:, -1:, None, None],
        ),
    ),
    "back_averaged": (
        "The gradient is averaged or added up over each map. Each number of x has a gradient of "
        "its own: dx = dy * mask, with the mask laid over whole maps.",
        (
            lambda dy, mask: np.broadcast_to(
                (dy * over_maps(mask, dy)).mean((2, 3), keepdims=True), dy.shape
            ),
            lambda dy, mask: (dy * over_maps(mask, dy)).sum((2, 3)),
            lambda dy, mask: (dy * over_maps(mask, dy)).mean((2, 3)),
            lambda dy, mask: dy * over_maps(mask, dy) / (dy.shape[2] * dy.shape[3]),
        ),
    ),
}

MISTAKES = (
    *(Mistake(slug, "dropout2d", *told) for slug, told in FORWARD.items()),
    *(Mistake(slug, "dropout2d_backward", *told) for slug, told in BACKWARD.items()),
)
