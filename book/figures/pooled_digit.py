"""A digit under larger and larger windows: maxima, averages, and maxima of the negative."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from grader.exercises.pooling.digits import digits

WINDOWS = (1, 2, 4, 7)


def draw() -> Figure:
    """Draw three rows of four pictures."""
    digit = digits()[40, 0]
    rows = [
        ("max", digit, np.max),
        ("average", digit, np.mean),
        ("max,\ndark ink", 1 - digit, np.max),
    ]
    figure, axes = plt.subplots(3, 4, figsize=(5.2, 4.2))
    for row, (name, image, keep) in zip(axes, rows, strict=True):
        for ax, k in zip(row, WINDOWS, strict=True):
            ax.imshow(pooled(image, k, keep), vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[])
        row[0].set_ylabel(name)
    for ax, k in zip(axes[0], WINDOWS, strict=True):
        ax.set_title("none" if k == 1 else f"{k} × {k}")
    return figure


def pooled(image: np.ndarray, k: int, keep) -> np.ndarray:
    """The image by k × k windows side by side."""
    side = 28 // k
    return keep(image.reshape(side, k, side, k), axis=(1, 3))
