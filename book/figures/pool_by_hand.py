"""The chapter's 4 × 4 map in four windows, and what max and average pooling make of it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

X = np.array([[1, 3, 2, 0], [4, 2, 1, 1], [0, 5, 7, 6], [1, 2, 8, 3]])
COLOURS = [["#dbe7f1", "#f7d9b5"], ["#d3e8db", "#e7dcec"]]


def draw() -> Figure:
    """Draw the map on the left, the two results on the right."""
    figure, ax = plt.subplots(figsize=(5.2, 3.6))
    for (i, j), value in np.ndenumerate(X):
        winner = value == window(i // 2, j // 2).max()
        cell(ax, (j, i), str(value), COLOURS[i // 2][j // 2], bold=winner)
    for top, (name, keep) in zip(
        (-0.35, 2.35), (("max", np.max), ("average", np.mean)), strict=True
    ):
        for i, j in np.ndindex(2, 2):
            cell(ax, (5.6 + j, top + i), f"{keep(window(i, j)):g}", COLOURS[i][j], bold=False)
        ax.text(7.75, top + 1, name, va="center")
        arrow = {"arrowstyle": "->", "color": "#4a5864"}
        ax.annotate("", (5.5, top + 1), (4.1, 2), arrowprops=arrow)
    ax.set(xlim=(-0.1, 9.3), ylim=(4.5, -0.5), aspect="equal")
    ax.axis("off")
    return figure


def window(i: int, j: int) -> np.ndarray:
    """The 2 × 2 window in row i, column j."""
    return X[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]


def cell(ax: Axes, corner: tuple[float, float], text: str, colour: str, *, bold: bool) -> None:
    """Draw a square with a number in it."""
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="#8a97a3", linewidth=0.8))
    place = (corner[0] + 0.5, corner[1] + 0.5)
    ax.text(*place, text, ha="center", va="center", weight="bold" if bold else "normal")
