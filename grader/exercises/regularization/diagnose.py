"""Exercise 6.5: read off two learning curves what is wrong with a training run."""

from __future__ import annotations

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.regularization.curves import CURVES, curve

# Group, title, training error, validation error, baseline; all in percent. `9*4` means four epochs
# with 9. Means of four such numbers are exact, and some lie exactly on a border.
BY_HAND = (
    ("basic", "low and close", "30 22 16 12 10*8", "32 24 18 14 12*8", 8),
    ("basic", "both high", "50 44 38 34 30*8", "52 46 40 36 32*8", 8),
    ("basic", "far apart", "20 8 4 2 1*8", "30 22 18 16 15*8", 4),
    ("basic", "both falling", "50 46 42 38 34 30 26 22", "52 48 44 40 36 32 28 24", 8),
    ("edge", "both fall by exactly 2", "32*4 30*4", "34*4 32*4", 10),
    ("edge", "both fall by 2.5", "72.5*4 70*4", "74.5*4 72*4", 8),
    ("edge", "both fall by 1.5", "21.5*4 20*4", "23.5*4 22*4", 8),
    ("edge", "both fall by 4.5", "36.5*4 32*4", "40.5*4 36*4", 8),
    ("edge", "both fall by 0.5", "50.5*4 50*4", "51.5*4 51*4", 40),
    ("edge", "both fall by 0.5 at a low level", "5.5*4 5*4", "6.5*4 6*4", 4),
    ("edge", "both fall by 3 at a low level", "13*4 10*4", "15*4 12*4", 10),
    ("edge", "both fall by 3, one far above the other", "8*4 5*4", "33*4 30*4", 4),
    ("edge", "exactly 5 above the baseline", "15*8", "17*8", 10),
    ("edge", "5.5 above the baseline", "15 16 15 16 15 16 15 16", "17*8", 10),
    ("edge", "exactly 5 apart", "9*8", "14*8", 10),
    ("edge", "5.5 apart", "9 8 9 8 9 8 9 8", "14*8", 10),
    ("edge", "5.25 above the baseline", "15*7 16", "17*8", 10),
    ("edge", "5.25 apart", "9*7 8", "14*8", 10),
    ("edge", "both fall by 2.25", "33 32*3 30*4", "35 34*3 32*4", 8),
    ("edge", "3 above the baseline, 3 apart", "8*8", "11*8", 5),
    ("edge", "3 above the baseline, close", "8*8", "8*8", 5),
    ("edge", "2.5 above a high baseline, 2.5 apart", "62.5*8", "65*8", 60),
    ("edge", "1 above the baseline, 1 apart", "9*8", "10*8", 8),
    ("edge", "a low baseline", "6*8", "6*8", 2),
    ("edge", "6 above a low baseline", "8*8", "8*8", 2),
    ("edge", "far apart, both below the baseline", "2*8", "9*8", 12),
    ("edge", "4.5 apart, low", "3*8", "7.5*8", 3),
    ("edge", "8 apart, high", "30*8", "38*8", 27),
    ("edge", "8 above a high baseline", "40*8", "41*8", 32),
    ("edge", "training falls, validation rises", "12 10*2 8 4*2 2*2", "14*4 18*2 20*2", 6),
    ("edge", "training falls, validation stays", "44*2 40*2 34*2 30*2", "46*8", 8),
    ("edge", "training stays, validation falls", "9*8", "18*4 12*4", 8),
    ("edge", "training falls fast, validation slowly", "16*4 9*4", "12*4 11*4", 8),
    ("edge", "validation falls fast, training slowly", "11*4 10*4", "20*4 13*4", 8),
    ("edge", "training falls fast, validation slowly, both high", "36*4 30*4", "33*4 32*4", 8),
    ("edge", "validation falls fast, training slowly, both high", "31*4 30*4", "38*4 32*4", 8),
    ("edge", "training falls by exactly 2, validation by 6", "34*4 32*4", "44*4 38*4", 8),
    ("edge", "validation falls by exactly 2, training by 6", "44*4 38*4", "42*4 40*4", 8),
    ("edge", "training falls by 1.5, validation by 6", "33.5*4 32*4", "44*4 38*4", 8),
    ("edge", "validation falls by 1.5, training by 6", "44*4 38*4", "41.5*4 40*4", 8),
    ("edge", "training fell nine epochs ago", "60 30*8", "44*5 38*4", 8),
    ("edge", "validation fell nine epochs ago", "44*5 38*4", "70 40*8", 8),
    ("edge", "training, the fourth last epoch is bad", "36*4 50 30*3", "44*4 38*4", 8),
    ("edge", "validation, the fourth last epoch is bad", "44*4 38*4", "46*4 60 40*3", 8),
    ("edge", "training, the fifth last epoch is good", "30*3 10 26*4", "44*4 38*4", 8),
    ("edge", "validation, the fifth last epoch is good", "44*4 38*4", "40*3 14 36*4", 8),
    ("edge", "training, the eighth last epoch is good", "10 30*3 26*4", "44*4 38*4", 8),
    ("edge", "validation, the eighth last epoch is good", "44*4 38*4", "14 40*3 36*4", 8),
    ("edge", "high and far apart", "30*8", "48*8", 10),
    ("edge", "high and very far apart", "30*8", "64*8", 10),
    ("edge", "both fall by 30", "60*4 30*4", "64*4 34*4", 8),
    ("edge", "training stays, validation falls, far apart", "9*8", "30*4 20*4", 8),
    ("edge", "both rise", "20*4 34*4", "22*4 36*4", 8),
    ("edge", "rising, and still low", "3*4 8*4", "4*4 9*4", 6),
    ("edge", "a high baseline", "33*4 31*4", "35*4 34*4", 29),
    ("edge", "far below the baseline", "2*8", "6*8", 12),
    ("edge", "far apart, validation near the baseline", "3*8", "13*8", 12),
    ("edge", "validation below training", "12*8", "4*8", 10),
    ("edge", "fast at first, flat at last", "90 60 30 12 9*8", "90 62 34 16 11*8", 8),
    ("edge", "high, fast at first, flat at last", "90 70 50 42 40*8", "92 72 52 44 42*8", 8),
    ("edge", "best in the middle", "40 20 8 6 4 3 2 1*6", "42 24 12 9 8 9 10 12 14*2 15 16 17", 5),
    (
        "edge",
        "a long way down",
        "90 88 86 84 82 80 60 58 56 54 50 46 42 38",
        "92 90 88 86 84 82 64 62 60 58 54 50 46 42",
        8,
    ),
    ("edge", "first a wall, then a fall", "40*8 36*4", "42*8 38*4", 8),
    ("edge", "one bad epoch", "10*9 26 10*2", "12*12", 8),
    ("edge", "one good epoch", "20*10 4 20", "21*12", 8),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Curves of whole numbers, then noisy ones; hidden ones are higher, and longer."""
    cases = []
    for group, title, train, val, baseline in BY_HAND:
        make = given(train, val, baseline, rng)
        cases.append(Case("diagnose", group, title, make=make))
    for spec in CURVES:
        grown = spec if rng is None else spec.grown(rng)
        cases.append(Case("diagnose", "curves", spec.title, make=noisy(grown)))
    return cases


def given(train: str, val: str, baseline: int, rng: np.random.Generator | None):
    """A recipe for two curves of whole numbers; hidden ones are higher, and begin earlier."""
    higher, earlier = (0, 0) if rng is None else (rng.integers(1, 3) / 2, int(rng.integers(1, 4)))
    curves = [np.append([errors(own)[0]] * earlier, errors(own)) + higher for own in (train, val)]

    def make(_: np.random.Generator) -> Inputs:
        train_err, val_err = (own.copy() for own in curves)
        return {"train_err": train_err, "val_err": val_err, "baseline": float(baseline + higher)}

    return make


def errors(text: str) -> list[float]:
    """The numbers of a curve: `9*4` stands for 9 9 9 9."""
    parts = [part.partition("*") for part in text.split()]
    return [float(error) for error, _, times in parts for _ in range(int(times or 1))]


def noisy(spec):
    """A recipe for two noisy curves."""

    def make(rng: np.random.Generator) -> Inputs:
        train, val = (curve(spec, levels, off, rng) for levels, off in spec.both)
        return {"train_err": train, "val_err": val, "baseline": spec.baseline}

    return make


EXERCISE = Exercise(
    slug="diagnose",
    number="6.5",
    chapter="06-regularization",
    title="Diagnose a training run",
    functions=(Function("diagnose", "train_err, val_err, baseline", ("diagnosis",), "exact"),),
    groups=(Group("basic", 1), Group("edge", 1.5), Group("curves", 1.5)),
    make_cases=make_cases,
    minutes=20,
    difficulty=1,
)
