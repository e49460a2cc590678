"""Exercise 3.6: what the end of a network costs, in numbers to learn."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.convolution.conv_out import always
from grader.exercises.fully_connected.sizes import grown

KINDS = ("fc", "fc4096", "gap", "conv1x1+gap")
WHAT = {
    "fc": "one linear layer",
    "fc4096": "two hidden layers",
    "gap": "global average pooling, then linear",
    "conv1x1+gap": "1 × 1 convolution, then global average pooling",
}

# Title, C, H, W, classes; small enough to count on paper.
MAPS = (
    ("one pixel", 3, 1, 1, 2),
    ("a square map", 2, 2, 2, 3),
    ("a wide map", 2, 2, 3, 4),
    ("one channel", 1, 4, 3, 5),
    ("as many classes as channels", 4, 3, 2, 4),
)
NETWORKS = (
    ("VGG-16", 512, 7, 7, 1000),
    ("the Keras model of chapter 1", 64, 27, 27, 133),
    ("ResNet-50", 2048, 7, 7, 1000),
    ("LeNet", 16, 5, 5, 10),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Each kind of head on each map."""
    listed = [("basic", *entry) for entry in MAPS] + [("networks", *entry) for entry in NETWORKS]
    cases = []
    for group, title, *sizes in listed:
        sizes = sizes if rng is None else grown(sizes, rng)
        for kind in KINDS:
            full = f"{title}, {WHAT[kind]}" if rng is None else f"{WHAT[kind]} behind {sizes}"
            cases.append(Case("head_params", group, full, make=always(_inputs(sizes, kind))))
    return cases


def _inputs(sizes, kind: str) -> Inputs:
    return dict(zip(("C", "H", "W", "classes"), sizes, strict=True)) | {"kind": kind}


EXERCISE = Exercise(
    slug="head_params",
    number="3.6",
    chapter="03-fully-connected",
    title="Compare what heads cost",
    functions=(Function("head_params", "C, H, W, classes, kind", ("count",), "exact"),),
    groups=(Group("basic", 2), Group("networks", 2)),
    make_cases=make_cases,
    minutes=15,
    difficulty=1,
)
