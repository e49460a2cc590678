"""Exercise 8.2: train a network on digits, and name digits that nobody has told it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.data import load
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.training import InOtherCompany

SECONDS = 55.0

# Title, set, images to train on, new images, epochs, groups with the share that must be right.
# The first case is small and called several times: it shows whether the seed settles everything,
# and whether each new image is named by itself.
LISTED = (
    ("200 digits of 8 × 8 pixels, one epoch", "digits", 200, 50, 1, (("digits", 0.0),)),
    (
        "digits of 8 × 8 pixels",
        *("digits", 1400, 397, 20),
        (("digits", 0.93), ("digits, 95.5 %", 0.955)),
    ),
    (
        "digits of 28 × 28 pixels",
        *("mnist5k", 2000, 1000, 4),
        (("MNIST", 0.89), ("MNIST, 92 %", 0.92)),
    ),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Three trainings; hidden ones choose other images and give the digits other numbers."""
    cases = []
    for title, name, count, new, epochs, least in LISTED:
        if rng is not None:
            new -= int(rng.integers(5, 40))
        make = recipe(name, (count, new), epochs, chosen=rng and rng.integers(1, 2**31))
        small = least[0][1] == 0
        cases.append(
            Case(
                *("train_lenet", least[0][0], title),
                make=make,
                dtype="float32",
                least=least,
                once=not small,
                seconds=SECONDS,
                drive=InOtherCompany() if small else None,
            )
        )
    return cases


def recipe(
    name: str, sizes: tuple[int, int], epochs: int, *, chosen: int | None
) -> Callable[[np.random.Generator], Inputs]:
    """Images with labels, new images, the number of epochs and a seed."""

    def make(rng: np.random.Generator) -> Inputs:
        digits = load(name)
        train, new, names = drawn(name, sizes, chosen)
        return {
            "x": digits.x[train],
            "t": names[digits.t[train]],
            "x_new": digits.x_new[new],
            "epochs": epochs,
            "seed": int(rng.integers(0, 1000)),
        }

    return make


def drawn(
    name: str, sizes: tuple[int, int], chosen: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which images are trained on, which are new, and the number that stands for each digit.

    Args:
        name: the set.
        sizes: how many images to train on, and how many new ones.
        chosen: None for the first images and the digits' own numbers, else a number that decides.
    """
    digits = load(name)
    if chosen is None:
        return np.arange(sizes[0]), np.arange(sizes[1]), np.arange(10)
    rng = np.random.default_rng(chosen)
    train = rng.permutation(len(digits.x))[: sizes[0]]
    return train, rng.permutation(len(digits.x_new))[: sizes[1]], rng.permutation(10)


EXERCISE = Exercise(
    slug="train_lenet",
    number="8.2",
    chapter="08-classic-networks",
    title="Train it on digits",
    functions=(
        Function(
            "train_lenet",
            "x, t, x_new, epochs, seed",
            outputs=("losses", "guesses"),
            kind="training",
        ),
    ),
    groups=(
        Group("digits", 7),
        Group("digits, 95.5 %", 3),
        Group("MNIST", 3),
        Group("MNIST, 92 %", 2),
    ),
    make_cases=make_cases,
    minutes=90,
    difficulty=3,
    forbidden=(*ALLOWED_LAYERS, "sklearn"),
)
