"""The poolings that exercises 2.2 to 2.4 try: one feature at a time, then mixed."""

from grader.exercises.convolution.configs import Number
from grader.exercises.pooling.configs import Config


def small(title: str, x: tuple, k: Number, **settings) -> Config:
    """A configuration to follow on paper."""
    return Config(title, x, k, **({"group": "basic", "fill": "hand"} | settings))


def negative(title: str, x: tuple, k: Number, **settings) -> Config:
    """A configuration of negative numbers, among which a padding of zeros would show."""
    return Config(title, x, k, **settings, fill="negative")


LESS_PADDED = {"stride": 2, "padding": (1, 1)}

SHAPES = (
    small("the worked example", (1, 1, 4, 4), 2, fill="worked"),
    small("one window", (1, 1, 2, 2), 2),
    small("two channels", (1, 2, 2, 2), 2),
    small("two images", (2, 1, 2, 2), 2),
    small("a column is left over", (1, 1, 2, 3), 2),
    small("windows that overlap", (1, 1, 2, 3), 2, stride=1),
    small("the worked example, 3 × 3 windows, stride 1", (1, 1, 4, 4), 3, stride=1, fill="worked"),
    small("all numbers negative", (1, 1, 2, 2), 2, fill="negative"),
    Config("one image, three channels", (1, 3, 6, 6), 2, group="basic"),
    Config("a batch", (3, 2, 6, 4), 2, group="basic"),
    Config("odd sizes", (2, 3, 7, 5), 2, group="basic"),
    Config("as many images as channels, rows and columns", (4, 4, 4, 4), 2, group="basic"),
    Config("3 × 3 windows with stride 2", (2, 2, 7, 9), 3, stride=2),
    Config("3 × 3 windows with stride 1", (2, 3, 4, 5), 3, stride=1),
    Config("windows of 3 rows and 2 columns", (2, 2, 7, 6), (3, 2)),
    Config("windows of 1 row and 3 columns", (2, 2, 4, 8), (1, 3)),
    Config("wide windows that overlap", (2, 2, 5, 7), (2, 3), stride=1),
    Config("stride (2, 1)", (2, 2, 7, 7), 3, stride=(2, 1)),
    # So narrow that swapped strides give wrong numbers here, where elsewhere they only crash.
    Config("stride (2, 1), one column", (2, 2, 7, 2), (3, 2), stride=(2, 1)),
    Config("stride larger than the window", (2, 2, 8, 9), 2, stride=(3, 4)),
    Config("stride 3 with a remainder", (2, 2, 9, 10), 2, stride=3),
    Config("1 × 1 windows", (2, 3, 3, 4), 1),
    Config("1 × 1 windows with stride 2", (2, 2, 5, 4), 1, stride=2),
    Config("a window as large as the map", (2, 3, 4, 5), (4, 5)),
    Config("large numbers, negative ones too", (2, 2, 4, 6), 2, fill="mixed"),
)

CEIL = (
    small("ceil_mode, windows stick out", (1, 1, 3, 3), 2, ceil=True, group="edge"),
    Config("ceil_mode, windows that overlap", (2, 2, 6, 8), 3, stride=2, ceil=True),
    Config("ceil_mode, everything fits", (2, 2, 6, 4), 2, ceil=True),
    Config("ceil_mode along one axis", (2, 2, 6, 7), 2, ceil=True),
    negative("ceil_mode, all negative", (2, 2, 5, 7), 3, ceil=True),
    Config("ceil_mode, stride larger than the window", (2, 2, 9, 8), 2, stride=3, ceil=True),
)

PADDED = (
    small("padding 1", (1, 1, 2, 2), 2, padding=1, fill="negative", group="edge"),
    negative("padding 1, 3 × 3 windows with stride 2", (2, 2, 6, 7), 3, stride=2, padding=1),
    Config("padding 1, numbers of both signs", (2, 2, 5, 4), 3, stride=1, padding=1),
    negative("a window larger than the map", (1, 2, 4, 5), 6, stride=1, padding=3),
    negative("padding (1, 0)", (2, 2, 5, 6), (2, 3), stride=1, padding=(1, 0)),
    negative("padding (0, 1)", (2, 2, 6, 5), (2, 3), stride=(2, 1), padding=(0, 1)),
    negative("padding (2, 1)", (2, 2, 5, 7), (4, 3), stride=(1, 2), padding=(2, 1)),
    small(
        "ceil_mode, a window would start in the padding",
        *((1, 1, 3, 3), 2),
        padding=1,
        ceil=True,
        fill="negative",
        group="edge",
    ),
    # Where padding is less than half a window, k // 2 does not stand for it.
    negative("padding 1, 5 × 5 windows", (2, 2, 7, 6), 5, stride=1, padding=1),
    negative("padding 1, windows of 4 rows and 5 columns", (2, 2, 8, 9), (4, 5), **LESS_PADDED),
    negative("ceil_mode with padding", (2, 2, 6, 9), 3, stride=2, padding=1, ceil=True),
    negative("ceil_mode with padding (0, 1)", (2, 2, 5, 5), 2, padding=(0, 1), ceil=True),
    negative("ceil_mode, 5 × 5 windows", (1, 2, 7, 9), 5, stride=3, padding=2, ceil=True),
    Config("very large negative numbers", (2, 2, 6, 5), 3, padding=1, ceil=True, fill="huge"),
)

DILATED = (
    small("dilation 2", (1, 1, 3, 3), 2, dilation=2, group="edge"),
    Config("dilation 2, windows that overlap", (2, 2, 7, 8), 3, stride=1, dilation=2),
    Config("dilation 3, the stride as usual", (2, 2, 8, 9), 2, dilation=3),
    Config("dilation (2, 1)", (2, 2, 8, 6), (2, 3), stride=(1, 2), dilation=(2, 1)),
    Config("dilation 2 with ceil_mode", (2, 2, 8, 7), 2, stride=3, dilation=2, ceil=True),
    negative(
        "everything at once",
        *((2, 3, 9, 10), (3, 2)),
        stride=(2, 3),
        padding=(1, 1),
        dilation=(2, 3),
        ceil=True,
    ),
)

TIES = (
    small("a tie", (1, 1, 2, 2), 2, fill="zeros"),
    small("a tie in windows that overlap", (1, 1, 3, 3), 2, stride=1, fill="zeros"),
    Config("many ties", (3, 2, 6, 6), 3, stride=2, fill="ties"),
    Config("many ties, side by side", (2, 2, 6, 8), 2, fill="ties"),
    Config("nothing but zeros, padded", (2, 2, 4, 5), 3, stride=1, padding=1, fill="zeros"),
    Config("after a ReLU", (2, 3, 6, 5), (3, 2), fill="relu"),
    Config("almost a tie", (2, 2, 4, 6), 2, fill="close"),
)

COUNTED = (
    small("padding 1, not counted", (1, 1, 2, 3), 2, padding=1, include=False, group="edge"),
    Config("not counted, nothing to count", (2, 2, 4, 6), 2, include=False),
    Config("not counted, 3 × 3 windows", (2, 2, 6, 7), 3, stride=2, padding=1, include=False),
    Config(
        "padding 1, not counted, windows of 5 rows and 4 columns",
        *((2, 2, 9, 8), (5, 4)),
        **LESS_PADDED,
        include=False,
    ),
    Config("padding (1, 0), not counted", (2, 2, 5, 6), (2, 3), padding=(1, 0), include=False),
    Config("ceil_mode, not counted", (2, 2, 5, 6), 3, stride=2, ceil=True, include=False),
    Config(
        "ceil_mode with padding, not counted",
        *((2, 3, 6, 9), (3, 4)),
        stride=(2, 3),
        padding=(1, 2),
        ceil=True,
        include=False,
    ),
    Config(
        "ceil_mode with padding (1, 2)", (2, 2, 6, 9), (3, 4), stride=3, padding=(1, 2), ceil=True
    ),
    Config("ceil_mode, 4 × 4 windows", (1, 2, 6, 7), 4, stride=3, padding=2, ceil=True),
)

MAXIMA = (*SHAPES, *TIES, *CEIL, *PADDED, *DILATED)
AVERAGES = (*SHAPES, *CEIL, *(c for c in PADDED if c.fill != "huge"), *COUNTED)
