"""Which inputs one number of a later layer depends on: a cone that widens downwards."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SEEN, UNSEEN, TOP = "#f7d9b5", "#f1f4f6", "#eda659"
INPUTS = 11


def draw() -> Figure:
    """Draw three layers of kernel 3, without a stride and with stride 2 in the first."""
    figure, axes = plt.subplots(2, 1, figsize=(5.2, 6.0))
    panel(axes[0], strides=(1, 1, 1))
    panel(axes[1], strides=(2, 1, 1))
    axes[0].set_title("stride 1, 1, 1: receptive fields 3, 5, 7")
    axes[1].set_title("stride 2, 1, 1: receptive fields 3, 7, 11")
    return figure


def panel(ax: Axes, strides: tuple[int, ...]) -> None:
    """Draw the rows of numbers from the input, below, to the last layer, above."""
    middle, jump = INPUTS // 2, 1
    rows = [list(range(INPUTS))]  # where each number of a layer stands above the input
    for stride in strides:
        jump *= stride
        rows.append(list(range(middle % jump, INPUTS, jump)))
    seen = {middle}
    for level in reversed(range(len(rows))):
        colour = TOP if level == len(strides) else SEEN
        for place in rows[level]:
            number(ax, place, level, colour if place in seen else UNSEEN)
        if level:
            seen = below(ax, level, seen, rows[level - 1])
    names = ["input", *(f"layer {n}" for n in range(1, len(rows)))]
    ax.set_yticks([1.7 * level for level in range(len(rows))], names)
    ax.set(xlim=(-0.6, INPUTS - 0.4), ylim=(-0.6, 5.7), xticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def below(ax: Axes, level: int, seen: set[int], row: list[int]) -> set[int]:
    """Draw a line to each of the three inputs of every seen number; return those inputs."""
    step = row[1] - row[0]
    found = set()
    for place in sorted(seen):
        for tap in (-1, 0, 1):
            ends = [1.7 * level - 0.36, 1.7 * (level - 1) + 0.36]
            ax.plot([place, place + tap * step], ends, color="#b9c3cb", linewidth=1, zorder=0)
            found.add(place + tap * step)
    return found


def number(ax: Axes, place: int, level: int, colour: str) -> None:
    """Draw the square of one number."""
    corner = (place - 0.36, 1.7 * level - 0.36)
    ax.add_patch(Rectangle(corner, 0.72, 0.72, facecolor=colour, edgecolor="#8a97a3"))
