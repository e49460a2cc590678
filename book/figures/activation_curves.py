"""Six activation functions, each with its slope."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

X = np.linspace(-4, 4, 401)
SIGMOID = 1 / (1 + np.exp(-X))
PANELS = (
    ("ReLU", np.maximum(X, 0), np.where(X > 0, 1.0, 0.0)),
    ("leaky ReLU, slope 0.1", np.where(X > 0, X, 0.1 * X), np.where(X > 0, 1.0, 0.1)),
    ("PReLU, a = 0.25", np.where(X > 0, X, 0.25 * X), np.where(X > 0, 1.0, 0.25)),
    ("softplus", np.logaddexp(0, X), SIGMOID),
    ("sigmoid", SIGMOID, SIGMOID * (1 - SIGMOID)),
    ("tanh", np.tanh(X), 1 - np.tanh(X) ** 2),
)


def draw() -> Figure:
    """Draw the panels in three rows."""
    figure, axes = plt.subplots(3, 2, figsize=(5.2, 6.4), sharex=True)
    for ax, (title, value, slope) in zip(axes.flat, PANELS, strict=True):
        ax.axhline(0, color="#e3e8ec", zorder=0)
        ax.axvline(0, color="#e3e8ec", zorder=0)
        ax.plot(X, value, color="C0", label="value")
        ax.plot(X, slope, color="C1", linestyle="--", label="slope")
        ax.set_title(title)
        high = 4.2 if value.max() > 2 else 1.4
        ax.set(ylim=(-1.3, high), xticks=[-4, 0, 4])
    axes[0, 0].legend(loc="upper left")
    return figure
