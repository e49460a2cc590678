"""A convolution written as the matrix of a fully connected layer: mostly zeros, the rest shared."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from convnet.functional import conv2d_forward

SIZE = 4
KERNEL = np.array([[1.0, 2.0], [3.0, 4.0]])
COLOURS = ("white", "#c3d8e8", "#f7d9b5", "#c6e2d1", "#dccbe6")


def draw() -> Figure:
    """Draw the kernel, and the matrix in which its four weights come back in every row."""
    figure, axes = plt.subplots(
        1, 2, figsize=(5.2, 3.3), width_ratios=(1, 5), gridspec_kw={"wspace": 0.05}
    )
    grid(axes[0], KERNEL)
    axes[0].set_title("kernel")
    grid(axes[1], matrix())
    axes[1].set_title("weights of the same layer, fully connected")
    return figure


def matrix() -> np.ndarray:
    """Column d: what the convolution makes of an image that is black but for pixel d."""
    pixels = np.eye(SIZE * SIZE).reshape(-1, 1, SIZE, SIZE)
    return conv2d_forward(pixels, KERNEL[None, None]).reshape(len(pixels), -1).T


def grid(ax: Axes, numbers: np.ndarray) -> None:
    """Draw a table of small whole numbers, equal ones in equal colours, zeros left white."""
    for (row, column), number in np.ndenumerate(numbers):
        box = plt.Rectangle(
            (column, row), 1, 1, facecolor=COLOURS[int(number)], edgecolor="#c3ccd4"
        )
        ax.add_patch(box)
        if number:
            ax.text(column + 0.5, row + 0.5, f"{number:g}", ha="center", va="center", fontsize=9)
    ax.set(xlim=(0, numbers.shape[1]), ylim=(numbers.shape[0], 0), aspect="equal")
    ax.axis("off")
