"""Two outputs of one layer: dropout moves them together, DropConnect each by itself."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DRAWS, INPUTS, P = 1500, 30, 0.5


def draw() -> Figure:
    """Draw a dot for each mask that was drawn."""
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 2.8), sharex=True, sharey=True)
    for ax, (title, y) in zip(axes, outputs().items(), strict=True):
        correlation = np.corrcoef(y.T)[0, 1]
        ax.plot(*y[:600].T, ".", markersize=3, alpha=0.6)
        ax.set(title=f"{title}\ncorrelation {correlation:.2f}", xlabel="output 1", aspect="equal")
    axes[0].set_ylabel("output 2")
    return figure


def outputs() -> dict[str, np.ndarray]:
    """Two outputs (DRAWS, 2) of the same layer and input, under both kinds of noise."""
    rng = np.random.default_rng(3)
    x, w = rng.normal(size=INPUTS), rng.normal(size=(2, INPUTS))
    w[1] = 0.7 * w[0] + 0.7 * w[1]
    units = (rng.random((DRAWS, INPUTS)) >= P) / (1 - P)
    weights = (rng.random((DRAWS, 2, INPUTS)) >= P) / (1 - P)
    return {"dropout": (units * x) @ w.T, "DropConnect": (weights * w) @ x}
