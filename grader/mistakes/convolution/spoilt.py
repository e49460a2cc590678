"""A right convolution, forward and backward, whose parts can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from grader.exercises.convolution.configs import pair
from grader.mistakes.shapes import only_if


def zeros_around(x: np.ndarray, padding: tuple[int, int]) -> np.ndarray:
    """x (N, C, H, W) with zeros on all four sides."""
    (ph, pw), (height, width) = padding, x.shape[2:]
    # Ten times as fast as np.pad, and a diagnosis does it thousands of times.
    padded = np.zeros((*x.shape[:2], height + 2 * ph, width + 2 * pw), dtype=x.dtype)
    padded[:, :, ph : ph + height, pw : pw + width] = x
    return padded


def blocks(count: int, groups: int) -> list[np.ndarray]:
    """The channels of each group: contiguous blocks."""
    return np.array_split(np.arange(count), groups)


@dataclass(frozen=True)
class Call:
    """The arguments of one convolution, and the choices a learner can get wrong.

    Args:
        pad: makes the padded image.
        filters: the filters of each group.
        channels: the channels of each group.
        size: (OH, OW); found from the rest if None.
    """

    x: np.ndarray
    w: np.ndarray
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    groups: int = 1
    pad: Callable[..., np.ndarray] = zeros_around
    filters: Callable[..., list] = blocks
    channels: Callable[..., list] = blocks
    size: tuple[int, int] | None = None

    @cached_property
    def padded(self) -> np.ndarray:
        """The image with its padding, (N, C, H + 2 ph, W + 2 pw)."""
        return self.pad(self.x, self.padding)

    @cached_property
    def out(self) -> tuple[int, int]:
        """The size of the result."""
        n, k, s, d = self.padded.shape[2:], self.w.shape[2:], self.stride, self.dilation
        size = tuple((n[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1 for i in (0, 1))
        size = self.size or size
        return only_if(min(size) > 0, size)

    @cached_property
    def where(self) -> tuple[Any, ...]:
        """The index of a padded image that gives its windows, (N, C, KH, KW, OH, OW)."""
        s, d, k, out = self.stride, self.dilation, self.w.shape[2:], self.out
        rows, columns = (d[i] * np.arange(k[i])[:, None] + s[i] * np.arange(out[i]) for i in (0, 1))
        return ..., rows[:, None, :, None], columns[None, :, None, :]

    @property
    def windows(self) -> np.ndarray:
        """The windows, (N, C, KH, KW, OH, OW). An IndexError if they reach over the border."""
        return self.padded[self.where]

    def each_group(self):
        """The filters and channels of every group."""
        f, c = len(self.w), self.x.shape[1]
        return zip(self.filters(f, self.groups), self.channels(c, self.groups), strict=True)


def called(x, w, stride=1, padding=0, dilation=1, groups=1) -> Call:
    """A call as it should be."""
    return Call(x, w, pair(stride), pair(padding), pair(dilation), groups)


def products(call: Call) -> np.ndarray:
    """The result (N, F, OH, OW), still without its bias."""
    windows = call.windows
    y = np.zeros((len(windows), len(call.w), *windows.shape[4:]), dtype=call.x.dtype)
    for filters, channels in call.each_group():
        y[:, filters] = np.einsum("ncijuv,fcij->nfuv", windows[:, channels], call.w[filters])
    return y


def plus(y: np.ndarray, b: np.ndarray | None) -> np.ndarray:
    """y (N, F, OH, OW) plus the bias of each filter, if any."""
    return y if b is None else y + b[:, None, None]


def forward(*, after: Callable | None = None, **changes: Callable) -> Callable:
    """A forward pass with slips.

    Args:
        after: spoils the result, called with it (no bias yet) and the call.
        changes: for a field of Call, a function of the right call that gives the wrong value.
    """

    def conv(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
        call = changed(called(x, w, stride, padding, dilation, groups), changes)
        y = products(call)
        return plus(after(y, call) if after else y, b)

    return conv


def changed(call: Call, changes: dict[str, Callable]) -> Call:
    """The call with the changes, all of which see the right call."""
    return replace(call, **{name: change(call) for name, change in changes.items()})


def scattered(dy: np.ndarray, call: Call) -> np.ndarray:
    """dx (N, C, H + 2 ph, W + 2 pw): what every window gets, added up where they overlap."""
    dxp = np.zeros_like(call.padded)
    np.add.at(dxp, call.where, shares(dy, call))
    return dxp


def shares(dy: np.ndarray, call: Call) -> np.ndarray:
    """What every output sends back to every number of its window, (N, C, KH, KW, OH, OW)."""
    shape = (*call.x.shape[:2], *call.w.shape[2:], *dy.shape[2:])
    dwindows = np.zeros(shape, dtype=dy.dtype)
    for filters, channels in call.each_group():
        dwindows[:, channels] += np.einsum("nfuv,fcij->ncijuv", dy[:, filters], call.w[filters])
    return dwindows


def cropped(dxp: np.ndarray, call: Call) -> np.ndarray:
    """dx (N, C, H, W) without its padding."""
    (ph, pw), (height, width) = call.padding, call.x.shape[2:]
    return dxp[:, :, ph : ph + height, pw : pw + width]


def input_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """dx (N, C, H, W)."""
    return cropped(scattered(dy, call), call)


def weight_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """dw (F, C/groups, KH, KW)."""
    windows, dw = call.windows, np.zeros(call.w.shape, dtype=dy.dtype)
    for filters, channels in call.each_group():
        dw[filters] = np.einsum("nfuv,ncijuv->fcij", dy[:, filters], windows[:, channels])
    return dw


def bias_gradient(dy: np.ndarray, call: Call) -> np.ndarray:
    """db (F,)."""
    return dy.sum((0, 2, 3))


def backward(dx=input_gradient, dw=weight_gradient, db=bias_gradient, *, order=(0, 1, 2)):
    """A backward pass with slips.

    Args:
        dx, dw, db: functions of dy and the call.
        order: the order in which they are returned.
    """

    def conv(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
        call = called(x, w, stride, padding, dilation, groups)
        gradients = [gradient(dy, call) for gradient in (dx, dw, db)]
        return tuple(gradients[place] for place in order)

    return conv
