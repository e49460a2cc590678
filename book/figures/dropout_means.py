"""The mean of a layer under dropout, with and without the division by 1 - p."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

COUNT = 20_000


def draw() -> Figure:
    """Draw what was measured as dots, and what is foretold as lines."""
    p = np.linspace(0, 0.95, 20)
    with_it, without = np.array([means(each) for each in p]).T
    figure, ax = plt.subplots(figsize=(5.2, 3.0))
    ax.plot(p, np.ones_like(p), color="C0", linewidth=1)
    ax.plot(p, 1 - p, color="C1", linewidth=1)
    ax.plot(p, with_it, "o", color="C0", markersize=4)
    ax.plot(p, without, "o", color="C1", markersize=4)
    ax.text(0.06, 1.07, "divided by 1 - p", color="C0")
    ax.text(0.02, 0.62, "as it is", color="#a35d10")
    ax.set(xlabel="p, the probability to be dropped", ylabel="mean of the output", ylim=(0, 1.3))
    return figure


def means(p: float) -> tuple[float, float]:
    """The mean of many ones under dropout: with the division, and without."""
    kept = np.random.default_rng(0).random(COUNT) >= p
    return float(np.mean(kept / (1 - p))), float(np.mean(kept))
