"""Polynomials of three degrees through few and many noisy points of a sine."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DEGREES, COUNTS, NOISE = (1, 3, 9), (12, 100), 0.2


def draw() -> Figure:
    """Draw one panel for each degree and number of points."""
    figure, axes = plt.subplots(2, 3, figsize=(5.2, 3.6), sharex=True, sharey=True)
    line = np.linspace(-1, 1, 200)
    for row, count in zip(axes, COUNTS, strict=True):
        x, y = points(count, np.random.default_rng(3))
        for ax, degree in zip(row, DEGREES, strict=True):
            fit = np.polynomial.Polynomial.fit(x, y, degree, domain=[-1, 1])
            ax.plot(x, y, ".", color="C5", markersize=4)
            ax.plot(line, np.sin(3 * line), "--", color="C2", linewidth=1.2)
            ax.plot(line, fit(line), color="C0", linewidth=1.6)
            ax.set(ylim=(-2, 2), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    for ax, degree in zip(axes[0], DEGREES, strict=True):
        ax.set_title(f"degree {degree}")
    for ax, count in zip(axes[:, 0], COUNTS, strict=True):
        ax.set_ylabel(f"{count} points")
    return figure


def points(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Places from -1 to 1, and a sine there with noise."""
    x = rng.uniform(-1, 1, count)
    return x, np.sin(3 * x) + rng.normal(0, NOISE, count)
