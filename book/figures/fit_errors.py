"""The error on training points and on new ones, against the number of training points."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DEGREES, NOISE = (1, 3, 9), 0.2
COUNTS = (12, 20, 40, 100, 300, 1000)


def draw() -> Figure:
    """Draw two curves for each degree; below them the floor that the noise makes."""
    figure, axes = plt.subplots(1, 3, figsize=(5.2, 3.1), sharey=True)
    for ax, degree in zip(axes, DEGREES, strict=True):
        train, new = np.array([errors(degree, count) for count in COUNTS]).T
        ax.loglog(COUNTS, new, "o-", color="C1", markersize=4, label="new points")
        ax.loglog(COUNTS, train, "s-", color="C0", markersize=4, label="training points")
        ax.axhline(NOISE**2, color="C5", linestyle=":", linewidth=1.2)
        ax.set(title=f"degree {degree}", xlabel="points", ylim=(0.004, 3))
    axes[0].set_ylabel("squared error")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    return figure


def errors(degree: int, count: int, repeat: int = 200) -> tuple[float, float]:
    """The median errors over many draws: on the training points, and on new ones."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(repeat):
        x, y = points(count, rng)
        new_x, new_y = points(1000, rng)
        fit = np.polynomial.Polynomial.fit(x, y, degree, domain=[-1, 1])
        found.append((np.mean((fit(x) - y) ** 2), np.mean((fit(new_x) - new_y) ** 2)))
    return tuple(np.median(found, axis=0).tolist())


def points(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Places from -1 to 1, and a sine there with noise."""
    x = rng.uniform(-1, 1, count)
    return x, np.sin(3 * x) + rng.normal(0, NOISE, count)
