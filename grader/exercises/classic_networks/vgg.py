"""Exercise 8.5: blocks that networks are repeated from, VGG's and that of network in network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.case import Case, Inputs
from grader.exercise import Exercise, Function, Group
from grader.exercises.classic_networks.lenet import ALLOWED_LAYERS
from grader.exercises.classic_networks.words import InWords
from grader.exercises.convolution.conv_out import always

# Title, (convolutions, channels) of each block, classes (None: the default).
VGGS = (
    ("one block of one convolution", ((1, 4),), 2),
    ("one block of two convolutions", ((2, 4),), 3),
    ("two blocks", ((1, 4), (2, 8)), 5),
    ("channels that do not double", ((3, 6), (1, 5), (2, 5)), 7),
    ("VGG-11", ((1, 64), (1, 128), (2, 256), (2, 512), (2, 512)), 10),
    ("VGG-16", ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)), None),
)

# Title, out, k, s, p (None: the default).
NIN_BLOCKS = (
    ("3 × 3, as usual", 8, 3, None, None),
    ("the first block of NiN", 96, 11, 4, None),
    ("the second block of NiN", 256, 5, None, 2),
    ("the third block of NiN", 384, 3, None, 1),
    ("stride and padding", 10, 5, 3, 1),
    ("1 × 1", 6, 1, None, None),
)

# Group, title, N, C, H, W, (F, G, K), kernel, stride, padding (None: the default).
FORWARD = (
    ("nin_forward", "one pixel", 1, 1, 1, 1, (1, 1, 1), (1, 1), None, None),
    ("nin_forward", "one channel", 1, 1, 3, 3, (2, 2, 1), (2, 2), None, None),
    ("nin_forward", "a batch", 3, 2, 5, 4, (3, 3, 3), (3, 3), None, None),
    ("nin_forward", "padding 1", 2, 2, 3, 4, (3, 3, 3), (3, 3), None, 1),
    ("nin_forward", "stride 2", 2, 3, 7, 6, (4, 4, 4), (3, 3), 2, None),
    ("nin_forward", "a wide kernel", 2, 2, 4, 6, (3, 2, 4), (2, 3), None, None),
    ("nin_forward", "everything at once", 2, 3, 9, 8, (4, 5, 3), (5, 5), 2, 2),
    ("nin_forward", "all sizes equal", 3, 3, 3, 3, (3, 3, 3), (1, 1), None, None),
)

# k, C.
STACKS = ((3, 1), (5, 1), (7, 1), (5, 64), (7, 64), (9, 16), (1, 8), (11, 3), (15, 32))


def make_cases(rng: np.random.Generator | None) -> list[Case]:
    """Networks and blocks to build, blocks to compute, stacks to compare."""
    cases = []
    for title, arch, classes in VGGS:
        if rng is not None:
            arch = tuple((n, c + int(rng.integers(0, 9))) for n, c in arch)
        inputs = {"arch": arch} | ({} if classes is None else {"classes": classes})
        cases.append(Case("vgg", "vgg", title, make=always(inputs), drive=InWords()))
    for title, out, k, s, p in NIN_BLOCKS:
        out += 0 if rng is None else int(rng.integers(0, 9))
        inputs = {"out": out, "k": k, "s": s, "p": p}
        given = {name: value for name, value in inputs.items() if value is not None}
        cases.append(Case("nin_block", "nin_block", title, make=always(given), drive=InWords()))
    for group, title, *sizes in FORWARD:
        cases.append(Case("nin_forward", group, title, make=recipe(*sizes, rng=rng)))
    for k, C in STACKS:
        C += 0 if rng is None else int(rng.integers(0, 9))
        make = always({"k": k, "C": C})
        cases.append(Case("stack_of_3x3", "stack_of_3x3", f"{k} × {k}, C = {C}", make=make))
    return cases


def recipe(*sizes, rng: np.random.Generator | None) -> Callable[[np.random.Generator], Inputs]:
    """x, three weights, three biases and, unless they are the default, stride and padding."""
    N, C, H, W, filters, kernel, stride, padding = sizes
    if rng is not None:
        N, C, H, W = (size + int(rng.integers(0, 2)) for size in (N, C, H, W))
        filters = tuple(count + int(rng.integers(0, 2)) for count in filters)
    options = {"stride": stride, "padding": padding}

    def make(rng: np.random.Generator) -> Inputs:
        kernels, before, weights, biases = (kernel, (1, 1), (1, 1)), C, [], []
        for count, size in zip(filters, kernels, strict=True):
            weights.append(rng.normal(size=(count, before, *size)).round(2))
            biases.append(rng.normal(0.2, 0.5, count).round(2))
            before = count
        x = rng.normal(size=(N, C, H, W)).round(2)
        given = {name: value for name, value in options.items() if value is not None}
        return {"x": x, "weights": weights, "biases": biases} | given

    return make


EXERCISE = Exercise(
    slug="vgg",
    number="8.5",
    chapter="08-classic-networks",
    title="Build from blocks",
    functions=(
        Function("vgg", "arch, classes=1000", ("layers",), "exact"),
        Function("nin_block", "out, k, s=1, p=0", ("layers",), "exact"),
        Function("nin_forward", "x, weights, biases, stride=1, padding=0"),
        Function("stack_of_3x3", "k, C", ("numbers",), "exact"),
    ),
    groups=(
        Group("vgg", 2),
        Group("nin_block", 1),
        Group("nin_forward", 3),
        Group("stack_of_3x3", 1),
        Group("float32", 0.5),
        Group("robust", 0.5),
    ),
    make_cases=make_cases,
    minutes=40,
    difficulty=2,
    forbidden=ALLOWED_LAYERS,
)
