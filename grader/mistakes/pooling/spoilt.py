"""A right pooling, forward and backward, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from grader.exercises.convolution.configs import pair
from grader.mistakes.convolution.spoilt import only_if

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

    def each(self, seen: Callable[[np.ndarray, int, int], np.ndarray]) -> np.ndarray:
        """What `seen(places, n, p)` says of rows and columns, both at once, (OH, OW, KH, KW)."""
        rows, columns = (
            seen(self.places(axis), self.x.shape[2 + axis], self.ends[axis]) for axis in (0, 1)
        )
        return rows[:, None, :, None] & columns[None, :, None, :]

    @cached_property
    def inside(self) -> np.ndarray:
        """Whether each number of each window is a pixel of the map."""
        return self.each(lambda place, n, p: (place >= 0) & (place < n))

    @cached_property
    def known(self) -> np.ndarray:
        """Whether each number of each window is a pixel of the map or of its padding."""
        return self.each(lambda place, n, p: place < n + p)

    @property
    def where(self) -> tuple:
        """The index into a map that gives its windows; the far end stands for outside."""
        rows, columns = (
            np.where((p >= 0) & (p < n), p, n)
            for p, n in zip((self.places(0), self.places(1)), self.x.shape[2:], strict=True)
        )
        return ..., rows[:, None, :, None], columns[None, :, None, :]

    @cached_property
    def windows(self) -> np.ndarray:
        """What each window sees, (N, C, OH, OW, KH, KW)."""
        seen = framed(self.x)[self.where]
        filled = np.where(self.known, self.fill, self.beyond).astype(self.x.dtype)
        return np.where(self.inside, seen, filled)


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
