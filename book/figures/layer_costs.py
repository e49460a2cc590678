"""Where each classic network has its parameters, and where it does its work: a bar a layer."""

from itertools import count

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from convnet.architectures import ARCHITECTURES, INCEPTIONS
from convnet.layer_table import spoken
from convnet.outline import Row

UNITS = (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")


def draw() -> dict[str, Figure]:
    """Draw each network, by its name in small letters."""
    return {
        name.lower().replace("-", ""): costs(net, shape)
        for name, (net, shape) in ARCHITECTURES.items()
    }


def costs(net: list[dict], shape: tuple[int, ...]) -> Figure:
    """Draw both costs of one network side by side, the layers from the top to the bottom."""
    rows = [row for _, row in spoken(net, shape) if row.parameters]
    figure, axes = plt.subplots(1, 2, figsize=(5.2, 0.75 + 0.225 * len(rows)), sharey=True)
    kinds = zip(axes, ("parameters", "multiply_adds"), ("C0", "C1"), strict=True)
    for ax, kind, colour in kinds:
        numbers = [getattr(row, kind) for row in rows]
        bars(ax, numbers, colour)
        ax.set_title(f"{kind.replace('_', '-')}:\n{short(sum(numbers))}", loc="left")
    axes[0].set_yticks(range(len(rows)), names(rows))
    axes[0].invert_yaxis()
    return figure


def bars(ax: Axes, numbers: list[int], colour: str) -> None:
    """Draw a bar a layer with its number."""
    ax.barh(range(len(numbers)), numbers, color=colour, height=0.66)
    for place, number in enumerate(numbers):
        ax.annotate(
            short(number),
            *((number, place), (4, 0)),
            **{"textcoords": "offset points", "va": "center", "fontsize": 9},
        )
    ax.set(xlim=(0, 1.42 * max(numbers)), xticks=[])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)


def short(number: int) -> str:
    """Three digits and a unit, such as 37.8 M."""
    for unit, letter in UNITS:
        if number >= unit:
            value = number / unit
            digits = 0 if unit == 1 else max(0, 2 - len(f"{int(value)}") + 1)
            return f"{value:.{digits}f} {letter}".rstrip()
    return "0"


def names(rows: list[Row]) -> list[str]:
    """A name for each layer: its kind and its number, or the paper's for the blocks."""
    counts = {"conv": count(1), "linear": count(1), "residual": count(1)}
    inceptions = iter(INCEPTIONS)
    return [
        f"block {next(inceptions)}"
        if row.kind == "concat"
        else f"{row.kind} {next(counts[row.kind])}"
        for row in rows
    ]
