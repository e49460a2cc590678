"""The numbers that dropout is given: values, the draws that decide, and masks for the way back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercises.fully_connected.sizes import counted, drawn

# Draws are multiples of this step, which float32 holds exactly: it decides as float64 does.
STEPS = 64
BY_HAND_STEPS = 8

Fill = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]


def draws(rng: np.random.Generator, shape: tuple[int, ...], p: float, *, by_hand: bool = False):
    """Numbers from 0 up to, but not including, 1.

    Some are below p and some are not, if p lies between 0 and 1; one is p itself, if it can be.
    A single one is close to 1, so that what it decides over is kept.
    """
    steps = BY_HAND_STEPS if by_hand else STEPS
    u = rng.integers(0, steps, shape) / steps
    places = rng.permutation(u.size)
    if 0 < p < 1 and u.size > 1:
        u.flat[places[0]] = rng.integers(0, int(p * steps) or 1) / steps
        u.flat[places[1]] = max((steps - 1) / steps, 1 - (1 - p) / 2)
    if 0 < p < 1 and u.size > 2 and p * steps == int(p * steps):
        u.flat[places[2]] = p
    if u.size == 1:
        u.flat[0] = (steps - 1) / steps
    if p == 0:
        u.flat[places[0]] = 0
    return u


def factors(rng: np.random.Generator, shape: tuple[int, ...], p: float, *, train: bool):
    """A mask as a forward pass hands it on: what each number was multiplied by."""
    if not train:
        return np.ones(shape)
    return (draws(rng, shape, p) >= p) / (1 - p) if p < 1 else np.zeros(shape)


def by_hand(_: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """1, 2, 3, …"""
    return counted(*shape)


def plain(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Random numbers of either sign."""
    return drawn(rng, *shape)


def with_zeros(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Random numbers, every second one 0, so that a 0 in y need not mean that it was dropped."""
    x = drawn(rng, *shape)
    x.flat[::2] = 0
    return x


def large(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers in the thousands."""
    return 1e4 * drawn(rng, *shape)


FILLS: dict[str, Fill] = {
    "by hand": by_hand,
    "plain": plain,
    "zeros": with_zeros,
    "large": large,
}


def slopes(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """A gradient from above: quarters of either sign, none of them 1 or -1."""
    dy = rng.integers(2, 30, shape) / 4
    return np.where(dy == 1, 1.5, dy) * rng.choice([-1, 1], shape)
