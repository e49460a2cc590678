"""Known mistakes of 6.4: other borders, other directions, one move for all."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.regularization.moves import (
    borders,
    by_negative_slices,
    by_slices,
    clipped,
    each,
    flips,
    gathered,
    grown,
    mirrored,
    modulo,
    moved,
    moves,
    not_cleared,
    over_the_old,
    overwritten,
    right,
    rolled,
    rolled_and_cleared,
    scattered,
    without_first,
)

KNOWN = {
    "wrap": (
        "What leaves on one side comes in on the other: np.roll wraps around, and negative indices "
        "count from the end. Fill the new pixels with zeros.",
        (
            each(rolled),
            *(each(rule) for rule in (gathered(True), gathered(False))),
            *(each(rule) for rule in (scattered(True), scattered(False))),
            each(lambda i, dy, dx, flip: np.roll(right(i, dy, 0, flip), dx, axis=2)),
            each(lambda i, dy, dx, flip: np.roll(right(i, 0, dx, flip), dy, axis=1)),
        ),
    ),
    "edge": (
        "New pixels repeat or mirror the border. Fill them with zeros.",
        (borders(mode="edge"), borders(mode="symmetric")),
    ),
    "filled_otherwise": (
        "New pixels are not 0. Fill them with zeros.",
        (
            borders(mode="constant", constant_values=1),
            borders(mode="constant", constant_values=np.nan),
            borders(mode="minimum"),
            borders(mode="mean"),
        ),
    ),
    "not_cleared": (
        "Old pixels are still there where nothing moved in. Write into an array of zeros, not "
        "into a copy of the image.",
        (each(not_cleared), each(over_the_old)),
    ),
    "sign": (
        "The image moves the wrong way. A positive dy moves it down and a positive dx to the "
        "right: y[row, column] = x[row - dy, column - dx].",
        (
            moves(lambda dy, dx: (-dy, -dx)),
            moves(lambda dy, dx: (-dy, dx)),
            moves(lambda dy, dx: (dy, -dx)),
        ),
    ),
    "direction_lost": (
        "A negative move is not told from a positive one, or is left out. It goes up, or to the "
        "left.",
        (
            moves(lambda dy, dx: (abs(dy), abs(dx))),
            moves(lambda dy, dx: (max(dy, 0), max(dx, 0))),
            moves(lambda dy, dx: (abs(dy), dx)),
            moves(lambda dy, dx: (dy, abs(dx))),
        ),
    ),
    "swap": (
        "dy and dx have changed places. The first moves rows, the second columns.",
        (moves(lambda dy, dx: (dx, dy)), moves(lambda dy, dx: (-dx, -dy))),
    ),
    "one_direction": (
        "The image moves along one axis only. It moves by dy rows and by dx columns.",
        (moves(lambda dy, dx: (dy, 0)), moves(lambda dy, dx: (0, dx))),
    ),
    "not_moved": ("The images are not moved.", (moves(lambda dy, dx: (0, 0)),)),
    "vflip": (
        "The image is turned upside down, or both ways. Exchange left and right: reverse the last "
        "axis.",
        (
            flips(lambda image: image[:, ::-1]),
            flips(lambda image: image[:, ::-1, ::-1]),
        ),
    ),
    "channels_flipped": (
        "Not the columns are reversed, but the channels. Columns are the last axis.",
        (flips(lambda image: image[::-1]), flips(lambda image: image[::-1, ::-1, ::-1])),
    ),
    "flip_off_by_one": (
        "The mirror is off by a pixel. Column 0 changes places with column W - 1.",
        (
            flips(lambda image: np.roll(mirrored(image), 1, axis=2)),
            flips(lambda image: np.roll(mirrored(image), -1, axis=2)),
        ),
    ),
    "mirror_overwrites": (
        "The mirror writes over columns before they are read, so that one half appears twice. "
        "Reverse a copy: image[:, :, ::-1].",
        (flips(overwritten),),
    ),
    "not_flipped": (
        "The images are not mirrored.",
        (flips(lambda image: image),),
    ),
    "flip_reversed": (
        "The wrong images are mirrored: those where flip is False.",
        (each(lambda image, dy, dx, flip: right(image, dy, dx, not flip)),),
    ),
    "flip_after": (
        "You moved first and mirrored then, so that a move to the right becomes one to the left. "
        "Mirror first, then move.",
        (each(lambda i, dy, dx, flip: mirrored(moved(i, dy, dx)) if flip else moved(i, dy, dx)),),
    ),
    "flip_or_move": (
        "A mirrored image is not moved any more. Do both, one after the other.",
        (
            each(lambda i, dy, dx, flip: mirrored(i) if flip else moved(i, dy, dx)),
            each(lambda i, dy, dx, flip: right(i, dy, dx, flip and not (dy or dx))),
        ),
    ),
    "only_mirrored_ones": (
        "Only images that are mirrored are treated. Every image moves by its own dy and dx, "
        "whatever its flip is.",
        (
            each(lambda i, dy, dx, flip: right(i, dy, dx, True) if flip else i),
            each(lambda i, dy, dx, flip: right(i, dy, dx, True) if flip else 0 * i),
        ),
    ),
    "other_axes_moved": (
        "The move goes along the wrong axes. An image is (C, H, W): dy moves along axis 1, dx "
        "along axis 2.",
        (
            each(lambda i, dy, dx, flip: np.roll(right(i, 0, 0, flip), (dy, dx), axis=(0, 1))),
            each(
                lambda i, dy, dx, flip: moved(
                    right(i, 0, 0, flip).transpose(2, 0, 1), dy, dx
                ).transpose(1, 2, 0)
            ),
        ),
    ),
    "first_pixels_lost": (
        "Row 0 or column 0 never comes along. It is inside: 0 <= row and row < H, and columns "
        "likewise.",
        (
            each(without_first(1, 1)),
            each(without_first(1, 0)),
            each(without_first(0, 1)),
        ),
    ),
    "minus_zero": (
        "A move of 0 goes wrong: image[:, :-0] is empty, and y[-0:] is everything. Ask for moves "
        "above 0 and below 0, and leave 0 alone.",
        (each(by_negative_slices), each(rolled_and_cleared)),
    ),
    "same_for_all": (
        "All images are treated alike. Each has its own dy, dx and flip: row n of dyx and entry n "
        "of flip.",
        (
            each(order=lambda dyx, flip: (dyx[:1].repeat(len(dyx), 0), flip[:1].repeat(len(flip)))),
            each(order=lambda dyx, flip: (dyx[:1].repeat(len(dyx), 0), flip)),
            each(order=lambda dyx, flip: (dyx, flip[:1].repeat(len(flip)))),
            each(order=lambda dyx, flip: (dyx[-1:].repeat(len(dyx), 0), flip)),
            each(
                order=lambda dyx, flip: (dyx[-1:].repeat(len(dyx), 0), flip[-1:].repeat(len(flip)))
            ),
            each(order=lambda dyx, flip: (dyx, flip | flip.any())),
            each(order=lambda dyx, flip: (dyx, flip & flip.all())),
            each(order=lambda dyx, flip: (dyx, ~flip | True)),
        ),
    ),
    "order_of_images": (
        "The images have changed places, or got each other's moves. Image n of y comes from image "
        "n of x, with row n of dyx and entry n of flip.",
        (
            lambda x, dyx, flip: each()(x, dyx, flip)[::-1],
            each(order=lambda dyx, flip: (dyx[::-1], flip[::-1])),
            each(order=lambda dyx, flip: (dyx[::-1], flip)),
            each(order=lambda dyx, flip: (dyx, flip[::-1])),
        ),
    ),
    "moves_add_up": (
        "Each image is also moved by what the images before it were. Every image starts from its "
        "own place.",
        (each(order=lambda dyx, flip: (dyx.cumsum(axis=0), flip)),),
    ),
    "one_pixel_too_far": (
        "The image moves by a pixel too many or too few. With dx = 1, column 0 goes to column 1.",
        (
            moves(lambda dy, dx: (dy + np.sign(dy), dx + np.sign(dx))),
            moves(lambda dy, dx: (dy - np.sign(dy), dx - np.sign(dx))),
            moves(lambda dy, dx: (dy + 1, dx + 1)),
        ),
    ),
    "far_moves": (
        "An image that is moved by its whole size or more is gone: all of it is 0. Yours leaves a "
        "part, or comes in again.",
        (
            each(clipped),
            each(modulo),
            each(
                lambda i, dy, dx, f: (
                    i * 0 + (mirrored(i) if f else i)
                    if abs(dy) >= i.shape[1] or abs(dx) >= i.shape[2]
                    else right(i, dy, dx, f)
                )
            ),
        ),
    ),
    "negative_slice": (
        "For a move larger than the picture the end of a slice becomes negative, and Python counts "
        "it from the end. Such an image is all 0: limit the ends with max(…, 0).",
        (each(by_slices),),
    ),
    "size_changed": (
        "The images have another size. What leaves the picture is cut off, and zeros fill up: y "
        "has the shape of x.",
        (
            lambda x, dyx, flip: grown(x, dyx, flip),
            lambda x, dyx, flip: each()(x, dyx, flip)[:, :, : x.shape[2] - np.abs(dyx[:, 0]).max()],
        ),
    ),
}


MISTAKES = tuple(
    Mistake(slug, "shift_flip", message, variants) for slug, (message, variants) in KNOWN.items()
)
