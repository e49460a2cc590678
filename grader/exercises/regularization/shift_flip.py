"""Exercise 6.4: move and mirror each image of a batch by its own amount."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.fully_connected.sizes import counted, drawn, grown


@dataclass(frozen=True)
class Batch:
    """Images and what happens to them.

    Args:
        title: what is special here.
        shape: of x, (N, C, H, W).
        moves: (dy, dx) for each image. A text stands for a length: `H` for the image's height,
            `-W` for minus its width, `H-1` and `H+1` for a pixel less and more.
        flips: for each image, whether it is mirrored.
        group: the group of points.
    """

    title: str
    shape: tuple[int, int, int, int]
    moves: tuple[tuple[int | str, int | str], ...]
    flips: tuple[bool, ...]
    group: str = "edge"


def basic(title: str, shape, moves, flips) -> Batch:
    """A batch whose images can be moved on paper."""
    return Batch(title, shape, moves, flips, group="basic")


NO, YES = False, True
BATCHES = (
    basic("moved down", (1, 1, 3, 2), ((1, 0),), (NO,)),
    basic("moved to the right", (1, 1, 2, 3), ((0, 1),), (NO,)),
    basic("moved up", (1, 1, 3, 2), ((-1, 0),), (NO,)),
    basic("moved to the left", (1, 1, 2, 3), ((0, -1),), (NO,)),
    basic("mirrored", (1, 1, 2, 3), ((0, 0),), (YES,)),
    basic("mirrored, then moved to the right", (1, 1, 2, 4), ((0, 1),), (YES,)),
    basic("two images", (2, 1, 3, 4), ((1, -2), (-1, 1)), (YES, NO)),
    Batch("neither moved nor mirrored", (2, 2, 3, 4), ((0, 0), (0, 0)), (NO, NO)),
    Batch("up and to the left", (2, 2, 3, 4), ((-1, -2), (-2, -1)), (NO, YES)),
    Batch("one still image, one moved", (2, 1, 4, 3), ((0, 0), (2, 1)), (YES, NO)),
    Batch("several channels", (2, 3, 4, 5), ((1, 2), (-2, -1)), (NO, YES)),
    Batch("as many images as channels", (3, 3, 4, 2), ((1, 0), (0, 1), (-1, -1)), (NO, YES, YES)),
    Batch("square images", (3, 2, 4, 4), ((3, -1), (-1, 2), (2, 2)), (YES, NO, YES)),
    Batch("all sizes equal", (3, 3, 3, 3), ((1, -1), (0, 2), (-2, 1)), (NO, YES, NO)),
    Batch(
        "a corner is left",
        (4, 2, 3, 4),
        (("H-1", "W-1"), ("-H+1", "W-1"), ("H-1", "-W+1"), ("-H+1", "-W+1")),
        (NO, YES, YES, NO),
    ),
    Batch(
        "just out of the picture",
        (4, 1, 2, 3),
        (("H", 0), ("-H", 0), (0, "W"), (0, "-W")),
        (NO, YES, NO, YES),
    ),
    Batch(
        "out of the picture by a pixel",
        (4, 1, 3, 4),
        (("H+1", 0), ("-H-1", 1), (0, "W+1"), (-1, "-W-1")),
        (YES, NO, YES, NO),
    ),
    Batch(
        "far out of the picture",
        (4, 2, 3, 2),
        ((9, 1), (-9, 0), (1, 9), (0, -9)),
        (NO, NO, YES, YES),
    ),
    Batch("one row", (2, 2, 1, 5), ((0, 2), (0, -3)), (YES, YES)),
    Batch("one column", (2, 2, 5, 1), ((2, 0), (-3, 0)), (YES, NO)),
    Batch("one pixel", (3, 2, 1, 1), ((0, 0), (1, 0), (0, -1)), (YES, NO, NO)),
    Batch(
        "more images than pixels",
        (7, 1, 2, 2),
        ((0, 1), (1, 0), (-1, 0), (0, -1), (1, 1), (0, 0), (-1, 1)),
        (YES, NO, NO, YES, NO, YES, YES),
    ),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Images to move on paper, then batches; hidden images are larger."""
    return [
        Case("shift_flip", batch.group, batch.title, make=recipe(batch, rng)) for batch in BATCHES
    ]


def recipe(batch: Batch, rng: np.random.Generator | None):
    """A recipe for x, the moves and the flips."""
    N, *sizes = batch.shape
    if rng is not None:
        sizes = [sizes[0], *grown(sizes[1:], rng)]
    moves = np.array([[pixels(move, sizes) for move in own] for own in batch.moves])
    plain = batch.group == "basic" and rng is None

    def make(rng: np.random.Generator) -> Inputs:
        x = counted(N, *sizes) if plain else drawn(rng, N, *sizes)
        return {"x": x, "dyx": moves.copy(), "flip": np.array(batch.flips)}

    return make


def pixels(move: int | str, sizes: list[int]) -> int:
    """By how many pixels to move, for images of C, H and W."""
    if isinstance(move, int):
        return move
    sign, letter, more = re.fullmatch(r"(-?)([HW])([+-]1)?", move).groups()
    size = sizes["CHW".index(letter)]
    return (-size if sign else size) + int(more or 0)


EXERCISE = Exercise(
    slug="shift_flip",
    number="6.4",
    chapter="06-regularization",
    title="Move and mirror images",
    functions=(Function("shift_flip", "x, dyx, flip"),),
    groups=(Group("basic", 2.5), Group("edge", 2.5), Group("float32", 0.5), Group("robust", 0.5)),
    make_cases=make_cases,
    minutes=30,
    difficulty=2,
)
