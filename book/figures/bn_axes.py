"""Four ways to share a mean, in a batch of four images with four channels."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SIZE = 4
SHARED, OTHER = "#e8a75b", "#dbe7f1"
# Title, then which maps (channel, image) share a mean with map (0, 0).
KINDS = {
    "batch": lambda channel, _: channel == 0,
    "layer": lambda _, image: image == 0,
    "instance": lambda channel, image: channel == image == 0,
    "group": lambda channel, image: image == 0 and channel < SIZE // 2,
}


def draw() -> Figure:
    """Draw one table of maps for each kind of normalization."""
    figure, axes = plt.subplots(2, 2, figsize=(5.0, 5.0))
    for ax, (title, shares) in zip(axes.flat, KINDS.items(), strict=True):
        table(ax, title, shares)
    return figure


def table(ax: Axes, title: str, shares) -> None:
    """Draw all maps, those that share a mean in orange."""
    for channel, image in np.ndindex(SIZE, SIZE):
        colour = SHARED if shares(channel, image) else OTHER
        ax.add_patch(Rectangle((image, channel), 0.86, 0.86, facecolor=colour))
        lines = {"color": "white", "linewidth": 0.7}
        for third in (0.287, 0.573):
            ax.plot([image, image + 0.86], [channel + third] * 2, **lines)
            ax.plot([image + third] * 2, [channel, channel + 0.86], **lines)
    ax.set(xlim=(-0.2, SIZE), ylim=(SIZE, -0.2), aspect="equal", title=title)
    ax.set(xticks=[], yticks=[], xlabel="images N", ylabel="channels C")
    for spine in ax.spines.values():
        spine.set_visible(False)
