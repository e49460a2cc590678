"""Say whether two results are alike: the same structure, and numbers equal within a tolerance."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.plain import Foreign


def alike(a: Any, b: Any, *, rtol: float, atol: float) -> bool:
    """Whether two plain values agree in structure and, within the tolerance, in numbers."""
    if isinstance(a, Foreign) or isinstance(b, Foreign):
        return False
    if _is_sequence(a) and _is_sequence(b):
        return len(a) == len(b) and all(
            alike(x, y, rtol=rtol, atol=atol) for x, y in zip(a, b, strict=True)
        )
    if not (_is_numeric(a) and _is_numeric(b)):
        return type(a) is type(b) and a == b
    a, b = np.asarray(a), np.asarray(b)
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def _is_sequence(value: Any) -> bool:
    return isinstance(value, tuple | list)


def _is_numeric(value: Any) -> bool:
    return isinstance(value, bool | int | float | complex | np.ndarray)
