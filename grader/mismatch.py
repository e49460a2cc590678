"""Describe an array with wrong elements: the worst one, where they lie, a window around it."""

from __future__ import annotations

import numpy as np

from grader.numbers import show_both
from grader.places import place
from grader.verdict import Failure, Window


def mismatch(
    kind: str, name: str, index: tuple[int, ...], arrays: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> Failure:
    """The failure for an array with wrong elements, the worst of them at `index`."""
    value, right, wrong = arrays
    received, wanted = value[index].item(), right[index].item()
    where = f"{name}[{', '.join(map(str, index))}]" if index else name
    texts = show_both(received, wanted)
    text = f"`{where}` is {texts[0]}; it must be {texts[1]}."
    if wrong.size > 1:
        text += f" {wrong.sum()} of {wrong.size} elements are wrong."
    return Failure(
        kind,
        text,
        index=index,
        received=received,
        expected=wanted,
        window=window(value, right, wrong, index) if value.dtype.kind == "f" else None,
        wrong=wrong,
        place=place(wrong),
    )


def window(
    value: np.ndarray, right: np.ndarray, wrong: np.ndarray, index: tuple[int, ...]
) -> Window | None:
    """Cut at most 4 rows and 4 columns around an element out of the last two axes."""
    if value.ndim == 0:
        return None
    sheets = [np.atleast_2d(array[index[:-2]]) for array in (value, right, wrong)]
    row, column = (0, index[-1]) if value.ndim == 1 else index[-2:]
    top = min(max(row - 1, 0), max(sheets[0].shape[0] - 4, 0))
    left = min(max(column - 1, 0), max(sheets[0].shape[1] - 4, 0))
    cut = [tuple(map(tuple, s[top : top + 4, left : left + 4].tolist())) for s in sheets]
    return Window((top, left), *cut)
