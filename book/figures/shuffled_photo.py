"""A photo and the same pixels in another order: a dense layer cannot tell which one is natural."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from skimage.data import camera

SIZE = 64


def draw() -> Figure:
    """Draw the small photo next to its shuffled copy."""
    factor = 512 // SIZE
    x = camera().reshape(SIZE, factor, SIZE, factor).mean(axis=(1, 3))
    shuffled = np.random.default_rng(0).permutation(x.ravel()).reshape(SIZE, SIZE)
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 2.9))
    for ax, image, title in zip(
        axes, (x, shuffled), ("Photo", "Same pixels, shuffled"), strict=True
    ):
        ax.imshow(image, vmin=0, vmax=255)
        ax.set_title(title)
        ax.axis("off")
    return figure
