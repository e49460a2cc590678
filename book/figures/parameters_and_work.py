"""Where a small network keeps its parameters, and where it does its work: in different layers."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

LAYERS = ["conv 1", "conv 2", "conv 3", "dense"]
PARAMETERS = [16 * (3 * 4 + 1), 32 * (16 * 4 + 1), 64 * (32 * 4 + 1), 133 * (64 + 1)]
WORK = [223**2 * 16 * 3 * 4, 110**2 * 32 * 16 * 4, 54**2 * 64 * 32 * 4, 133 * 64]


def draw() -> Figure:
    """Draw two groups of bars, one above the other."""
    figure, axes = plt.subplots(2, 1, figsize=(5.2, 4.6))
    bars(axes[0], PARAMETERS, "C0")
    axes[0].set_title(f"parameters: {sum(PARAMETERS):,} in all", loc="left")
    bars(axes[1], WORK, "C1")
    axes[1].set_title(f"multiplications: {sum(WORK) / 1e6:.1f} million in all", loc="left")
    return figure


def bars(ax: Axes, numbers: list[int], colour: str) -> None:
    """Draw one bar a layer, with its number and its share of the total."""
    ax.barh(LAYERS, numbers, color=colour, height=0.62)
    for place, number in enumerate(numbers):
        share = number / sum(numbers)
        short = f"{number:,}" if number < 1e5 else f"{number / 1e6:.1f} million"
        text = f"{short} ({share:.0%})" if share > 0.005 else f"{short} ({share:.2%})"
        ax.annotate(text, (number, place), (5, 0), textcoords="offset points", va="center")
    ax.set(xlim=(0, 1.5 * max(numbers)), xticks=[])
    ax.invert_yaxis()
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
