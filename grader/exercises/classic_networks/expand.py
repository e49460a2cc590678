"""Exercise 8.3: write a network out from its pattern, and read the pattern again."""

from __future__ import annotations

import numpy as np

from grader.case import Case
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.convolution.conv_out import always

# Group, title, N, M, K, pool (None: the default).
EXPANDED = (
    ("expand", "one linear layer", 0, 0, 0, None),
    ("expand", "one convolution", 1, 1, 0, None),
    ("expand", "one convolution, no pooling", 1, 1, 0, False),
    ("expand", "a hidden linear layer", 0, 0, 1, None),
    ("expand", "one of each", 1, 1, 1, None),
    ("expand", "two convolutions before each pooling", 2, 1, 1, None),
    ("expand", "two blocks", 1, 2, 1, None),
    ("expand", "two hidden linear layers", 1, 1, 2, None),
    ("expand", "nothing but pooling", 0, 2, 0, None),
    ("expand", "neither convolutions nor pooling", 0, 2, 1, False),
    ("expand", "no block at all", 3, 0, 2, None),
    ("expand", "a deep network", 2, 3, 2, None),
    ("expand", "a deep network without pooling", 3, 2, 1, False),
    ("expand", "pooling asked for", 2, 2, 0, True),
)

# Title, pattern.
READ = (
    ("one linear layer", "INPUT -> FC"),
    ("one block", "INPUT -> [[CONV -> RELU]*1 -> POOL]*1 -> FC"),
    ("counted blocks", "INPUT -> [[CONV -> RELU]*2 -> POOL]*3 -> [FC -> RELU]*2 -> FC"),
    ("no pooling", "INPUT -> [[CONV -> RELU]*3]*2 -> [FC -> RELU]*1 -> FC"),
    ("nothing counted", "INPUT -> [[CONV -> RELU] -> POOL] -> [FC -> RELU] -> FC"),
    ("no hidden linear layer", "INPUT -> [[CONV -> RELU]*1 -> POOL]*2 -> FC"),
    ("times zero", "INPUT -> [[CONV -> RELU]*2 -> POOL]*0 -> [FC -> RELU]*0 -> FC"),
    ("only pooling", "INPUT -> [[CONV -> RELU]*0 -> POOL]*2 -> FC"),
    ("two digits", "INPUT -> [[CONV -> RELU]*12 -> POOL]*10 -> [FC -> RELU]*11 -> FC"),
    ("without spaces", "INPUT->[[CONV->RELU]*4->POOL]*5->[FC->RELU]*3->FC"),
    (
        "many spaces",
        "  INPUT  ->  [ [ CONV -> RELU ] * 2 -> POOL ] * 4 -> [ FC -> RELU ] * 6 -> FC ",
    ),
    ("only linear layers", "INPUT -> [FC -> RELU]*4 -> FC"),
    (
        "the same number three times",
        "INPUT -> [[CONV -> RELU]*3 -> POOL]*3 -> [FC -> RELU]*3 -> FC",
    ),
)


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Patterns to write out and patterns to read; hidden ones have other numbers."""
    cases = []
    for group, title, *numbers, pool in EXPANDED:
        inputs = dict(zip("NMK", [vary(n, rng) for n in numbers], strict=True))
        inputs |= {} if pool is None else {"pool": pool}
        cases.append(Case("expand", group, title, make=always(inputs)))
    for title, pattern in READ:
        inputs = {"pattern": recounted(pattern, rng)}
        cases.append(Case("read_pattern", "read_pattern", title, make=always(inputs)))
    return cases


def vary(number: int, rng: np.random.Generator | None) -> int:
    """Another number for a hidden case; 0 stays 0."""
    return number + int(rng.integers(0, 4)) if rng is not None and number else number


def recounted(pattern: str, rng: np.random.Generator | None) -> str:
    """The pattern with other factors; a factor of 0 stays."""
    if rng is None:
        return pattern
    head, *parts = pattern.split("*")
    for part in parts:
        text = part.lstrip()
        digits = text[: len(text) - len(text.lstrip("0123456789"))]
        space = part[: len(part) - len(text)]
        head += f"*{space}{vary(int(digits), rng)}{text[len(digits) :]}"
    return head


EXERCISE = Exercise(
    slug="expand",
    number="8.3",
    chapter="08-classic-networks",
    title="Write a pattern out",
    functions=(
        Function("expand", "N, M, K, pool=True", ("layers",), "exact"),
        Function("read_pattern", "pattern", ("numbers",), "exact"),
    ),
    groups=(Group("expand", 2), Group("read_pattern", 2)),
    make_cases=make_cases,
    minutes=20,
    difficulty=1,
    forbidden=ALLOWED_LAYERS,
)
