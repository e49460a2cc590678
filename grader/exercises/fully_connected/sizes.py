"""Other sizes for hidden cases: equal ones stay equal, different ones different, 1 stays 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def grown(sizes: Sequence[int], rng: np.random.Generator) -> tuple[int, ...]:
    """Enlarge sizes so that they relate to one another as before.

    A case with as many rows as columns exists because swapped axes crash elsewhere, and one with
    three different sizes because they show there; both must stay what they are.
    """
    larger, more = {1: 1}, 0
    for size in sorted(set(sizes) - {1}):
        more += int(rng.integers(1, 3))
        larger[size] = size + more
    return tuple(larger[size] for size in sizes)


def counted(*shape: int) -> np.ndarray:
    """The numbers 1, 2, 3, … in an array, to be computed with on paper."""
    return np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)


def drawn(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Random numbers with two decimals, none of them zero."""
    numbers = rng.normal(size=shape).round(2)
    return np.where(numbers == 0, 0.5, numbers)


def biases(rng: np.random.Generator, count: int) -> np.ndarray:
    """Halves of either sign, all different from zero."""
    return rng.integers(1, 20, count) / 2 * rng.choice([-1, 1], count)
