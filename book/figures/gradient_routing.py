"""Where the gradients of max pooling go: to the maxima, and of two equal ones to the first."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

X = np.array([[1, 3, 2, 0], [4, 2, 1, 1], [0, 5, 7, 6], [1, 2, 8, 3]])
DY = np.array([[1, 2], [3, 4]])
TIE = np.array([[1, 6], [6, 2]])
PLAIN, WINNER, SLOPE = "#eef2f5", "#f7d9b5", "#d3e8db"


def draw() -> Figure:
    """Draw the map of the chapter above, the tie below, each with its gradients."""
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(5.2, 5.2), gridspec_kw={"height_ratios": [4, 2.2]}
    )
    panel(above, X, DY, gap=2.4)
    panel(below, TIE, np.array([[5]]), gap=4.4)
    above.set_title("x, and dy sent back", loc="left")
    below.set_title("a tie: the first 6 gets it", loc="left")
    return figure


def panel(ax: Axes, x: np.ndarray, dy: np.ndarray, gap: float) -> None:
    """Draw a map, its gradients on the right, and an arrow from each to its maximum."""
    left, top = x.shape[1] + gap, (x.shape[0] - dy.shape[0]) / 2
    winners = {place(x, i, j): (i, j) for i, j in np.ndindex(dy.shape)}
    for (row, column), value in np.ndenumerate(x):
        colour = WINNER if (row, column) in winners else PLAIN
        cell(ax, (column, row), value, colour)
    for (row, column), (i, j) in winners.items():
        cell(ax, (left + j, top + i), DY[i, j] if dy.size > 1 else dy[0, 0], SLOPE)
        start, end = (left + j + 0.12, top + i + 0.5), (column + 0.86, row + 0.5)
        bend = {"arrowstyle": "->", "color": "#d9822b", "connectionstyle": "arc3,rad=0.12"}
        ax.annotate("", end, start, arrowprops=bend, zorder=2)
    ax.set(xlim=(-0.1, 8.6), ylim=(x.shape[0] + 0.1, -0.1), aspect="equal")
    ax.axis("off")


def place(x: np.ndarray, i: int, j: int) -> tuple[int, int]:
    """Row and column of the first maximum of the 2 × 2 window (i, j)."""
    row, column = divmod(int(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].argmax()), 2)
    return 2 * i + row, 2 * j + column


def cell(ax: Axes, corner: tuple[float, float], value: int, colour: str) -> None:
    """Draw a square with a number in it."""
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="#8a97a3", linewidth=0.8))
    place = (corner[0] + 0.5, corner[1] + 0.5)
    # A rim around the number, so that an arrow below it does not disturb.
    rim = [withStroke(linewidth=4, foreground=colour)]
    ax.text(*place, str(value), ha="center", va="center", zorder=3, path_effects=rim)
