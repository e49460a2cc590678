"""One photo and what fixed kernels make of it: blur, Laplacian, Sobel and the flipped Sobel."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.lib.stride_tricks import sliding_window_view
from skimage.data import camera

BLUR = np.full((5, 5), 1 / 25)
LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def draw() -> Figure:
    """Draw the photo, four responses, and the strength of the edges."""
    x = photo()
    right, left = respond(x, SOBEL), respond(x, SOBEL[::-1, ::-1])
    panels = [
        ("Photo", x, (0, 1)),
        ("Blur", respond(x, BLUR), (0, 1)),
        ("Laplacian", respond(x, LAPLACIAN), (-0.5, 0.5)),
        ("Sobel: brighter right", right, (-1.5, 1.5)),
        ("Flipped: brighter left", left, (-1.5, 1.5)),
        ("Either, absolute value", np.abs(right), (0, 1.5)),
    ]
    figure, axes = plt.subplots(3, 2, figsize=(5.2, 8))
    for ax, (title, image, (low, high)) in zip(axes.flat, panels, strict=True):
        ax.imshow(image, vmin=low, vmax=high)
        ax.set_title(title)
        ax.axis("off")
    return figure


def photo() -> np.ndarray:
    """The photo, grey values from 0 to 1, each pixel the mean of four."""
    fine = camera() / 255  # (512, 512)
    return fine.reshape(256, 2, 256, 2).mean(axis=(1, 3))


def respond(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Cross-correlate x with w, without padding."""
    return np.einsum("ijuv,uv->ij", sliding_window_view(x, w.shape), w)
