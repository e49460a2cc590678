"""Exercise 8.6: four ways of looking at the same map, side by side, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.convolution.conv_out import always

Widths = tuple[int, tuple[int, int], tuple[int, int], int]


@dataclass(frozen=True)
class Sizes:
    """A map, and how many channels each way has.

    Args:
        title: what is special here.
        N, C, H, W: the map.
        widths: c1, (c2 reduced, c2), (c3 reduced, c3), c4.
        group: the group of points it belongs to.
        lift: added to x; far below 0, the border of the pool shows.
        single: whether float32 has digits enough.
    """

    title: str
    N: int
    C: int
    H: int
    W: int
    widths: Widths
    group: str = "edge"
    lift: float = 0.0
    single: bool = True

    def grown(self, rng: np.random.Generator) -> Sizes:
        """The same features in other sizes; what is 1 stays 1."""
        c1, c2, c3, c4 = self.widths
        more = rng.integers(0, 2, 9).tolist()
        widths = c1 + more[0], (c2[0] + more[1], c2[1] + more[2])
        widths = *widths, (c3[0] + more[3], c3[1] + more[4]), c4 + more[5]
        N = self.N + more[6] * (self.N > 1)
        return replace(self, N=N, H=self.H + more[7], W=self.W + more[8], widths=widths)


ONES: Widths = (1, (1, 1), (1, 1), 1)
SMALL: Widths = (2, (1, 3), (2, 1), 2)
FORWARD = (
    Sizes("one channel on each way", 1, 1, 3, 3, ONES, "basic"),
    Sizes("two channels", 1, 2, 3, 4, SMALL, "basic"),
    Sizes("a batch", 3, 2, 4, 5, (3, (2, 4), (1, 2), 3), "basic"),
    Sizes("large enough for 5 × 5", 2, 3, 6, 7, (2, (2, 3), (2, 4), 1), "basic"),
    Sizes("one pixel", 2, 2, 1, 1, SMALL),
    Sizes("one row", 2, 2, 1, 5, SMALL),
    Sizes("all negative", 2, 2, 4, 3, SMALL, lift=-5.0),
    Sizes("all very negative", 2, 2, 3, 4, SMALL, lift=-1e12, single=False),
    Sizes("all positive", 2, 2, 3, 4, SMALL, lift=5.0),
    Sizes("as many channels on each way", 2, 2, 4, 5, (2, (2, 2), (2, 2), 2)),
    Sizes("all sizes equal", 3, 3, 3, 3, (3, (3, 3), (3, 3), 3)),
)

# Name, C, widths; Szegedy et al. (2015), table 1.
TABLE = (
    ("3a", 192, (64, (96, 128), (16, 32), 32)),
    ("3b", 256, (128, (128, 192), (32, 96), 64)),
    ("4a", 480, (192, (96, 208), (16, 48), 64)),
    ("4b", 512, (160, (112, 224), (24, 64), 64)),
    ("4c", 512, (128, (128, 256), (24, 64), 64)),
    ("4d", 512, (112, (144, 288), (32, 64), 64)),
    ("4e", 528, (256, (160, 320), (32, 128), 128)),
    ("5a", 832, (256, (160, 320), (32, 128), 128)),
    ("5b", 832, (384, (192, 384), (48, 128), 128)),
)
SMALL_TABLE = (("ones", 1, ONES), ("small", 2, SMALL), ("other widths", 3, (4, (5, 6), (7, 8), 9)))

LAYERS = ("1x1", "3x3_reduce", "3x3", "5x5_reduce", "5x5", "pool_proj")


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Small maps, then the blocks of GoogLeNet to count; hidden ones have other sizes."""
    listed = FORWARD if rng is None else [sizes.grown(rng) for sizes in FORWARD]
    cases = [Case("inception", s.group, s.title, make=recipe(s), single=s.single) for s in listed]
    for title, C, widths in (*SMALL_TABLE, *TABLE):
        if rng is not None:
            C += int(rng.integers(1, 9))
        make = always({"C": C, "widths": widths})
        cases.append(Case("inception_params", "table", f"block {title}", make=make))
    return cases


def recipe(sizes: Sizes) -> Callable[[np.random.Generator], Inputs]:
    """x, and weight and bias of the six convolutions."""

    def make(rng: np.random.Generator) -> Inputs:
        C, (c1, c2, c3, c4) = sizes.C, sizes.widths
        shapes = (c1, C, 1), (c2[0], C, 1), (c2[1], c2[0], 3), (c3[0], C, 1), (c3[1], c3[0], 5)
        params = {}
        for name, (out, channels, k) in zip(LAYERS, (*shapes, (c4, C, 1)), strict=True):
            params[f"{name}.weight"] = rng.normal(size=(out, channels, k, k)).round(2)
            params[f"{name}.bias"] = rng.normal(0.3, 0.5, out).round(2)
        x = rng.normal(size=(sizes.N, C, sizes.H, sizes.W)).round(2) + sizes.lift
        return {"x": x, "params": params}

    return make


EXERCISE = Exercise(
    slug="inception",
    number="8.6",
    chapter="08-classic-networks",
    title="Look in four ways at once",
    functions=(
        Function("inception", "x, params"),
        Function("inception_params", "C, widths", ("count",), "exact"),
    ),
    groups=(
        Group("basic", 3),
        Group("edge", 2),
        Group("table", 2),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=35,
    difficulty=2,
    forbidden=ALLOWED_LAYERS,
)
