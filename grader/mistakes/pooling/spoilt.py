"""A right pooling, forward and backward, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from grader.exercises.convolution.configs import pair
from grader.mistakes.shapes import only_if

Two = tuple[int, int]


@dataclass(frozen=True)
class Call:
    """The arguments of one pooling, and the choices a learner can get wrong.

    Args:
        lead: how far above and left of the map the first window starts.
        trail: how many pixels of padding there are below and on the right.
        rounded: counts the windows along one axis from n, the room for steps, the stride and
            both paddings.
        fill: what a window finds in the padding.
        beyond: what it finds behind the padding, where windows stick out.
        near: the first row and column of the map that it sees; those below zero count from the end.
        far: how many rows and columns at the end of the map it does not see.
        size: (OH, OW); found from the rest if None.
    """

    x: np.ndarray
    kernel: Two
    stride: Two
    padding: Two
    dilation: Two
    ceil: bool
    include: bool = True
    lead: Two | None = None
    trail: Two | None = None
    rounded: Callable[..., int] | None = None
    fill: float = -np.inf
    beyond: float = -np.inf
    near: Two = (0, 0)
    far: Two = (0, 0)
    size: Two | None = None

    @property
    def starts(self) -> Two:
        """How far outside the map the first window starts."""
        return self.padding if self.lead is None else self.lead

    @property
    def ends(self) -> Two:
        """How many pixels of padding follow the map."""
        return self.padding if self.trail is None else self.trail

    @cached_property
    def out(self) -> Two:
        """The size of the result."""
        count = self.rounded or (torchs if self.ceil else floor)
        size = self.size or tuple(
            count(n, n + p + q - d * (k - 1) - 1, s, p)
            for n, k, s, d, p, q in zip(
                self.x.shape[2:],
                *(self.kernel, self.stride, self.dilation, self.starts, self.ends),
                strict=True,
            )
        )
        return only_if(min(size) > 0, size)

    def places(self, axis: int) -> np.ndarray:
        """The row or column of the map that each number of each window is, (O, K)."""
        first = self.stride[axis] * np.arange(self.out[axis]) - self.starts[axis]
        return first[:, None] + self.dilation[axis] * np.arange(self.kernel[axis])

    def seen(self, axis: int) -> np.ndarray:
        """Whether each of these places is a row or column of the map, (O, K)."""
        place, n = self.places(axis), self.x.shape[2 + axis]
        return (place >= self.near[axis]) & (place < n - self.far[axis])

    def counts(self, axis: int) -> np.ndarray:
        """Whether each of these places is a row or column of the map or its padding, (O, K)."""
        return self.places(axis) < self.x.shape[2 + axis] + self.ends[axis]

    @cached_property
    def inside(self) -> np.ndarray:
        """Whether each number of each window is a pixel of the map, (OH, OW, KH, KW)."""
        return both(self.seen(0), self.seen(1))

    @cached_property
    def known(self) -> np.ndarray:
        """Whether each number of each window is a pixel of the map or of its padding."""
        return both(self.counts(0), self.counts(1))

    @property
    def where(self) -> tuple:
        """The index into a map that gives its windows; the far end stands for outside."""
        rows, columns = (
            np.where(self.seen(axis), self.places(axis) % n, n)
            for axis, n in enumerate(self.x.shape[2:])
        )
        return ..., rows[:, None, :, None], columns[None, :, None, :]

    @cached_property
    def windows(self) -> np.ndarray:
        """What each window sees, (N, C, OH, OW, KH, KW)."""
        seen = framed(self.x)[self.where]
        filled = np.where(self.known, self.fill, self.beyond).astype(self.x.dtype)
        return np.where(self.inside, seen, filled)


def both(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """What holds for a row (OH, KH) and a column (OW, KW) at once, (OH, OW, KH, KW)."""
    return rows[:, None, :, None] & columns[None, :, None, :]


def framed(x: np.ndarray) -> np.ndarray:
    """A map with one more row and column, which stand for everything outside."""
    frame = np.zeros((*x.shape[:2], x.shape[2] + 1, x.shape[3] + 1), dtype=x.dtype)
    frame[:, :, :-1, :-1] = x
    return frame


def floor(n: int, room: int, s: int, p: int) -> int:
    """How many windows fit completely."""
    return room // s + 1


def naive(n: int, room: int, s: int, p: int) -> int:
    """How many windows there are if any that sticks out counts."""
    return -(-room // s) + 1


def torchs(n: int, room: int, s: int, p: int) -> int:
    """How many windows there are with ceil_mode: each starts before the end of the map."""
    out = naive(n, room, s, p)
    return out - 1 if (out - 1) * s >= n + p else out


def called(x, k, stride=None, padding=0, dilation=1, ceil_mode=False) -> Call:
    """A call as it should be."""
    step = pair(k if stride is None else stride)
    return Call(x, pair(k), step, pair(padding), pair(dilation), bool(ceil_mode))


def changed(call: Call, changes: dict[str, Callable]) -> Call:
    """The call with the changes, all of which see the right call."""
    return replace(call, **{name: change(call) for name, change in changes.items()})


def scattered(shares: np.ndarray, call: Call) -> np.ndarray:
    """What each pixel receives from all windows (N, C, OH, OW, KH, KW) together."""
    frame = framed(np.zeros_like(call.x))
    np.add.at(frame, call.where, shares)
    return frame[:, :, :-1, :-1].copy()
