"""A bump moves by one pixel: with stride 1 the response moves along, with stride 2 it changes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

LENGTH = 24
X = np.exp(-0.5 * ((np.arange(LENGTH) - 9) / 0.9) ** 2)
W = np.array([-1.0, 2.0, -1.0])


def draw() -> Figure:
    """Draw the response before and after the move, for strides 1 and 2."""
    figure, axes = plt.subplots(2, 1, figsize=(5.2, 4.6), sharex=True, sharey=True)
    for ax, stride in zip(axes, (1, 2), strict=True):
        panel(ax, stride)
    axes[0].legend(loc="upper right")
    axes[1].set_xlabel("output position, in pixels of the input")
    return figure


def panel(ax: Axes, stride: int) -> None:
    """Draw two responses: of the bump, and of the bump one pixel further right."""
    place = np.arange(0, LENGTH, stride)
    for shift, marker, label in [(0, "o", "bump"), (1, "s", "bump moved by 1")]:
        y = respond(np.roll(X, shift))[::stride]
        lines = ax.stem(
            place + 0.12 * shift, y, linefmt=f"C{shift}-", markerfmt=f"C{shift}{marker}"
        )
        lines.baseline.set(color="#c3ccd4", linewidth=1)
        lines.stemlines.set_linewidth(1.4)
        lines.markerline.set(label=label, markersize=6)
    ax.set_title(f"stride {stride}", loc="left")
    ax.set(xlim=(4, 16), yticks=[-1, 0, 1])


def respond(x: np.ndarray) -> np.ndarray:
    """Cross-correlate on a circle, so that no border disturbs."""
    return sum(weight * np.roll(x, 1 - u) for u, weight in enumerate(W))
