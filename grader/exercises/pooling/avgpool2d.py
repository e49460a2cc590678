"""Exercise 2.4: average every window, and share each gradient among its pixels."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.pooling.configs import choose
from grader.exercises.pooling.maxpool2d_backward import gradients
from grader.exercises.pooling.maxpool2d_forward import maps
from grader.exercises.pooling.poolings import AVERAGES

FORWARD, BACKWARD = "avgpool2d_forward", "avgpool2d_backward"


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Every configuration without dilation, first forward, then backward."""
    configs = choose(rng, AVERAGES)
    return [
        *(Case(FORWARD, group(c.group, FORWARD), c.title, make=maps(c)) for c in configs),
        *(Case(BACKWARD, group(c.group, BACKWARD), c.title, make=gradients(c)) for c in configs),
    ]


def group(name: str, function: str) -> str:
    """The edge cases of both functions count together, their basic ones by themselves."""
    return {FORWARD: "forward", BACKWARD: "backward"}[function] if name == "basic" else name


SETTINGS = "stride=None, padding=0, ceil_mode=False, count_include_pad=True"

EXERCISE = Exercise(
    slug=FORWARD,
    number="2.4",
    chapter="02-pooling",
    title="Average every window",
    functions=(
        Function(FORWARD, f"x, k, {SETTINGS}"),
        Function(BACKWARD, f"dy, x, k, {SETTINGS}", ("dx",)),
    ),
    groups=(
        Group("forward", 2),
        Group("backward", 3),
        Group("edge", 2),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=40,
    extras=("ceil_mode", "count_include_pad"),
    difficulty=2,
)
