"""What each kind of dropout switches off: numbers, whole maps, or single weights."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

COLOURS = ListedColormap(["#eef2f5", "#2f6690"])
IMAGES, CHANNELS, SIDE = 2, 3, 5


def draw() -> Figure:
    """Draw the masks of three layers, all with p = 0.5."""
    figure, axes = plt.subplots(1, 3, figsize=(5.2, 2.9), width_ratios=(1.2, 1.2, 1))
    kinds = masks(np.random.default_rng(4))
    titles = ("dropout", "spatial dropout", "DropConnect")
    for ax, title, mask in zip(axes, titles, kinds.values(), strict=True):
        show(ax, mask)
        ax.set_title(title)
    for ax in axes[:2]:
        ax.set_xlabel("2 images × 3 maps")
    axes[2].set(xlabel="inputs", ylabel="outputs")
    return figure


def masks(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """1 for what is kept: two of images (N, C, H, W), and one of weights (M, D)."""
    shape = (IMAGES, CHANNELS, SIDE, SIDE)
    maps = rng.permuted(np.array([[0, 1, 0], [1, 0, 1]]), axis=1)[:, :, None, None]
    return {
        "dropout": (rng.random(shape) >= 0.5) * 1,
        "spatial": maps * np.ones(shape, dtype=int),
        "connect": (rng.random((7, 6)) >= 0.5) * 1,
    }


def show(ax: Axes, mask: np.ndarray) -> None:
    """Draw a mask as squares; maps stand beside one another, images below one another."""
    if mask.ndim == 4:
        wide = np.full((mask.shape[1] * (SIDE + 1) - 1, IMAGES * (SIDE + 1) - 1), np.nan)
        for n, c in np.ndindex(mask.shape[:2]):
            top, left = c * (SIDE + 1), n * (SIDE + 1)
            wide[top : top + SIDE, left : left + SIDE] = mask[n, c]
        mask = wide
    ax.pcolormesh(mask[::-1], cmap=COLOURS, vmin=0, vmax=1, edgecolors="white", linewidth=0.8)
    ax.set(aspect="equal", xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)
