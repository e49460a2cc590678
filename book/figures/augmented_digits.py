"""Three digits, and what random moves by up to three pixels make of them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from convnet.functional import random_shift_flip
from grader.exercises.pooling.digits import digits

CHOSEN, VARIANTS, MOST = (45, 101, 140), 4, 3


def draw() -> Figure:
    """Draw each digit on the left, and its variants beside it."""
    figure, axes = plt.subplots(3, 1 + VARIANTS, figsize=(5.0, 3.0))
    rng = np.random.default_rng(1)
    for row, place in zip(axes, CHOSEN, strict=True):
        digit = digits()[place : place + 1]
        moved = random_shift_flip(np.repeat(digit, VARIANTS, axis=0), MOST, rng)
        for ax, image in zip(row, np.concatenate([digit, moved]), strict=True):
            ax.imshow(image[0], cmap="gray_r", vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[])
    axes[0, 0].set_title("as it is")
    axes[0, 1].set_title("moved", loc="left")
    return figure
