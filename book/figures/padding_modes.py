"""Where zeros are added to a 5 × 5 map: nowhere, all around, on one side only, and too many."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

PIXEL, ZERO = "#dbe7f1", "#f4c9c4"
SIZE = 5
MODES = [
    ("valid, k = 3: 5 → 3", 3, 0, 0),
    ("same, k = 3: 5 → 5", 3, 1, 1),
    ("same, k = 2: 5 → 5", 2, 0, 1),
    ("padding 2, k = 3: 5 → 7", 3, 2, 2),
]


def draw() -> Figure:
    """Draw one panel for each way of padding."""
    figure, axes = plt.subplots(2, 2, figsize=(5.2, 5.4))
    for ax, (title, kernel, before, after) in zip(axes.flat, MODES, strict=True):
        panel(ax, kernel, before, after)
        ax.set_title(title)
    return figure


def panel(ax: Axes, kernel: int, before: int, after: int) -> None:
    """Draw the padded map, with the window at its first place."""
    for row in range(-before, SIZE + after):
        for column in range(-before, SIZE + after):
            real = 0 <= row < SIZE and 0 <= column < SIZE
            square(ax, row, column, PIXEL if real else ZERO)
            if not real:
                ax.text(column + 0.5, row + 0.5, "0", ha="center", va="center", fontsize=9)
    corner = (-before, -before)
    window = Rectangle(corner, kernel, kernel, fill=False, edgecolor="C1", linewidth=2.5)
    ax.add_patch(window)
    ax.set(xlim=(-2.15, 7.15), ylim=(7.15, -2.15), aspect="equal")
    ax.axis("off")


def square(ax: Axes, row: int, column: int, colour: str) -> None:
    """Draw one pixel."""
    ax.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="#8a97a3"))
