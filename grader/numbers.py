"""Write numbers as short as they can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def show(number: Any) -> str:
    """A number with at most seven digits; anything else as it is."""
    return f"{number:.7g}" if isinstance(number, float) else str(number)


def show_both(received: Any, expected: Any) -> tuple[str, str]:
    """Two different numbers, with as many digits as it takes to tell them apart."""
    texts = show(received), show(expected)
    return texts if texts[0] != texts[1] else (repr(received), repr(expected))


def columns(rows: Sequence[Sequence[float]]) -> list[list[str]]:
    """Write a small table of numbers with four digits, each column as wide as its widest entry."""
    texts = [[f"{number:.4g}" for number in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [[text.rjust(width) for text, width in zip(row, widths, strict=True)] for row in texts]
