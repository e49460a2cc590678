"""Every window becomes a column, and the kernel a row: a convolution is one matrix product."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

X = np.arange(1, 10).reshape(3, 3)
W = np.array([[1, 2], [3, 4]])
CORNERS = list(np.ndindex(2, 2))
SHADES = ["#c3d8e8", "#f7d9b5", "#c6e2d1", "#dccbe6"]  # one for each window
EDGES = ["C0", "C1", "C2", "C3"]
PLAIN = "#f1f4f6"


def draw() -> Figure:
    """Draw the four windows above, and the product of row and columns below."""
    figure, (top, bottom) = plt.subplots(
        2, 1, figsize=(5.2, 5.2), gridspec_kw={"height_ratios": [1, 2.3]}
    )
    for number, corner in enumerate(CORNERS):
        window(top, number, corner)
    product(bottom)
    for ax in (top, bottom):
        ax.set_aspect("equal")
        ax.axis("off")
    top.set(xlim=(-0.2, 15.4), ylim=(3.1, -0.2))
    bottom.set(xlim=(-0.7, 9.9), ylim=(6.1, -0.9))
    return figure


def window(ax: Axes, number: int, corner: tuple[int, int]) -> None:
    """Draw the image with one of its windows."""
    i, j = corner
    left = 4 * number
    for (row, column), value in np.ndenumerate(X):
        inside = 0 <= row - i < 2 and 0 <= column - j < 2
        cell(ax, (left + column, row), value, SHADES[number] if inside else PLAIN)
    frame = Rectangle((left + j, i), 2, 2, fill=False, edgecolor=EDGES[number], linewidth=2.5)
    ax.add_patch(frame)


def product(ax: Axes) -> None:
    """Draw kernel row, matrix of columns and output row."""
    columns = np.stack([X[i : i + 2, j : j + 2].ravel() for i, j in CORNERS], axis=1)  # (4, 4)
    for (row, column), value in np.ndenumerate(columns):
        cell(ax, (5 + column, row), value, SHADES[column])
    for place, weight in enumerate(W.ravel()):
        cell(ax, (place, 1.5), weight, "#f4c9c4")
    for place, value in enumerate(W.ravel() @ columns):
        cell(ax, (5 + place, 5), value, SHADES[place])
    ax.text(4.5, 2, "×", ha="center", va="center", fontsize=14)
    ax.text(4.5, 5.5, "=", ha="center", va="center", fontsize=14)
    ax.text(2, 1.2, "the kernel, as a row", ha="center", fontsize=10.5)
    ax.text(7, -0.3, "the windows, as columns", ha="center", fontsize=10.5)
    ax.text(7, 4.75, "the output, as a row", ha="center", fontsize=10.5)


def cell(ax: Axes, corner: tuple[float, float], value: int, colour: str) -> None:
    """Draw a square with a number in it."""
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="#8a97a3", linewidth=0.8))
    ax.text(corner[0] + 0.5, corner[1] + 0.5, str(value), ha="center", va="center", fontsize=11)
