"""Exercise 1.9: how far a function is from moving its output along with its input."""

from collections.abc import Callable
from functools import cache
from types import CodeType

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group

Map = Callable[[np.ndarray], np.ndarray]

# Functions of x (N, C, H, W), written as text: the report shows it, and a learner can paste it.
DOUBLE = "lambda x: 2 * x"
RELU = "lambda x: np.maximum(x, 0)"
CIRCULAR = "lambda x: 3 * x - np.roll(x, -1, axis=-1) + 2 * np.roll(x, -1, axis=-2)"
COLUMN_FACTOR = "lambda x: x * np.arange(1, x.shape[-1] + 1)"
ROW_FACTOR = "lambda x: x * np.arange(1, x.shape[-2] + 1)[:, None]"
ROW_SQUARED = "lambda x: x + np.arange(x.shape[-2])[:, None] ** 2"
ZERO_PADDED = (
    "lambda x: x - np.pad(x, [(0, 0), (0, 0), (0, 0), (1, 0)])[..., :-1]"
    " + 2 * np.pad(x, [(0, 0), (0, 0), (0, 1), (0, 0)])[..., 1:, :]"
)
EVERY_SECOND = "lambda x: (x - 2 * np.roll(x, -1, axis=-1))[..., ::2, ::2]"
SECOND_ON_A_RAMP = "lambda x: x[..., ::2, ::2] + 100 * np.arange(x.shape[-1] // 2)"
SECOND_ON_A_SLOPE = "lambda x: x[..., ::2, ::2] + 100 * np.arange(x.shape[-2] // 2)[:, None]"
EVERY_THIRD = "lambda x: (x + np.roll(x, -1, axis=-2))[..., ::3, ::3]"
BLOCK_MAXIMUM = (
    "lambda x: np.maximum(np.maximum(x[..., ::2, ::2], x[..., ::2, 1::2]),"
    " np.maximum(x[..., 1::2, ::2], x[..., 1::2, 1::2]))"
)
LATER_IMAGES = "lambda x: x * np.arange(x.shape[-1]) * np.arange(len(x))[:, None, None, None] / 4"
LATER_CHANNELS = "lambda x: x * np.arange(x.shape[-1]) * np.arange(x.shape[1])[:, None, None] / 7"
MIRROR = "lambda x: x[..., ::-1]"
CHANNEL_SUM = "lambda x: np.sum(x, axis=1, keepdims=True)"
GLOBAL_MEAN = "lambda x: np.mean(x, axis=(2, 3), keepdims=True)"

# Group, title, function, the shape of x, the shift.
LISTED = [
    ("basic", "each pixel by itself", DOUBLE, (1, 1, 2, 3), (1, 1)),
    ("basic", "a factor for each column", COLUMN_FACTOR, (1, 1, 2, 3), (0, 1)),
    ("basic", "a factor for each row", ROW_FACTOR, (1, 1, 3, 2), (1, 0)),
    ("basic", "the square of its row added to each pixel", ROW_SQUARED, (1, 1, 3, 2), (1, 0)),
    ("basic", "a convolution of stride 1, circular", CIRCULAR, (1, 1, 3, 4), (1, 2)),
    ("basic", "padded with zeros", ZERO_PADDED, (1, 1, 3, 4), (1, 1)),
    ("basic", "stride 2, moved by one pixel", EVERY_SECOND, (1, 1, 4, 4), (0, 1)),
    ("basic", "stride 2, moved by two pixels", EVERY_SECOND, (1, 1, 4, 4), (2, 2)),
    ("edge", "not moved at all", ZERO_PADDED, (1, 1, 3, 3), (0, 0)),
    ("edge", "moved to the left and up", ZERO_PADDED, (1, 2, 4, 5), (-1, -2)),
    ("edge", "the square of the row, moved up", ROW_SQUARED, (1, 1, 3, 2), (-1, 1)),
    ("edge", "moved once around", COLUMN_FACTOR, (1, 1, 2, 3), (2, 4)),
    ("edge", "mirrored", MIRROR, (1, 1, 2, 5), (0, 1)),
    ("edge", "stride 2, moved by minus one pixel", SECOND_ON_A_RAMP, (1, 1, 2, 4), (0, -1)),
    ("edge", "stride 2, moved up by one pixel", SECOND_ON_A_SLOPE, (1, 1, 4, 2), (-1, 0)),
    ("edge", "stride 3", EVERY_THIRD, (2, 2, 6, 9), (3, 6)),
    ("edge", "the maximum of 2 × 2 pixels", BLOCK_MAXIMUM, (2, 2, 4, 8), (2, 4)),
    ("edge", "the maximum of 2 × 2 pixels, moved by three", BLOCK_MAXIMUM, (2, 1, 4, 8), (2, 3)),
    ("edge", "channels summed up", CHANNEL_SUM, (2, 3, 3, 4), (2, 1)),
    ("edge", "one number for each map", GLOBAL_MEAN, (2, 2, 4, 4), (1, 2)),
    ("edge", "a gap in the later images only", LATER_IMAGES, (3, 2, 2, 4), (1, 1)),
    ("edge", "a gap in the later channels only", LATER_CHANNELS, (2, 3, 2, 4), (1, 1)),
    ("edge", "several images and channels", ROW_FACTOR, (3, 2, 5, 4), (3, -1)),
]


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Functions that follow a shift and functions that do not; hidden maps are larger."""
    cases = []
    for group, title, expression, shape, shift in LISTED:
        if rng is not None:
            shape = vary(shape, rng)
        make = recipe(expression, shape, shift)
        cases.append(Case("equivariance_gap", group, title, make=make))
    return cases


def vary(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[int, ...]:
    """More images and channels, and sides longer by a multiple of every stride used here."""
    more = rng.integers(0, 3, 2).tolist() + (6 * rng.integers(1, 3, 2)).tolist()
    return tuple(side + extra for side, extra in zip(shape, more, strict=True))


def recipe(
    expression: str, shape: tuple[int, ...], shift: tuple[int, int]
) -> Callable[[np.random.Generator], Inputs]:
    """A function, an image of small whole numbers, and by how many pixels to move it."""

    def make(rng: np.random.Generator) -> Inputs:
        x = rng.integers(-9, 10, shape).astype(np.float64)
        return {"f": pasted(expression), "x": x, "shift": shift}

    return make


def pasted(expression: str) -> Map:
    """The function that a text of ours describes; it carries the text along as `paste`."""
    function = eval(_compiled(expression), {"np": np})
    function.paste = expression
    return function


@cache
def _compiled(expression: str) -> CodeType:
    return compile(expression, "<string>", "eval")


EXERCISE = Exercise(
    slug="equivariance_gap",
    number="1.9",
    chapter="01-convolution",
    title="Measure what happens when the image moves",
    functions=(Function("equivariance_gap", "f, x, shift", ("gap",), "number"),),
    groups=(Group("basic", 1), Group("edge", 1), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=15,
    difficulty=2,
)
