"""A 1 × 1 convolution takes the same pixel of all channels and multiplies it by one matrix."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

PIXEL = (2, 5, 1)
WEIGHTS = ((1, 1, 0), (2, 0, 0))
RESULTS = tuple(sum(a * b for a, b in zip(row, PIXEL, strict=True)) for row in WEIGHTS)
CHANNELS = ("#c3d8e8", "#f7d9b5", "#c6e2d1")
FILTERS = ("#dccbe6", "#f4c9c4")
SIZE, MARKED = 3, (1, 1)
SLANT, FLAT, GAP = 0.55, 0.62, 2.35  # maps are seen from the side, one above the other
LINE = "#8a97a3"


def draw() -> Figure:
    """Draw the maps in and out, and below them the product for the marked pixel."""
    figure, ax = plt.subplots(figsize=(5.2, 5.4))
    stack(ax, (0.2, 0.4), CHANNELS, PIXEL)
    stack(ax, (7.6, 0.4 + GAP / 2), FILTERS, RESULTS)
    formula(ax, 8.3)
    ax.text(2.5, -0.1, "3 channels in", ha="center")
    ax.text(9.9, -0.1, "2 channels out", ha="center")
    arrow = {"arrowstyle": "->", "color": "#4a5864", "linewidth": 1.5}
    ax.annotate("", (7.4, 3.7), (5.2, 3.7), arrowprops=arrow)
    ax.text(6.3, 3.4, "at every\npixel", ha="center", va="bottom", fontsize=10)
    ax.set(xlim=(0, 12.4), ylim=(11.8, -0.7), aspect="equal")
    ax.axis("off")
    return figure


def stack(
    ax: Axes, corner: tuple[float, float], colours: tuple[str, ...], values: tuple[int, ...]
) -> None:
    """Draw maps one below the other, each with its marked pixel, and a line through those."""
    for number, (colour, value) in enumerate(zip(colours, values, strict=True)):
        top = corner[1] + number * GAP
        for row in range(SIZE):
            for column in range(SIZE):
                here = (row, column) == MARKED
                slanted(ax, (corner[0], top), (row, column), colour if here else "white")
        x, y = centre((corner[0], top), MARKED)
        ax.text(x, y, str(value), ha="center", va="center", fontsize=11)
        if number:
            dashes = {"color": "#4a5864", "linewidth": 1.2, "linestyle": ":", "zorder": 0}
            ax.plot([x, x], [y - GAP + 0.35, y - 0.35], **dashes)


def slanted(ax: Axes, corner: tuple[float, float], place: tuple[int, int], colour: str) -> None:
    """Draw one pixel of a map that is seen from the side."""
    row, column = place
    points = []
    for down, right in [(0, 0), (0, 1), (1, 1), (1, 0)]:
        x = corner[0] + column + right + SLANT * (SIZE - row - down)
        points.append((x, corner[1] + FLAT * (row + down)))
    wide = 1.6 if colour != "white" else 0.8
    ax.add_patch(Polygon(points, facecolor=colour, edgecolor=LINE, linewidth=wide, zorder=wide))


def centre(corner: tuple[float, float], place: tuple[int, int]) -> tuple[float, float]:
    """The middle of a slanted pixel."""
    row, column = place[0] + 0.5, place[1] + 0.5
    return corner[0] + column + SLANT * (SIZE - row), corner[1] + FLAT * row


def formula(ax: Axes, top: float) -> None:
    """Write the product of matrix and pixel, in the colours of the maps."""
    for row, weights in enumerate(WEIGHTS):
        for column, weight in enumerate(weights):
            square(ax, (1.2 + column, top + 0.5 + row), weight, "#f1f4f6")
    for place, value in enumerate(PIXEL):
        square(ax, (5.4, top + place), value, CHANNELS[place])
    for place, value in enumerate(RESULTS):
        square(ax, (8, top + 0.5 + place), value, FILTERS[place])
    ax.text(4.8, top + 1.5, "·", ha="center", va="center", fontsize=16)
    ax.text(7.2, top + 1.5, "=", ha="center", va="center", fontsize=14)
    for x, name in [(2.7, "weights"), (5.9, "pixel"), (8.5, "output")]:
        ax.text(x, top - 0.3, name, ha="center", fontsize=10)


def square(ax: Axes, corner: tuple[float, float], value: int, colour: str) -> None:
    """Draw a square with a number in it."""
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor=LINE, linewidth=0.8))
    ax.text(corner[0] + 0.5, corner[1] + 0.5, str(value), ha="center", va="center", fontsize=11)
