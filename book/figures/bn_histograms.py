"""Normalizing shifts and stretches: a feature with two humps keeps them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def draw() -> Figure:
    """Draw the histograms before and after, with a bell curve to compare."""
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(2, 0.5, 4000), rng.normal(8, 0.8, 4000)])
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 2.7))
    axes[0].hist(x, bins=60, density=True, color="C0")
    axes[0].set(title="before", xlabel="x", yticks=[])
    axes[1].hist(normalized(x), bins=60, density=True, color="C0")
    grid = np.linspace(-3, 3, 200)
    axes[1].plot(grid, np.exp(-(grid**2) / 2) / np.sqrt(2 * np.pi), color="C1")
    axes[1].text(-3.1, 0.42, "bell curve", color="#a35d10", fontsize=10)
    axes[1].set(title="after", xlabel="normalized x", yticks=[], xlim=(-3.2, 3.2))
    return figure


def normalized(x: np.ndarray) -> np.ndarray:
    """Mean 0, deviation 1."""
    return (x - x.mean()) / x.std()
