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
APART = 2.5  # from the start of one window to that of the next


def draw() -> Figure:
    """Draw the map of the chapter above, the tie below, each with its gradients."""
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(5.2, 5.0), gridspec_kw={"height_ratios": [4.6, 2.1]}
    )
    panel(above, X, DY)
    panel(below, TIE, np.array([[5]]))
    above.set_title("the four windows of x, and the dy of each", loc="left")
    below.set_title("a tie: the first 6 gets it", loc="left")
    return figure


def panel(ax: Axes, x: np.ndarray, dy: np.ndarray) -> None:
    """Draw the windows apart from each other, and beside each an arrow from its gradient."""
    for (i, j), slope in np.ndenumerate(dy):
        left, top = j * APART, i * APART
        winner = place(x, i, j)
        for u, v in np.ndindex(2, 2):
            spot = (2 * i + u, 2 * j + v)
            cell(ax, (left + v, top + u), x[spot], WINNER if spot == winner else PLAIN)
        # Windows on the left have their gradient on the left, the others on the right.
        beside = left - 2.2 if j == 0 else left + 3.2
        cell(ax, (beside, top + 0.5), slope, SLOPE)
        start = (beside + (1 if j == 0 else 0), top + 1)
        column, row = left + winner[1] - 2 * j, top + winner[0] - 2 * i
        end = (column + (0.2 if j == 0 else 0.8), row + 0.5)
        style = {"arrowstyle": "->", "color": "#d9822b", "linewidth": 1.6}
        ax.annotate("", end, start, arrowprops=style, zorder=2)
    ax.set(xlim=(-2.4, 6.9), ylim=(APART * len(dy) - 0.3, -0.1), aspect="equal")
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
