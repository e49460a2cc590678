"""Parameters of a network with and without pooling: only a flatten head becomes smaller."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

CONVOLUTIONS = 16 * (3 * 4 + 1) + 32 * (16 * 4 + 1) + 64 * (32 * 4 + 1)
CLASSES = 133
BARS = [
    ("flatten head, no pools", CONVOLUTIONS + CLASSES * (64 * 221**2 + 1), "C1"),
    ("flatten head, pools", CONVOLUTIONS + CLASSES * (64 * 27**2 + 1), "C1"),
    ("GAP head, no pools", CONVOLUTIONS + CLASSES * (64 + 1), "C0"),
    ("GAP head, pools", CONVOLUTIONS + CLASSES * (64 + 1), "C0"),
]


def draw() -> Figure:
    """Draw one bar a network, on a logarithmic axis."""
    figure, ax = plt.subplots(figsize=(5.2, 2.9))
    names, numbers, colours = zip(*BARS, strict=True)
    ax.barh(names, numbers, color=colours, height=0.62)
    for place, number in enumerate(numbers):
        text = f"{number:,}" if number < 1e6 else f"{number / 1e6:,.1f} million"
        ax.annotate(text, (number, place), (5, 0), textcoords="offset points", va="center")
    ax.set(xscale="log", xlim=(1e3, 3e11), xticks=[1e3, 1e5, 1e7, 1e9], xlabel="parameters")
    ax.minorticks_off()
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return figure
