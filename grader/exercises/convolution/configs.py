"""The convolutions that exercises 1.3 to 1.5 try: one feature at a time, then mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

Number = int | tuple[int, int]


@dataclass(frozen=True)
class Config:
    """The sizes and settings of one convolution.

    Args:
        title: what is special here.
        x: the shape (N, C, H, W).
        w: the shape (F, C/groups, KH, KW).
        group: the group of points it belongs to.
        bias: `random`, `zero`, or `none` for no bias at all.
        by_hand: fill it with the numbers 1, 2, 3, … so that it can be computed on paper.
    """

    title: str
    x: tuple[int, int, int, int]
    w: tuple[int, int, int, int]
    group: str = "edge"
    stride: Number = 1
    padding: Number = 0
    dilation: Number = 1
    groups: int = 1
    bias: str = "random"
    by_hand: bool = False

    @property
    def settings(self) -> dict[str, Number]:
        """The keyword arguments that differ from their defaults, groups included."""
        chosen = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        given = {name: v for name, v in chosen.items() if v != (0 if name == "padding" else 1)}
        return given | ({"groups": self.groups} if self.groups != 1 else {})

    @property
    def out(self) -> tuple[int, int]:
        """The size (OH, OW) of the result."""
        s, p, d = pair(self.stride), pair(self.padding), pair(self.dilation)
        n, k = self.x[2:], self.w[2:]
        return tuple((n[i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1 for i in (0, 1))

    def grown(self, rng: np.random.Generator) -> Config:
        """The same features with other sizes.

        Height and width grow by multiples of the stride, which keeps a remainder a remainder;
        filters and channels grow alike, which keeps F = C or F ≠ C.
        """
        images, more, *steps = (int(rng.integers(0, 3)) for _ in range(4))
        (n, c, *size), (f, depth, *kernel) = self.x, self.w
        groups, whole = self.groups, size == kernel
        if f == self.out[0] == self.out[1]:
            images, steps = more, [more, more]
        # A single window along an axis stays the only one.
        steps = [step if whole or o > 1 else 0 for step, o in zip(steps, self.out, strict=True)]
        size = [m + s * step for m, s, step in zip(size, pair(self.stride), steps, strict=True)]
        if depth == 1 and groups > 1:
            f, c, groups = f // groups * (groups + more), c + more, groups + more
        else:
            f, c, depth = f + groups * more, c + groups * more, depth + more
        x, w = (n + images, c, *size), (f, depth, *(size if whole else kernel))
        return replace(self, x=x, w=w, groups=groups, by_hand=False)


def pair(number: Number) -> tuple[int, int]:
    """(h, w), given as one number for both or as two."""
    return number if isinstance(number, tuple) else (number, number)


def numbers(config: Config, rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers to fill an array with: counted if by hand, else random with two decimals."""
    if config.by_hand:
        return np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)
    return rng.normal(size=shape).round(2)


def choose(rng: np.random.Generator | None, *, groups: bool = True) -> list[Config]:
    """The configurations to try: these for None, others with the same features for a generator.

    Args:
        rng: from which other sizes are drawn.
        groups: whether the function can group channels.
    """
    chosen = [config for config in CONFIGS if groups or config.groups == 1]
    return chosen if rng is None else [config.grown(rng) for config in chosen]


def small(title: str, x: tuple, w: tuple, **settings) -> Config:
    """A configuration to compute on paper, one feature at a time."""
    return Config(title, x, w, **({"group": "basic", "bias": "zero"} | settings), by_hand=True)


CONFIGS = (
    small("3 × 3 image, 2 × 2 kernel", (1, 1, 3, 3), (1, 1, 2, 2)),
    small("a bias", (1, 1, 2, 2), (1, 1, 2, 2), bias="random"),
    small("stride 2", (1, 1, 3, 3), (1, 1, 1, 1), stride=2),
    small("padding 1", (1, 1, 1, 2), (1, 1, 2, 2), padding=1),
    small("stride 2, padding 1", (1, 1, 3, 3), (1, 1, 2, 2), stride=2, padding=1),
    small("dilation 2", (1, 1, 3, 4), (1, 1, 2, 2), dilation=2, group="edge"),
    small("two channels", (1, 2, 2, 2), (1, 2, 2, 2)),
    small("two filters", (1, 1, 2, 2), (2, 1, 2, 2)),
    small("two images", (2, 1, 2, 2), (1, 1, 2, 2)),
    small("groups 2", (1, 2, 2, 2), (2, 1, 2, 2), groups=2, group="edge"),
    Config("one image, three channels", (1, 3, 5, 5), (4, 3, 3, 3), group="basic"),
    Config("a batch", (3, 2, 5, 6), (3, 2, 3, 3), group="basic"),
    Config("no bias", (2, 2, 4, 5), (3, 2, 2, 2), bias="none"),
    Config("as many filters as rows and columns", (3, 1, 4, 4), (3, 1, 2, 2), group="basic"),
    Config("as many filters as channels", (2, 3, 4, 4), (3, 3, 2, 2), group="basic"),
    Config("more channels than filters", (2, 4, 3, 5), (2, 4, 2, 2), group="basic"),
    Config("wide image, tall kernel", (2, 2, 5, 8), (3, 2, 3, 2)),
    Config("tall image, wide kernel", (2, 2, 7, 5), (3, 2, 2, 3)),
    Config("stride 2, several channels", (2, 2, 5, 7), (3, 2, 3, 3), stride=2),
    Config("stride (2, 1)", (2, 2, 7, 7), (3, 2, 3, 2), stride=(2, 1)),
    # So narrow that swapped strides give wrong numbers here, where elsewhere they only crash.
    Config("stride (2, 1), one column", (2, 2, 7, 2), (3, 2, 3, 2), stride=(2, 1)),
    Config("stride 3 with a small remainder", (2, 2, 7, 7), (3, 2, 3, 3), stride=3),
    Config("stride 3 with a remainder", (2, 2, 7, 9), (3, 2, 2, 3), stride=3),
    Config("stride larger than the kernel", (2, 2, 6, 8), (2, 2, 2, 1), stride=(3, 2)),
    Config("padding (1, 2)", (2, 2, 4, 5), (3, 2, 3, 3), padding=(1, 2)),
    Config("padding (1, 0)", (2, 2, 4, 5), (3, 2, 3, 2), padding=(1, 0)),
    Config("padding wider than the kernel", (1, 2, 3, 4), (2, 2, 2, 2), padding=3),
    Config("dilation 2, several channels", (2, 2, 6, 7), (3, 2, 3, 3), dilation=2),
    Config("dilation (2, 1)", (2, 2, 7, 6), (3, 2, 3, 2), dilation=(2, 1)),
    Config("groups 2, several images", (2, 4, 4, 5), (6, 2, 2, 3), groups=2),
    Config("groups 2, as many filters as channels", (2, 6, 4, 4), (6, 3, 2, 2), groups=2),
    Config("depthwise", (2, 3, 5, 4), (6, 1, 3, 2), groups=3),
    Config("1 × 1 kernel", (2, 3, 4, 5), (4, 3, 1, 1)),
    Config("kernel as large as the image", (2, 2, 4, 3), (3, 2, 4, 3)),
    Config(
        "stride, padding and dilation",
        (2, 3, 6, 7),
        (4, 3, 2, 3),
        stride=(2, 1),
        padding=(2, 1),
        dilation=(1, 2),
    ),
    Config(
        "everything at once",
        (2, 4, 8, 7),
        (6, 2, 3, 2),
        stride=(3, 2),
        padding=(1, 2),
        dilation=(2, 3),
        groups=2,
    ),
)
