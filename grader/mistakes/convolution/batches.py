"""Slips with the batch: images mixed up or left out."""

from __future__ import annotations

import numpy as np

from grader.mistakes.convolution.spoilt import forward


def only(place: int, *, biased: bool):
    """Only one image is convolved; the others stay zero, or get the bias alone."""

    def blank(y):
        kept = np.zeros_like(y)
        kept[place] = y[place]
        return kept

    if biased:
        return forward(after=lambda y, call: blank(y))
    return lambda *args, **settings: blank(forward()(*args, **settings))


BATCHES = {
    "first_image": (
        "Every image shows the result of the same image. Result n must come from x[n].",
        (
            forward(after=lambda y, c: np.repeat(y[:1], len(y), axis=0)),
            forward(after=lambda y, c: np.repeat(y[-1:], len(y), axis=0)),
        ),
    ),
    "one_image_only": (
        "Only one image of the batch is convolved. Do all N, and return after the loop, not in it.",
        (
            only(0, biased=False),
            only(0, biased=True),
            only(-1, biased=False),
            only(-1, biased=True),
            forward(after=lambda y, c: y[:1]),
            forward(after=lambda y, c: y[-1:]),
        ),
    ),
    "images_summed": (
        "The images of the batch are added up. Each keeps a result of its own: n stays in the "
        "output.",
        (
            forward(after=lambda y, c: y.sum(0)),
            forward(after=lambda y, c: y.sum(0, keepdims=True)),
            forward(after=lambda y, c: np.repeat(y.sum(0, keepdims=True), len(y), axis=0)),
        ),
    ),
}
