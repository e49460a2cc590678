"""The steps from x to y and back: x reaches the normalized x on three ways."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Name: place, label, what comes back.
BOXES = {
    "x": ((0, 0), "$x_i$", "$dx_i$"),
    "c": ((2.0, 0), "$c_i = x_i - \\mu$", "$dc_i$"),
    "hat": ((4.3, 0), "$\\hat x_i = c_i \\, r$", "$d\\hat x_i$"),
    "y": ((6.15, 0), "$y_i$", "$dy_i$"),
    "mu": ((0.75, 1.35), "$\\mu$", "$d\\mu$"),
    "var": ((2.3, 2.5), "$\\sigma^2$", "$d\\sigma^2$"),
    "r": ((4.1, 2.5), "$r$", "$dr$"),
}
ARROWS = [
    *(("x", "c"), ("c", "hat"), ("hat", "y")),
    *(("x", "mu"), ("mu", "c"), ("c", "var"), ("var", "r"), ("r", "hat")),
]


def draw() -> Figure:
    """Draw the graph; forward in blue, backward in orange."""
    figure, ax = plt.subplots(figsize=(5.2, 3.2))
    for start, end in ARROWS:
        arrow(ax, BOXES[start][0], BOXES[end][0])
    for place, forward, backward in BOXES.values():
        box(ax, place, forward, backward)
    ax.set(xlim=(-0.35, 6.5), ylim=(-0.45, 2.95))
    ax.axis("off")
    return figure


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow forward, and one backward beside it."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    # Labels are wider than high.
    gap = {"shrinkA": 37, "shrinkB": 37} if y0 == y1 == 0 else {"shrinkA": 29, "shrinkB": 29}
    dx, dy = 0.07 * (y0 - y1) / length, 0.07 * (x1 - x0) / length
    for (a, b), side, colour in [((start, end), 1, "C0"), ((end, start), -1, "C1")]:
        ax.annotate(
            "",
            xy=(b[0] + side * dx, b[1] + side * dy),
            xytext=(a[0] + side * dx, a[1] + side * dy),
            arrowprops={"arrowstyle": "->", "color": colour, **gap},
        )


def box(ax: Axes, place: tuple[float, float], forward: str, backward: str) -> None:
    """Write a step, and below it what comes back."""
    style = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    x, y = place
    ax.text(
        x, y + 0.13, forward, ha="center", va="center", color="#1f4a6d", fontsize=13, bbox=style
    )
    ax.text(x, y - 0.25, backward, ha="center", va="center", color="#a35d10", fontsize=12)
