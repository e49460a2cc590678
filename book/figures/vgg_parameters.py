"""Where VGG-16 keeps its 138 million parameters: nine tenths in three fully connected layers."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

WIDTHS = (64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512)
CHANNELS = (3, *WIDTHS[:-1])
CONVOLUTIONS = [f * (c * 9 + 1) for f, c in zip(WIDTHS, CHANNELS, strict=True)]
DENSE = [4096 * (512 * 49 + 1), 4096 * (4096 + 1), 1000 * (4096 + 1)]


def draw() -> Figure:
    """Draw one bar a layer, convolutions in one colour and linear layers in another."""
    figure, ax = plt.subplots(figsize=(5.2, 5.0))
    names = [f"conv {i}" for i in range(1, 14)] + ["fc 1", "fc 2", "fc 3"]
    numbers = CONVOLUTIONS + DENSE
    colours = ["C0"] * len(CONVOLUTIONS) + ["C1"] * len(DENSE)
    ax.barh(names, [n / 1e6 for n in numbers], color=colours, height=0.7)
    for place, number in enumerate(numbers):
        ax.annotate(
            f"{number / 1e6:.1f}" if number > 5e4 else f"{number / 1e6:.3f}",
            (number / 1e6, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    ax.set(xlim=(0, 118), xlabel="million parameters")
    ax.invert_yaxis()
    share = sum(DENSE) / sum(numbers)
    ax.text(
        114, 6, f"fc: {sum(DENSE) / 1e6:.1f} of\n{sum(numbers) / 1e6:.1f} million,\n{share:.0%}",
        ha="right", va="center", color="#9c5a12",
    )  # fmt: skip
    ax.tick_params(axis="y", length=0)
    return figure
