"""Which output sees which input, and with which weight: dense, local and shared."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

INPUTS, KERNEL = 8, 3
OUTPUTS = INPUTS - KERNEL + 1


def draw() -> Figure:
    """Draw the three weight matrices; equal colour means the same weight, white means none."""
    figure, axes = plt.subplots(3, 1, figsize=(4.2, 7.6))
    for ax, (name, matrix) in zip(axes, matrices().items(), strict=True):
        panel(ax, matrix)
        ax.set_title(f"{name}: {len(np.unique(matrix[matrix >= 0]))} weights")
    axes[-1].set_xlabel("input")
    return figure


def matrices() -> dict[str, np.ndarray]:
    """Number the weights of each layer; -1 stands for no connection."""
    window = np.arange(INPUTS) - np.arange(OUTPUTS)[:, None]  # (OUTPUTS, INPUTS)
    near = (window >= 0) & (window < KERNEL)
    every = np.arange(near.size).reshape(near.shape)
    local = np.full(near.shape, -1)
    local[near] = np.arange(near.sum())
    return {"Dense": every, "Local": local, "Shared": np.where(near, window, -1)}


def panel(ax: Axes, matrix: np.ndarray) -> None:
    """Colour every connection by its weight."""
    count = matrix.max() + 1
    shades = plt.get_cmap("turbo")(np.linspace(0.08, 0.9, count))
    shades[:, :3] = 0.35 + 0.65 * shades[:, :3]
    # A stride without a common divisor puts unlike colours side by side.
    order = np.arange(count) * 7 % count if count % 7 else np.arange(count)
    image = np.ma.masked_less(matrix, 0)
    ax.pcolormesh(image, cmap=ListedColormap(shades[order]), edgecolor="white", linewidth=1.5)
    ax.set(aspect="equal", ylabel="output", ylim=(OUTPUTS, 0))
    ax.set_xticks(np.arange(INPUTS) + 0.5, np.arange(INPUTS))
    ax.set_yticks(np.arange(OUTPUTS) + 0.5, np.arange(OUTPUTS))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
