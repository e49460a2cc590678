"""One pooling to try in exercises 2.2 to 2.4: its sizes, its settings and what fills its map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from grader.exercises.convolution.configs import Number, pair


@dataclass(frozen=True)
class Config:
    """The sizes and settings of one pooling.

    Args:
        title: what is special here.
        x: the shape (N, C, H, W).
        k: the window's side, or a pair of sides.
        group: the group of points it belongs to.
        ceil: whether a window that sticks out at the end counts.
        include: whether an average counts the pixels of the padding.
        fill: how x is filled, a name in `FILLS`.
    """

    title: str
    x: tuple[int, int, int, int]
    k: Number
    group: str = "edge"
    stride: Number | None = None
    padding: Number = 0
    dilation: Number = 1
    ceil: bool = False
    include: bool = True
    fill: str = "distinct"

    @property
    def settings(self) -> dict[str, Number | bool]:
        """The keyword arguments that differ from their defaults."""
        names = ("stride", "padding", "dilation", "ceil_mode", "count_include_pad")
        values = (self.stride, self.padding, self.dilation, self.ceil, self.include)
        usual = (None, 0, 1, False, True)
        return {n: v for n, v, u in zip(names, values, usual, strict=True) if v != u}

    @property
    def step(self) -> tuple[int, int]:
        """The stride along rows and columns."""
        return pair(self.k if self.stride is None else self.stride)

    @property
    def out(self) -> tuple[int, int]:
        """The size (OH, OW) of the result."""
        return tuple(self._along(axis) for axis in (0, 1))

    def _along(self, axis: int) -> int:
        n, k, s = self.x[2 + axis], pair(self.k)[axis], self.step[axis]
        p, d = pair(self.padding)[axis], pair(self.dilation)[axis]
        room = n + 2 * p - d * (k - 1) - 1
        starts = range(0, n + p, s) if self.ceil else range(0, room + 1, s)
        return min(len(starts), -(-room // s) + 1)

    def grown(self, rng: np.random.Generator) -> Config:
        """The same features with other sizes.

        Height and width grow by multiples of the stride, which keeps a remainder a remainder.
        """
        more = tuple(int(rng.integers(low, 3)) for low in (1, 0, 0, 0))
        n, c, *size = self.x
        whole = tuple(size) == pair(self.k) and self.out == (1, 1)
        alike = len({*self.x}) == 1
        if alike:
            more = (2 * more[0],) * 2 + (more[0],) * 2
        # A single window along an axis stays the only one.
        steps = [
            0 if o == 1 and not whole else extra * (1 if whole else s)
            for extra, o, s in zip(more[2:], self.out, self.step, strict=True)
        ]
        size = [m + step for m, step in zip(size, steps, strict=True)]
        k = tuple(size) if whole and self.k != 1 else self.k
        fill = "hand" if self.fill == "worked" else self.fill
        return replace(self, x=(n + more[0], c + more[1], *size), k=k, fill=fill)

    def filled(self, rng: np.random.Generator) -> np.ndarray:
        """An x for it."""
        return FILLS[self.fill](rng, self.x)


def worked(_: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """The chapter's worked example."""
    rows = [[1, 3, 2, 0], [4, 2, 1, 1], [0, 5, 7, 6], [1, 2, 8, 3]]
    return np.array(rows, dtype=np.float64).reshape(shape)


def hand(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """The numbers 1, 2, 3, … shuffled, small enough to be followed on paper."""
    return rng.permutation(np.arange(1.0, 1.0 + np.prod(shape))).reshape(shape)


def distinct(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Quarters, no two alike, positive and negative ones mixed."""
    return (hand(rng, shape) - np.prod(shape) // 2) / 4


def mixed(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Many negative numbers, some of which are the largest ones in magnitude."""
    return np.where(rng.random(shape) < 0.9, -1.0, 1.0) * hand(rng, shape)


def close(_: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers that grow so slowly that they look alike; in float32 they are."""
    return 1 + 1e-11 * np.arange(np.prod(shape)).reshape(shape)


FILLS = {
    "worked": worked,
    "hand": hand,
    "distinct": distinct,
    "negative": lambda rng, shape: -hand(rng, shape),
    "mixed": mixed,
    "ties": lambda rng, shape: rng.integers(-1, 2, shape).astype(np.float64),
    "close": close,
    "zeros": lambda _, shape: np.zeros(shape),
    # A rounded -0.04 is -0.0, of which some machines' maximum with 0 is -0.0 and others' is 0.0.
    "relu": lambda rng, shape: np.maximum(rng.normal(size=shape).round(1), 0) + 0.0,
    "huge": lambda rng, shape: -1e30 * hand(rng, shape),
}


def choose(rng: np.random.Generator | None, configs: tuple[Config, ...]) -> list[Config]:
    """These configurations for None, others with the same features for a generator."""
    return [config if rng is None else config.grown(rng) for config in configs]
