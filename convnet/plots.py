"""Draw what training did: curves of loss and accuracy, the filters that came out, the errors.

This is the only file of the package that needs matplotlib, so it is imported by name:
`from convnet.plots import plot_history`.
"""

import matplotlib.pyplot as plt
import numpy as np


def plot_history(history):
    """Draw loss and accuracy by epoch, of a `History`.

    Returns:
        The figure.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for axes, name in ((left, "loss"), (right, "accuracy")):
        for values, label in (
            (getattr(history, name), "training"),
            (getattr(history, f"held_out_{name}"), "held out"),
        ):
            if values:
                axes.plot(range(1, len(values) + 1), values, marker=".", label=label)
        axes.set(xlabel="epoch", ylabel=name, title=name.capitalize())
        if axes.lines:
            axes.legend()
    left.set_ylim(bottom=0)
    return figure


def plot_filters(weight, columns=8):
    """Draw the kernels of a convolution, the first channel of each; white is the largest weight.

    Shapes:
        weight (F, C, KH, KW).

    Returns:
        The figure.

    Raises:
        ValueError: these are not the weights of a convolution.
    """
    if np.ndim(weight) != 4:
        told = "it is that of a convolution, as network.params['0.weight']"
        raise ValueError(f"weight has shape {np.shape(weight)}, not (F, C, KH, KW): {told}")
    return _grid(weight[:, 0], [f"{i}" for i in range(len(weight))], columns, "Filters")


def plot_images(images, titles, columns=8, heading="Images"):
    """Draw images side by side, each with a title.

    Shapes:
        images (N, H, W).

    Returns:
        The figure.

    Raises:
        ValueError: there is no image, one has no title, or they have another shape.
    """
    if np.ndim(images) != 3 or not len(images):
        told = "take one channel, as in x[:, 0]"
        raise ValueError(f"images have shape {np.shape(images)}, not (N, H, W): {told}")
    if len(images) != len(titles):
        raise ValueError(f"there are {len(images)} images and {len(titles)} titles")
    return _grid(images, titles, columns, heading)


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
