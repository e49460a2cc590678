"""Exercise 8.9: how many numbers nine networks learn, to the last one."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.convolution.conv_out import always

NETWORKS = (
    "lenet",
    "alexnet",
    "vgg11",
    "vgg16",
    "nin",
    "googlenet",
    "resnet18",
    "resnet34",
    "resnet50",
)

# What LeNet was made for; the others take colour photos of a thousand classes.
GREY = {"lenet": {"channels": 1, "classes": 10}}


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Each network as it is, and for other images and classes."""
    cases = []
    for name in NETWORKS:
        channels, classes = (2, 7) if rng is None else rng.integers(1, 40, 2).tolist()
        usual = {"name": name} | GREY.get(name, {})
        other = {"name": name, "channels": channels, "classes": classes}
        if rng is None:
            cases.append(Case("summary", "networks", name, make=always(usual)))
        title = f"{name}, channels={channels}, classes={classes}"
        cases.append(Case("summary", "other sizes", title, make=always(other)))
    if rng is not None:
        more = {"name": "vgg11", "channels": 4, "classes": int(rng.integers(40, 90))}
        cases.append(Case("summary", "networks", "vgg11, more classes", make=always(more)))
    return cases


EXERCISE = Exercise(
    slug="summary",
    number="8.9",
    chapter="08-classic-networks",
    title="Count nine networks",
    functions=(Function("summary", "name, channels=3, classes=1000", ("count",), "exact"),),
    groups=(Group("networks", 3), Group("other sizes", 1)),
    make_cases=make_cases,
    minutes=45,
    difficulty=2,
    forbidden=ALLOWED_LAYERS,
)
