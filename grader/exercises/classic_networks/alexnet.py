"""Exercise 8.4: AlexNet written down twice, and which images fit its first layer."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.classic_networks.words import InWords
from grader.exercises.convolution.conv_out import always

# Title, k, s, p, low, high.
SIDES = (
    ("AlexNet's first layer", 11, 4, 0, 220, 230),
    ("with padding 2", 11, 4, 2, 220, 230),
    ("with padding 1", 11, 4, 1, 220, 230),
    ("a small kernel", 3, 2, 0, 3, 9),
    ("stride 1", 5, 1, 0, 5, 8),
    ("the kernel as large as the image", 4, 3, 0, 4, 4),
    ("one side only, which does not fit", 4, 3, 0, 5, 5),
    ("too small at first", 7, 2, 0, 3, 10),
    ("padding makes up for the kernel", 7, 2, 2, 1, 8),
    ("an even kernel", 2, 2, 0, 2, 9),
    ("stride larger than the kernel", 2, 3, 0, 2, 12),
    ("stride 3 with padding", 5, 3, 1, 3, 12),
    ("ResNet's first layer", 7, 2, 3, 218, 226),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Both versions, then layers to fit images to; hidden ones have other numbers."""
    cases = [
        Case(
            "alexnet",
            version,
            f"the version {version!r}",
            make=always({"version": version}),
            drive=InWords(),
        )
        for version in ("2012", "d2l")
    ]
    for title, k, s, p, low, high in SIDES:
        if rng is not None:
            k, s = k + int(rng.integers(0, 3)), s + int(rng.integers(0, 2))
            low, high = low + int(rng.integers(0, 3)), high + int(rng.integers(3, 9))
        inputs = {"k": k, "s": s, "p": p, "low": low, "high": high}
        cases.append(Case("fitting_sides", "fitting_sides", title, make=always(inputs)))
    return cases


EXERCISE = Exercise(
    slug="alexnet",
    number="8.4",
    chapter="08-classic-networks",
    title="Write AlexNet down",
    functions=(
        Function("alexnet", "version", ("layers",), "exact"),
        Function("fitting_sides", "k, s, p, low, high", ("sides",), "exact"),
    ),
    groups=(Group("2012", 2), Group("d2l", 2), Group("fitting_sides", 1)),
    make_cases=make_cases,
    minutes=25,
    difficulty=1,
    forbidden=ALLOWED_LAYERS,
)
