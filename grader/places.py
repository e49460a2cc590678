"""Say in words where in an array the wrong elements lie: on the border, in one channel."""

from __future__ import annotations

import numpy as np

AXES = {2: ("row", "column"), 3: ("channel", "row", "column")}
IMAGE_AXES = ("image", "channel", "row", "column")


def place(wrong: np.ndarray) -> str:
    """A sentence about where the wrong elements lie; empty if there is nothing to say.

    Args:
        wrong: for each element, whether it is wrong; at least one is.
    """
    if wrong.size == 1:
        return ""
    if wrong.all():
        return "Every element is wrong."
    facts = [fact for fact in (_axes(wrong), _border(wrong)) if fact]
    return f"{facts[0]} The others are right." if facts else ""


def _axes(wrong: np.ndarray) -> str:
    """Along which axes the wrong elements keep to some places and spare the others."""
    names = IMAGE_AXES if wrong.ndim == 4 else AXES.get(wrong.ndim, ())
    facts = []
    for axis, name in enumerate(names):
        others = tuple(i for i in range(wrong.ndim) if i != axis)
        hit = wrong.any(axis=others)
        if not hit.all():
            facts.append(_list(name, np.flatnonzero(hit)))
    return f"Wrong are only elements in {', '.join(facts)}." if facts else ""


def _list(name: str, indices: np.ndarray) -> str:
    if len(indices) == 1:
        return f"{name} {indices[0]}"
    if len(indices) == indices[-1] - indices[0] + 1:
        return f"{name}s {indices[0]} to {indices[-1]}"
    more = ", …" if len(indices) > 6 else ""
    return f"{name}s {', '.join(map(str, indices[:6]))}{more}"


def _border(wrong: np.ndarray) -> str:
    """Whether the wrong elements are those of the outer ring, or keep away from it."""
    if wrong.ndim < 2 or min(wrong.shape[-2:]) < 3:
        return ""
    ring = np.ones(wrong.shape[-2:], dtype=bool)
    ring[1:-1, 1:-1] = False
    if not wrong[..., ~ring].any():
        return "Wrong are only elements on the border."
    if not wrong[..., ring].any():
        return "Wrong are only elements away from the border."
    return ""
