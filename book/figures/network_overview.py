"""A whole network at a glance: maps get smaller and more numerous, then become ten scores."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# name, maps, side of a map in pixels; LeNet-5 as PyTorch users build it today
STAGES = [
    ("image", 1, 32),
    ("convolve", 6, 28),
    ("pool", 6, 14),
    ("convolve", 16, 10),
    ("pool", 16, 5),
]
VECTORS = [("dense", 120), ("dense", 84), ("dense", 10)]
SCALE = 0.05
COLOURS = {"image": "#b9c4cd", "convolve": "#ecb67c", "pool": "#7fa6c4", "dense": "#8fc3a4"}


def draw() -> Figure:
    """Draw the maps in one row and the dense layers in the next."""
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(5.2, 4.4), height_ratios=[1.25, 1])
    x = 0.0
    for name, maps, side in STAGES:
        x = stack(top, x, name, maps, side)
    for place, (name, size) in enumerate(VECTORS):
        bar(bottom, place, name, size)
    top.set(xlim=(-0.2, x), ylim=(-2.35, 1.7))
    bottom.set(xlim=(-1.3, 3.0), ylim=(-1.1, 1.1))
    bottom.text(-1.25, 0, "flatten,\nthen", va="center")
    for ax in (top, bottom):
        ax.axis("off")
    return figure


def stack(ax: Axes, left: float, name: str, maps: int, side: int) -> float:
    """Draw maps as overlapping squares; return where the next stack begins."""
    size, shown = side * SCALE, min(maps, 8)
    for i in range(shown):
        corner = (left + 0.07 * i, -size / 2 + 0.07 * (shown / 2 - i))
        ax.add_patch(Rectangle(corner, size, size, facecolor=COLOURS[name], edgecolor="white"))
    width = size + 0.07 * shown
    label = f"{name}\n{maps}×{side}×{side}"
    ax.text(left + width / 2, -1.35, label, ha="center", va="top", fontsize=9.5)
    return left + max(width, 1.0) + 0.38


def bar(ax: Axes, place: int, name: str, size: int) -> None:
    """Draw a layer of numbers as a bar."""
    length = 0.25 + size / 130
    ax.add_patch(Rectangle((place, -length / 2), 0.16, length, facecolor=COLOURS[name]))
    ax.text(place + 0.26, 0, f"{name}\n{size}", va="center", fontsize=9.5)
    if place == len(VECTORS) - 1:
        ax.text(place + 0.26, -0.42, "scores", va="top", fontsize=9.5)
