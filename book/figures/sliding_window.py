"""Four steps of a 2 × 2 window over a 3 × 3 input, with the output as it fills up."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

X = np.arange(1, 10).reshape(3, 3)
W = np.array([[1, 2], [3, 4]])
INPUT, WINDOW, OUTPUT = "#dbe7f1", "#f7d9b5", "#d3e8db"


def draw() -> Figure:
    """Draw one panel for each of the four outputs."""
    figure, axes = plt.subplots(2, 2, figsize=(5.2, 4.3))
    for step, ax in enumerate(axes.flat):
        frame(ax, step)
    return figure


def frame(ax: Axes, step: int) -> None:
    """Draw the input with the window at its place, and the outputs found so far."""
    i, j = divmod(step, 2)
    for (row, column), value in np.ndenumerate(X):
        inside = 0 <= row - i < 2 and 0 <= column - j < 2
        cell(ax, (column, row), str(value), WINDOW if inside else INPUT, inside * 0.14)
        if inside:
            tap(ax, (column, row), W[row - i, column - j])
    ax.add_patch(Rectangle((j, i), 2, 2, fill=False, edgecolor="C1", linewidth=2.5))
    ax.annotate("", (4.3, 1.5), (3.2, 1.5), arrowprops={"arrowstyle": "->", "color": "#4a5864"})
    for other in range(4):
        a, b = divmod(other, 2)
        text = str(response(a, b)) if other <= step else ""
        cell(ax, (4.5 + b, 0.5 + a), text, OUTPUT if other == step else "white")
    ax.set_title(f"y[{i}, {j}]\n{products(i, j)}", fontsize=10.5)
    ax.set(xlim=(-0.05, 6.55), ylim=(3.1, -0.1), aspect="equal")
    ax.axis("off")


def cell(ax: Axes, corner: tuple, text: str, colour: str, aside: float = 0) -> None:
    """Draw a square with a number in it, a little aside of the middle if need be."""
    place = (corner[0] + 0.5 - aside, corner[1] + 0.5 - aside)
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="#8a97a3", linewidth=0.8))
    ax.text(*place, text, ha="center", va="center", fontsize=11)


def tap(ax: Axes, corner: tuple[float, float], weight: int) -> None:
    """Write the weight that meets this pixel into the corner of its square."""
    place = (corner[0] + 0.95, corner[1] + 0.95)
    ax.text(*place, f"×{weight}", ha="right", va="bottom", fontsize=8.5, color="#8f4a06")


def response(i: int, j: int) -> int:
    """The output at (i, j): the products of window and kernel, added up."""
    return int((X[i : i + 2, j : j + 2] * W).sum())


def products(i: int, j: int) -> str:
    """The sum behind an output, written out."""
    pairs = zip(X[i : i + 2, j : j + 2].flat, W.flat, strict=True)
    return " + ".join(f"{x}·{w}" for x, w in pairs) + f" = {response(i, j)}"
