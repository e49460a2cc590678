"""Which filter sees which channel when there are 1, 2 or 4 groups."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

CHANNELS = FILTERS = 4
COLOURS = ["#7fa6c4", "#ecb67c", "#8fc3a4", "#bb9ecb"]


def draw() -> Figure:
    """Draw a grid of filters by channels for each number of groups; one colour a group."""
    figure, axes = plt.subplots(1, 3, figsize=(5.2, 2.4))
    for ax, groups in zip(axes, (1, 2, 4), strict=True):
        own = np.arange(CHANNELS) * groups // CHANNELS  # the group of each channel
        of_filter = np.arange(FILTERS) * groups // FILTERS
        pairs = np.where(of_filter[:, None] == own, own, -1)  # (F, C)
        image = np.ma.masked_less(pairs, 0)
        ax.pcolormesh(
            image, cmap=ListedColormap(COLOURS), vmin=0, vmax=3, edgecolor="white", linewidth=2
        )
        ax.set(aspect="equal", ylim=(FILTERS, 0), xlabel="channel")
        ax.set_xticks(np.arange(CHANNELS) + 0.5, np.arange(CHANNELS))
        ax.set_yticks(np.arange(FILTERS) + 0.5, np.arange(FILTERS))
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        ax.set_title(f"groups={groups}")
    axes[0].set_ylabel("filter")
    return figure
