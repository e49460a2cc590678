"""A strip for each classic network: a box a layer, its map's side as height."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Arc, Rectangle

from convnet.architectures import ARCHITECTURES
from convnet.layer_table import spoken

COLOURS = {
    "image": "#b9c4cd",
    "convolution": "#ecb67c",
    "pooling": "#7fa6c4",
    "four ways": "#d3a5c7",
    "residual block": "#e0906f",
    "linear": "#8fc3a4",
}
NAMES = {
    "conv": "convolution",
    "linear": "linear",
    "concat": "four ways",
    "residual": "residual block",
    **dict.fromkeys(("maxpool", "avgpool", "gap"), "pooling"),
}
INCHES, HIGHEST, GAP, POOL, THINNEST = 5.0, 1.7, 0.035, 0.05, 0.05


def draw() -> dict[str, Figure]:
    """Draw each network, by its name in small letters."""
    return {
        name.lower().replace("-", ""): strip(net, shape)
        for name, (net, shape) in ARCHITECTURES.items()
    }


def strip(net: list[dict], shape: tuple[int, ...]) -> Figure:
    """Draw one network, as wide as a phone can show it."""
    figure, ax = plt.subplots(figsize=(5.2, 2.8))
    boxes = placed([("image", shape), *layers(net, shape)])
    for name, sizes, left, width in boxes:
        box(ax, name, left, width, HIGHEST * height(sizes, shape))
    write(ax, runs(boxes, lambda sizes: sizes[0]), 1)
    write(ax, runs([box for box in boxes if len(box[1]) > 1], lambda sizes: sizes[1]), -1)
    explain(ax, [name for name in COLOURS if any(b[0] == name for b in boxes)])
    ax.set(xlim=(-0.05, INCHES + 0.05), ylim=(-1.55, 1.2), aspect="equal")
    ax.axis("off")
    return figure


def layers(net: list[dict], shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...]]]:
    """What is drawn: a name and the shape of the output."""
    told = spoken(net, shape)
    return [(NAMES[row.kind], row.shape) for _, row in told if row.kind in NAMES]


def height(sizes: tuple[int, ...], shape: tuple[int, ...]) -> float:
    """The share of the image's height; numbers without a place count as one pixel."""
    return max(sizes[1] if len(sizes) > 1 else 1, 0.04 * shape[1]) / shape[1]


def placed(named: list[tuple]) -> list[tuple]:
    """A left edge and a width for each; widths grow with the root of the channels."""
    roots = [sizes[0] ** 0.5 for name, sizes in named if name != "pooling"]
    free = INCHES - sum(GAP + POOL * (name == "pooling") for name, _ in named)
    unit = (free - THINNEST * len(roots)) / sum(roots)
    boxes, left = [], 0.0
    for name, sizes in named:
        width = POOL if name == "pooling" else THINNEST + unit * sizes[0] ** 0.5
        boxes.append((name, sizes, left, width))
        left += width + GAP
    return boxes


def box(ax: Axes, name: str, left: float, width: float, high: float) -> None:
    """Draw a layer; a residual block gets a bow, four ways are told apart by lines."""
    ax.add_patch(Rectangle((left, -high / 2), width, high, facecolor=COLOURS[name], linewidth=0))
    if name == "four ways":
        for share in (0.25, 0.5, 0.75):
            x = left + share * width
            ax.plot([x, x], [-high / 2, high / 2], color="white", linewidth=0.7)
    if name == "residual block":
        bow = Arc((left + width / 2, high / 2), width, 0.22, theta1=0, theta2=180)
        bow.set(color="#8a4a2e", linewidth=1)
        ax.add_patch(bow)


def runs(boxes: list[tuple], size) -> list[tuple[float, str]]:
    """The middle of each run of neighbours with the same size, and that size."""
    ends: list[list] = []
    for _, sizes, left, width in boxes:
        if ends and ends[-1][2] == size(sizes):
            ends[-1][1] = left + width
        else:
            ends.append([left, left + width, size(sizes)])
    return [((left + right) / 2, f"{value}") for left, right, value in ends]


def write(ax: Axes, numbers: list[tuple[float, str]], side: int) -> None:
    """Write numbers above (1) or below (-1), further out where the last one is in the way."""
    edges: dict[int, float] = {}
    for place, label in numbers:
        half = 0.042 * len(label)
        row = next(row for row in range(9) if edges.get(row, -9) < place - half)
        edges[row] = place + half
        y = side * (HIGHEST / 2 + 0.1 + 0.15 * row)
        ax.text(place, y, label, ha="center", va="center", fontsize=9)


def explain(ax: Axes, names: list[str]) -> None:
    """Say what the colours are."""
    handles = [Rectangle((0, 0), 1, 1, facecolor=COLOURS[name]) for name in names]
    options = {"loc": "lower center", "fontsize": 9, "handlelength": 1, "columnspacing": 1}
    ax.legend(handles, names, ncols=len(names), borderaxespad=0, handletextpad=0.4, **options)
