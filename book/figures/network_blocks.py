"""The blocks of GoogLeNet and ResNet: which layers stand side by side, and what meets where."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from convnet.architectures import INCEPTIONS

COLOURS = {
    "one": "#f6dcc0",
    "conv": "#ecb67c",
    "pool": "#b8cfe0",
    "norm": "#dfe6d5",
    "bar": "#e3e8ec",
}
# A box: its place, what is written in it, and its kind; those of kind "plain" are words alone,
# and "note" is as wide as its words.
Boxes = dict[str, tuple[float, float, str, str]]
Arrows = list[tuple[str, str]]
HALF_WIDTH, HALF_HEIGHT, HALF_BAR = 0.58, 0.27, 2.68


def draw() -> dict[str, Figure]:
    """Draw Inception's block 3a, and three residual blocks."""
    return {"inception": picture(*inception(), high=4.2), "residual": residual()}


def inception() -> tuple[Boxes, Arrows]:
    """The four ways of block 3a, with the channels behind each layer."""
    c1, (r2, c2), (r3, c3), c4 = INCEPTIONS["3a"]
    boxes = {
        "x": (2.1, 0, "192 channels", "bar"),
        "1": (0, 2.4, f"1 × 1\n{c1}", "one"),
        "2a": (1.4, 1.2, f"1 × 1\n{r2}", "one"),
        "2b": (1.4, 2.4, f"3 × 3\n{c2}", "conv"),
        "3a": (2.8, 1.2, f"1 × 1\n{r3}", "one"),
        "3b": (2.8, 2.4, f"5 × 5\n{c3}", "conv"),
        "4a": (4.2, 1.2, "max 3 × 3\n192", "pool"),
        "4b": (4.2, 2.4, f"1 × 1\n{c4}", "one"),
        "y": (2.1, 3.6, f"stacked: {c1 + c2 + c3 + c4} channels", "bar"),
    }
    arrows = [("x", name) for name in ("1", "2a", "3a", "4a")]
    arrows += [(f"{way}a", f"{way}b") for way in "234"]
    return boxes, arrows + [(name, "y") for name in ("1", "2b", "3b", "4b")]


def residual() -> Figure:
    """Draw three residual blocks side by side."""
    figure, axes = plt.subplots(1, 3, figsize=(5.2, 4.6))
    shortcuts = ("x as it is", "1 × 1 on the way around", "bottleneck")
    for ax, title, layers in zip(axes, shortcuts, branches(), strict=True):
        boxes, arrows = stack(layers, projected="on" in title.split())
        show(ax, boxes, arrows, half_width=0.88)
        bow(ax, boxes, projected="way" in boxes)
        ax.set_title(title, fontsize=10)
    return figure


def branches() -> list[list[tuple[str, str]]]:
    """The layers of each branch, from the bottom to the top."""
    two = [("3 × 3, 64", "conv"), ("BN", "norm"), ("ReLU", "plain")]
    two += [("3 × 3, 64", "conv"), ("BN", "norm")]
    down = [("3 × 3/2, 128", "conv"), *two[1:3], ("3 × 3, 128", "conv"), ("BN", "norm")]
    narrow = [("1 × 1, 64", "one"), ("BN, ReLU", "norm"), ("3 × 3, 64", "conv")]
    return [two, down, [*narrow, ("BN, ReLU", "norm"), ("1 × 1, 256", "one"), ("BN", "norm")]]


def stack(layers: list[tuple[str, str]], *, projected: bool) -> tuple[Boxes, Arrows]:
    """One layer above the other, then the sum and its ReLU."""
    step = 5.4 / (len(layers) + 1)
    boxes: Boxes = {"x": (0, 0, "x", "plain")}
    for i, (label, kind) in enumerate(layers, start=1):
        boxes[f"{i}"] = (0, i * step, label, kind)
    boxes |= {"sum": (0, 5.4, "+", "plain"), "y": (0, 6.3, "ReLU", "plain")}
    names = [*boxes]
    if projected:
        boxes["way"] = (1.5, 2.7, "1 × 1\n/ 2, 128\nBN", "note")
    return boxes, list(zip(names, names[1:], strict=False))


def bow(ax: Axes, boxes: Boxes, *, projected: bool) -> None:
    """Draw the way around the branch."""
    right, top = 1.5, boxes["sum"][1]
    ends = [(0.22, 0), (right, 0), (right, top), (0.3, top)]
    breaks = [2.2, 3.2] if projected else [top / 2, top / 2]
    lower, upper = [*ends[:2], (right, breaks[0])], [(right, breaks[1]), *ends[2:]]
    for points in (lower, upper):
        ax.plot(*zip(*points, strict=True), color="#9c3f2a", linewidth=1.6)
    head = {"arrowstyle": "-|>", "color": "#9c3f2a", "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=(0.2, top), xytext=(0.6, top), arrowprops=head)


def picture(boxes: Boxes, arrows: Arrows, *, high: float) -> Figure:
    """Draw one block on a figure of its own."""
    figure, ax = plt.subplots(figsize=(5.2, high))
    show(ax, boxes, arrows, half_width=HALF_WIDTH)
    return figure


def show(ax: Axes, boxes: Boxes, arrows: Arrows, *, half_width: float) -> None:
    """Draw the arrows, and the boxes over them."""
    for start, end in arrows:
        (x0, y0, *_), (x1, y1, *_) = boxes[start], boxes[end]
        # A bar lies below or above all ways, so that each goes straight up.
        x0, x1 = (
            (x1, x1) if boxes[start][3] == "bar" else (x0, x0 if boxes[end][3] == "bar" else x1)
        )
        points = {"xy": (x1, y1 - HALF_HEIGHT), "xytext": (x0, y0 + HALF_HEIGHT)}
        style = {"arrowstyle": "-|>", "color": "#6b7885", "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", **points, arrowprops=style)
    for x, y, label, kind in boxes.values():
        if kind in COLOURS:
            half = HALF_BAR if kind == "bar" else half_width
            place = (x - half, y - HALF_HEIGHT), 2 * half, 2 * HALF_HEIGHT
            ax.add_patch(plt.Rectangle(*place, facecolor=COLOURS[kind], linewidth=0))
        note = {"facecolor": COLOURS["one"], "edgecolor": "none"} if kind == "note" else None
        middle = {"ha": "center", "va": "center"}
        ax.text(x, y, label, fontsize=9, linespacing=1.2, bbox=note, **middle)
    lefts = [x for x, *_ in boxes.values()]
    rights = max(lefts) if len(set(lefts)) > 1 else 1.5
    ax.set(xlim=(min(lefts) - half_width - 0.05, rights + half_width + 0.05))
    ax.set_ylim(-0.4, max(y for _, y, *_ in boxes.values()) + 0.4)
    ax.axis("off")
