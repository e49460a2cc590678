"""Four steps back: each element of dy leaves a kernel in dx and collects a window in dw."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

X = np.arange(1, 10).reshape(3, 3)
W = np.array([[1, 2], [3, 4]])
PIXEL, WINDOW, WEIGHT = "#dbe7f1", "#f7d9b5", "#d3e8db"
DW_LEFT, DW_TOP = 3.7, 0.5


def draw() -> Figure:
    """Draw one panel for each element of dy, all of which are 1."""
    figure, axes = plt.subplots(2, 2, figsize=(5.2, 4.2))
    dx, dw = np.zeros_like(X), np.zeros_like(W)
    for ax, (i, j) in zip(axes.flat, np.ndindex(2, 2), strict=True):
        dx[i : i + 2, j : j + 2] += W
        dw += X[i : i + 2, j : j + 2]
        frame(ax, (i, j), dx, dw)
    return figure


def frame(ax: Axes, place: tuple[int, int], dx: np.ndarray, dw: np.ndarray) -> None:
    """Draw dx and dw as they stand after this step, and what the step has added."""
    i, j = place
    for (row, column), value in np.ndenumerate(dx):
        inside = 0 <= row - i < 2 and 0 <= column - j < 2
        added = W[row - i, column - j] if inside else None
        cell(ax, (column, row), value, WINDOW if inside else PIXEL, added=added)
    for (u, v), value in np.ndenumerate(dw):
        corner = (DW_LEFT + v, DW_TOP + u)
        cell(ax, corner, value, WEIGHT, added=X[i + u, j + v])
    ax.add_patch(Rectangle((j, i), 2, 2, fill=False, edgecolor="C1", linewidth=2.5))
    ax.text(1.5, 3.12, "dx", ha="center", va="top")
    ax.text(DW_LEFT + 1, 3.12, "dw", ha="center", va="top")
    ax.set_title(f"dy[{i}, {j}] = 1")
    ax.set(xlim=(-0.4, 6.1), ylim=(3.6, -0.1), aspect="equal")
    ax.axis("off")


def cell(
    ax: Axes, corner: tuple[float, float], value: int, colour: str, *, added: int | None
) -> None:
    """Draw a square with the sum so far and, if anything was added, how much."""
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="#8a97a3", linewidth=0.8))
    lift = 0.4 if added is not None else 0.5
    ax.text(corner[0] + 0.5, corner[1] + lift, str(value), ha="center", va="center", fontsize=11)
    if added is not None:
        place = (corner[0] + 0.95, corner[1] + 0.97)
        ax.text(*place, f"+{added}", ha="right", va="bottom", fontsize=8.5, color="#8f4a06")
