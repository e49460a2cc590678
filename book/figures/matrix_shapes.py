"""The three products of a linear layer: which sides must fit, and which axis is summed over."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SIDES = {"N": 3, "D": 4, "M": 2}
COLOURS = {"x": "#c3d8e8", "w": "#f7d9b5", "y": "#c6e2d1"}
# Title, then three matrices: name, colour, rows, columns.
PRODUCTS = (
    ("forward", ("x", "x", "N", "D"), ("wᵀ", "w", "D", "M"), ("y", "y", "N", "M")),
    ("back to the input", ("dy", "y", "N", "M"), ("w", "w", "M", "D"), ("dx", "x", "N", "D")),
    ("back to the weights", ("dyᵀ", "y", "M", "N"), ("x", "x", "N", "D"), ("dw", "w", "M", "D")),
)


def draw() -> Figure:
    """Draw the products below one another."""
    figure, ax = plt.subplots(figsize=(5.2, 5.3))
    for place, (title, *matrices) in enumerate(PRODUCTS):
        top = 6.2 * place
        ax.text(0, top - 0.9, title, fontweight="bold")
        for (name, colour, rows, columns), left in zip(matrices, (0.8, 7.0, 13.0), strict=True):
            matrix(ax, (left, top), (name, COLOURS[colour]), (rows, columns))
        ax.text(5.5, top + 1.6, "@", ha="center", va="center", fontsize=14)
        ax.text(11.8, top + 1.6, "=", ha="center", va="center", fontsize=14)
    ax.set(xlim=(-0.2, 17.2), ylim=(15.8, -1.6), aspect="equal")
    ax.axis("off")
    return figure


def matrix(
    ax: Axes, corner: tuple[float, float], look: tuple[str, str], axes: tuple[str, str]
) -> None:
    """Draw a grid of cells with its name inside and its sides' letters around it."""
    (left, top), (name, colour) = corner, look
    rows, columns = (SIDES[letter] for letter in axes)
    for row in range(rows):
        for column in range(columns):
            place = (left + column, top + row)
            ax.add_patch(Rectangle(place, 1, 1, facecolor=colour, edgecolor="#8a97a3"))
    middle = (left + columns / 2, top + rows / 2)
    box = {"boxstyle": "round,pad=0.2", "facecolor": colour, "edgecolor": "none"}
    ax.text(*middle, name, ha="center", va="center", fontsize=13, bbox=box)
    ax.text(left - 0.35, middle[1], axes[0], ha="center", va="center", color="#4a5864")
    ax.text(middle[0], top - 0.3, axes[1], ha="center", va="center", color="#4a5864")
