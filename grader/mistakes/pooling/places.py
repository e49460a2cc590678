"""A max pooling's backward pass that looks for the right place and writes to another one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.spoilt import Call, called, changed, framed

Places = tuple[np.ndarray, np.ndarray]


def found(call: Call) -> np.ndarray:
    """The flat index of the first maximum in each window, (N, C, OH, OW)."""
    return call.windows.reshape(*call.windows.shape[:4], -1).argmax(-1)


def best(call: Call) -> np.ndarray:
    """The maximum of each window, (N, C, OH, OW)."""
    return call.windows.max((-2, -1))


def inner(call: Call) -> Places:
    """Row and column of the maximum in its window."""
    return np.divmod(found(call), call.kernel[1])


def corner(call: Call) -> Places:
    """Row and column of the map where each window starts, (OH, 1) and (OW,)."""
    return call.places(0)[:, :1], call.places(1)[:, 0]


def moved(call: Call, rows: np.ndarray, columns: np.ndarray, step: tuple | None = None) -> Places:
    """The place in the map of a place in a window."""
    top, left = corner(call)
    down, right = call.dilation if step is None else step
    return top + rows * down, left + columns * right


def clipped(call: Call, rows: np.ndarray, columns: np.ndarray) -> Places:
    """The nearest place on the map."""
    height, width = call.x.shape[2:]
    return np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)


def winner(call: Call) -> Places:
    """Row and column of the map where the maximum is; right."""
    return moved(call, *inner(call))


def instead(rule: Callable[[Call], Places], condition: Callable[[Call], np.ndarray]) -> Callable:
    """Another place where a condition holds, else the right one."""

    def places(call: Call) -> Places:
        pairs = zip(rule(call), winner(call), strict=True)
        return tuple(np.where(condition(call), other, right) for other, right in pairs)

    return places


def still(call: Call, axes: int) -> Places:
    """Where the largest of all numbers so far is, window after window along the last axes of dy."""
    largest = best(call)
    outer = largest.shape[: 4 - axes]
    values = largest.reshape(*outer, -1)
    before = np.maximum.accumulate(values, axis=-1)
    new = np.ones(values.shape, dtype=bool)
    new[..., 1:] = values[..., 1:] > before[..., :-1]
    last = np.maximum.accumulate(np.where(new, np.arange(values.shape[-1]), 0), axis=-1)
    flat = (np.broadcast_to(place, largest.shape).reshape(values.shape) for place in winner(call))
    rows, columns = (np.take_along_axis(place, last, axis=-1) for place in flat)
    return rows.reshape(largest.shape), columns.reshape(largest.shape)


def sent(places: Callable[[Call], Places], **changes: Callable):
    """A backward pass that adds each gradient at a place (row, column) of the map.

    Args:
        places: says where, from the call; places outside the map get nothing.
        changes: new values for fields of the call.
    """

    def pool(dy, x, k, stride=None, padding=0, dilation=1, ceil_mode=False):
        call = called(x, k, stride, padding, dilation, ceil_mode)
        call = changed(call, {"size": lambda c: dy.shape[2:]} | changes)
        rows, columns = (np.broadcast_to(place, dy.shape) for place in places(call))
        height, width = x.shape[2:]
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        n, c, _, _ = np.indices(dy.shape)
        frame = framed(np.zeros_like(x))
        np.add.at(frame, (n, c, np.where(inside, rows, height), np.where(inside, columns, 0)), dy)
        return frame[:, :, :-1, :-1].copy()

    return pool
