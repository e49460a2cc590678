"""Where two weights end up under an L2 and under an L1 penalty of the same strength."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

# The data's loss is (w0 - 0.3)**2 + (w1 - 1.2)**2.
BEST, LAM = np.array([0.3, 1.2]), 0.8


def draw() -> Figure:
    """Draw the levels of both penalties, and of the data's loss through the minimum of the sum."""
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 2.9), sharey=True)
    w0, w1 = np.meshgrid(np.linspace(-1, 1.2, 300), np.linspace(-0.7, 1.8, 300))
    data = (w0 - BEST[0]) ** 2 + (w1 - BEST[1]) ** 2
    kinds = [
        ("L2: circles", w0**2 + w1**2, smallest_l2()),
        ("L1: corners on the axes", np.abs(w0) + np.abs(w1), smallest_l1()),
    ]
    for ax, (title, penalty, found) in zip(axes, kinds, strict=True):
        own = np.sum(found**2) if title.startswith("L2") else np.sum(np.abs(found))
        ax.contour(w0, w1, penalty, levels=[own / 3, own, own * 2], colors="C5", linewidths=1)
        reached = np.sum((found - BEST) ** 2)
        ax.contour(w0, w1, data, levels=[reached / 4, reached], colors="C0", linewidths=1.4)
        ax.axhline(0, color="C5", linewidth=0.6)
        ax.axvline(0, color="C5", linewidth=0.6)
        ax.plot(*BEST, "x", color="C0")
        ax.plot(*found, "o", color="C1")
        ax.set(title=title, aspect="equal", xlabel="$w_0$", xticks=[-1, 0, 1], yticks=[0, 1])
    axes[0].set_ylabel("$w_1$")
    return figure


def smallest_l2() -> np.ndarray:
    """The minimum of the data's loss plus LAM times the squares."""
    return BEST / (1 + LAM)


def smallest_l1() -> np.ndarray:
    """The minimum of the data's loss plus LAM times the sizes."""
    return np.sign(BEST) * np.maximum(np.abs(BEST) - LAM / 2, 0)
