"""Draw a network before training, and what training did: curves, filters, errors.

This is the only file of the package that needs matplotlib, so it is imported by name:
`from convnet.plots import plot_history`.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from convnet.layer_table import spoken, words


def plot_history(history):
    """Draw loss and accuracy by epoch, of a `History`.

    Returns:
        The figure.
    """
    # One above the other, so that both can be read on a phone.
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(5.2, 5.6), layout="constrained")
    for axes, name in ((upper, "loss"), (lower, "accuracy")):
        for values, label in (
            (getattr(history, name), "training"),
            (getattr(history, f"held_out_{name}"), "held out"),
        ):
            if values:
                axes.plot(range(1, len(values) + 1), values, marker=".", label=label)
        axes.set(xlabel="epoch", ylabel=name, title=name.capitalize())
        axes.legend()
    upper.set_ylim(bottom=0)
    return figure


def plot_filters(weight, columns=8):
    """Draw the kernels of a convolution, the first channel of each; white is the largest weight.

    Shapes:
        weight (F, C, KH, KW).

    Returns:
        The figure.
    """
    return _grid(weight[:, 0], [f"{i}" for i in range(len(weight))], columns, "Filters")


def plot_images(images, titles, columns=8, heading="Images"):
    """Draw images side by side, each with a title.

    Shapes:
        images (N, H, W).

    Returns:
        The figure.
    """
    return _grid(images, titles, columns, heading)


def plot_outline(net, shape, image):
    """Draw what one number behind each layer sees of an image, and the parameters of each layer.

    The fields are drawn around the middle of the image, which is shown as large as the network
    takes it.

    Shapes:
        image (H, W).

    Args:
        net: the layers, as in `convnet.architectures`.
        shape: of the network's images, (C, H, W).

    Returns:
        The figure.
    """
    rows = spoken(net, shape)
    learned = [(words(layer), row.parameters) for layer, row in rows if row.parameters]
    # One above the other, so that both can be read on a phone.
    heights = 3.2, 0.24 * len(learned) + 0.6
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(5.2, sum(heights)), height_ratios=heights, layout="constrained"
    )
    windows = [row for _, row in rows if len(row.shape) > 1 and row.kind != "gap"]
    _fields(upper, sorted({row.reach for row in windows}), shape[1:], image)
    names, numbers = zip(*learned, strict=True) if learned else ((), ())
    _bars(lower, names, numbers)
    return figure


def _fields(axes, reaches, sides, image):
    """Draw squares of these sides around the middle of an image."""
    high, wide = sides
    axes.imshow(image, cmap="gray_r", extent=(0, wide, high, 0))
    colours = plt.get_cmap("viridis")(np.linspace(0, 0.9, len(reaches)))
    for reach, colour in zip(reaches, colours, strict=True):
        corner = (wide - reach) / 2, (high - reach) / 2
        axes.add_patch(Rectangle(corner, reach, reach, fill=False, color=colour, linewidth=2))
    axes.set(xlim=(0, wide), ylim=(high, 0))
    if reaches:
        axes.set_title(f"the last number sees {reaches[-1]} x {reaches[-1]} pixels")


def _bars(axes, names, numbers):
    """Draw a bar for each layer, from the top to the bottom, with its number of parameters."""
    bars = axes.barh(range(len(names)), numbers, height=0.7)
    axes.bar_label(bars, [f"{number:,}" for number in numbers], padding=3, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set(xticks=[], xlim=(0, 1.3 * max(numbers, default=1)))
    axes.set_title(f"{sum(numbers):,} parameters")
    axes.invert_yaxis()


def _grid(pictures, titles, columns, heading):
    """Draw pictures in rows, all on one grey scale."""
    rows = -(-len(pictures) // columns)
    size = 1.1 * min(columns, len(pictures)), 1.3 * rows + 0.4
    figure, grid = plt.subplots(
        rows, min(columns, len(pictures)), figsize=size, squeeze=False, layout="constrained"
    )
    low, high = float(np.min(pictures)), float(np.max(pictures))
    for axes in grid.flat:
        axes.axis("off")
    for axes, picture, title in zip(grid.flat, pictures, titles, strict=False):
        axes.imshow(picture, cmap="gray", vmin=low, vmax=high)
        axes.set_title(str(title), fontsize=8)
    figure.suptitle(heading)
    return figure
