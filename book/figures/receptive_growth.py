"""How much of the image one number sees, layer by layer, in LeNet, VGG-16 and ResNet-18."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# A layer is its kind, kernel and stride; the widest way through a residual block counts.
LENET = [("conv", 5, 1), ("pool", 2, 2), ("conv", 5, 1), ("pool", 2, 2), ("conv", 5, 1)]
VGG = [layer for count in (2, 2, 3, 3, 3) for layer in [("conv", 3, 1)] * count + [("pool", 2, 2)]]
RESNET = [("conv", 7, 2), ("pool", 3, 2)] + [
    ("conv", 3, stride) for first in (1, 2, 2, 2) for stride in (first, 1, 1, 1)
]
NETWORKS = [("LeNet", LENET, 32), ("VGG-16", VGG, 224), ("ResNet-18", RESNET, 224)]
COLOURS = {"conv": "C0", "pool": "C1"}


def draw() -> Figure:
    """Draw one panel of bars for each network."""
    figure, axes = plt.subplots(3, 1, figsize=(5.2, 7.2))
    for ax, (name, layers, size) in zip(axes, NETWORKS, strict=True):
        panel(ax, layers, size)
        ax.set_title(f"{name}, for images of {size} × {size}", loc="left")
    axes[-1].set_xlabel("layer")
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in COLOURS.values()]
    axes[1].legend(handles, ["convolution", "pooling"], loc="upper left", bbox_to_anchor=(0, 0.9))
    return figure


def panel(ax: Axes, layers: list[tuple[str, int, int]], size: int) -> None:
    """Draw the receptive field after each layer, and the size of the image as a line."""
    fields = receptive_fields(layers)
    colours = [COLOURS[kind] for kind, _, _ in layers]
    ax.bar(range(1, len(layers) + 1), fields, color=colours, width=0.72)
    ax.axhline(size, color="#4a5864", linewidth=1, linestyle="--")
    card = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    above = fields[-1] + 0.03 * max(size, *fields)
    ax.text(len(layers), above, str(fields[-1]), ha="center", va="bottom", bbox=card)
    ax.set(ylabel="field in pixels", ylim=(0, 1.18 * max(size, *fields)))
    ax.set_xticks(range(1, len(layers) + 1, 1 if len(layers) < 8 else 3))
    ax.set_xlim(0.3, len(layers) + 0.9)
    ax.tick_params(axis="x", length=0)


def receptive_fields(layers: list[tuple[str, int, int]]) -> list[int]:
    """The receptive field after each layer: it grows by kernel - 1 jumps."""
    field, jump, fields = 1, 1, []
    for _, kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
        fields.append(field)
    return fields
