"""Larger classes of functions: they come nearer to the goal for sure only if they are nested."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

GOAL = (2.7, 2.3)
# Centre, width, height and angle of each class, from the smallest to the largest.
APART = [
    ((1.7, 1.5), 1.4, 0.9, 30),
    ((0.9, 2.3), 1.9, 1.1, 80),
    ((1.0, 0.7), 2.8, 1.3, 10),
]
NESTED = [
    ((1.7, 1.5), 1.4, 0.9, 30),
    ((1.6, 1.5), 2.4, 1.8, 30),
    ((1.5, 1.5), 3.3, 2.6, 30),
]
COLOURS = ("#7fa6c4", "#ecb67c", "#b9d3b0")


def draw() -> Figure:
    """Draw three classes that lie apart, and three that contain each other."""
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 2.7))
    for ax, title, classes in zip(axes, ("not nested", "nested"), (APART, NESTED), strict=True):
        show(ax, classes)
        ax.set_title(title)
    return figure


def show(ax: Axes, classes: list[tuple]) -> None:
    """Draw the classes, the largest at the back, and the goal."""
    numbered = list(enumerate(zip(classes, COLOURS, strict=True), start=1))
    for number, ((centre, *sizes, angle), colour) in reversed(numbered):
        shape = {"facecolor": colour, "edgecolor": "white", "linewidth": 1.5}
        ax.add_patch(Ellipse(centre, *sizes, angle=angle, **shape))
        x, y = label_place(centre, sizes[1], number, classes)
        ax.text(x, y, f"{number}", ha="center", va="center", fontsize=10)
    ax.plot(*GOAL, marker="*", markersize=13, color="#b23a48")
    ax.set(xlim=(-0.6, 3.4), ylim=(-0.1, 3.35), aspect="equal")
    ax.axis("off")


def label_place(centre, height: float, number: int, classes: list) -> tuple[float, float]:
    """The middle of a class, or what is free of it if others lie in front."""
    same = classes is NESTED and number > 1
    return (centre[0] - 0.2, centre[1] + 0.37 * height) if same else centre
