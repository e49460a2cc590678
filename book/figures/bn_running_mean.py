"""A running mean approaches the true one: slowly and calmly, or quickly and nervously."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

TRUE, BATCHES, SIZE = 3.0, 100, 20


def draw() -> Figure:
    """Draw the running mean after each batch for three weights of the new value."""
    means = np.random.default_rng(0).normal(TRUE, 3, size=(BATCHES, SIZE)).mean(axis=1)
    figure, ax = plt.subplots(figsize=(5.2, 3.2))
    for weight, colour in [(0.5, "C1"), (0.1, "C0"), (0.01, "C2")]:
        ax.plot(running(means, weight), color=colour, label=f"weight {weight}", linewidth=1.6)
    ax.axhline(TRUE, color="#8a97a3", linewidth=1, linestyle=":")
    ax.set(xlabel="batches seen", ylabel="running mean", xlim=(0, BATCHES), ylim=(0, 4.6))
    ax.legend(ncols=3, loc="upper center", fontsize=9.5, columnspacing=1)
    return figure


def running(means: np.ndarray, weight: float) -> list[float]:
    """The running mean before the first batch and after each."""
    values = [0.0]
    for mean in means:
        values.append((1 - weight) * values[-1] + weight * mean)
    return values
