"""Exercise 3.4: from images to rows and back, and a linear layer that slides like a kernel."""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import biases, counted, drawn, grown

# Title, (N, C, H, W); the first two can be followed with the finger.
IMAGES = (
    ("one image, two channels", (1, 2, 2, 2)),
    ("two images", (2, 1, 1, 2)),
    ("a wide image", (1, 1, 2, 3)),
    ("a batch", (2, 3, 4, 5)),
    ("as many channels as rows and columns", (2, 3, 3, 3)),
    ("as many images as channels", (3, 3, 2, 4)),
    ("one pixel", (3, 4, 1, 1)),
    ("one channel", (4, 1, 3, 2)),
    ("one image", (1, 3, 2, 5)),
)

# Title, outputs M, (C, H, W).
LAYERS = (
    ("one channel", 1, (1, 2, 2)),
    ("two outputs", 2, (2, 1, 2)),
    ("a wide map", 1, (1, 2, 3)),
    ("several channels", 4, (2, 3, 5)),
    ("as many outputs as channels", 3, (3, 2, 4)),
    ("as many channels as rows and columns", 2, (3, 3, 3)),
    ("all alike", 3, (3, 3, 3)),
    ("one pixel", 3, (4, 1, 1)),
)

# Title, (N, H, W) of the larger images, M, (C, KH, KW) of the layer's own, bias.
MAPS = (
    ("an image of the layer's size", (1, 2, 2), 1, (1, 2, 2), "zero"),
    ("one column more", (1, 2, 3), 1, (1, 2, 2), "zero"),
    ("one row more", (1, 3, 2), 1, (1, 2, 2), "zero"),
    ("two outputs with biases", (1, 2, 3), 2, (1, 1, 2), "random"),
    ("the layer's size, a batch", (3, 3, 4), 2, (2, 3, 4), "random"),
    ("larger images", (2, 5, 7), 3, (2, 3, 4), "random"),
    ("larger images, a square layer", (2, 6, 6), 3, (3, 3, 3), "random"),
    ("a tall layer", (2, 6, 5), 2, (3, 4, 2), "random"),
    ("as many outputs as rows and columns", (2, 4, 4), 3, (2, 2, 2), "random"),
    ("one pixel", (2, 3, 4), 3, (2, 1, 1), "random"),
    ("no bias", (2, 4, 5), 2, (2, 2, 3), "none"),
)
BY_HAND = 3


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Images to flatten and rows to fold, weights to reshape, layers to slide."""
    cases = []
    for place, (title, shape) in enumerate(IMAGES):
        shape = shape if rng is None else grown(shape, rng)
        fill = _filling(by_hand=rng is None and place < BY_HAND)
        cases.append(Case("flatten", "flatten", title, make=_images(shape, fill)))
        cases.append(Case("unflatten", "flatten", title, make=_rows(shape, fill)))
    for place, (title, *sizes) in enumerate(LAYERS):
        outputs, chw = sizes if rng is None else _layer_grown(*sizes, rng)
        fill = _filling(by_hand=rng is None and place < BY_HAND)
        cases.append(Case("fc_to_conv", "fc_to_conv", title, make=_layer(outputs, chw, fill)))
    for place, (title, *sizes, bias) in enumerate(MAPS):
        sizes = sizes if rng is None else _map_grown(sizes, rng)
        fill = _filling(by_hand=rng is None and place < BY_HAND)
        cases.append(Case("score_map", "score_map", title, make=_map(sizes, bias, fill)))
    return cases


def _layer_grown(outputs: int, chw: tuple, rng: np.random.Generator) -> tuple:
    outputs, *chw = grown((outputs, *chw), rng)
    return outputs, tuple(chw)


def _map_grown(sizes: list, rng: np.random.Generator) -> list:
    """More images and channels; the images stay as much larger than the layer as they were."""
    (n, height, width), m, (c, kh, kw) = sizes
    layer = grown((m, c, kh, kw), rng)
    image = (n + int(rng.integers(0, 2)), height + layer[2] - kh, width + layer[3] - kw)
    return [image, layer[0], layer[1:]]


def _filling(*, by_hand: bool):
    return (lambda _, *shape: counted(*shape)) if by_hand else drawn


def _images(shape: tuple, fill):
    return lambda rng: {"x": fill(rng, *shape)}


def _rows(shape: tuple, fill):
    n, *chw = shape
    return lambda rng: {"y": fill(rng, n, int(np.prod(chw))), "chw": tuple(chw)}


def _layer(outputs: int, chw: tuple, fill):
    return lambda rng: {"w": fill(rng, outputs, int(np.prod(chw))), "chw": chw}


def _map(sizes: list, bias: str, fill):
    """A recipe for x (N, C, H, W), w (M, C * KH * KW), b (M,) or None, and chw (C, KH, KW)."""
    (n, height, width), m, chw = sizes

    def make(rng: np.random.Generator) -> Inputs:
        fill_now = partial(fill, rng)
        chosen = {"random": biases(rng, m), "zero": np.zeros(m), "none": None}[bias]
        x, w = fill_now(n, chw[0], height, width), fill_now(m, int(np.prod(chw)))
        return {"x": x, "w": w, "b": chosen, "chw": chw}

    return make


EXERCISE = Exercise(
    slug="flatten",
    number="3.4",
    chapter="03-fully-connected",
    title="Flatten, and slide a linear layer",
    functions=(
        Function("flatten", "x"),
        Function("unflatten", "y, chw", outputs=("x",)),
        Function("fc_to_conv", "w, chw", outputs=("kernels",)),
        Function("score_map", "x, w, b, chw", outputs=("scores",)),
    ),
    groups=(
        Group("flatten", 2),
        Group("fc_to_conv", 2),
        Group("score_map", 2),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
)
