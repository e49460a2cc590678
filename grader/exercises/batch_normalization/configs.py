"""The batches that exercises 4.1 to 4.4 try: one feature at a time, then odd sizes and values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

# A single-precision mean and variance lose more digits than a sum of products does.
TOLERANCE = {"float64": (1e-9, 1e-11), "float32": (1e-3, 1e-4)}


@dataclass(frozen=True)
class Config:
    """The sizes and values of one batch.

    Args:
        title: what is special here.
        shape: the shape of x, (N, C) or (N, C, H, W).
        group: the group of points it belongs to.
        scale, offset: x is multiplied by the one, then the other is added.
        eps, momentum: None for the default.
        by_hand: fill it with small whole numbers, so that it can be computed on paper.
        flat: all numbers of channel 0 are equal.
        silent: gamma of channel 0 is 0.
        kept: sizes that the title promises.
        var: the running variance of all channels; random if None.
    """

    title: str
    shape: tuple[int, ...]
    group: str = "edge"
    scale: float = 1.0
    offset: float = 0.0
    eps: float | None = None
    momentum: float | None = None
    by_hand: bool = False
    flat: bool = False
    silent: bool = False
    kept: tuple[int, ...] = ()
    var: float | None = None

    @property
    def channels(self) -> int:
        """C, the number of means."""
        return self.shape[1]

    @property
    def far(self) -> bool:
        """Whether x lies so far from 0 that its variance needs all digits of float64."""
        return abs(self.offset) >= 1e4

    def grown(self, rng: np.random.Generator) -> Config:
        """The same features with other sizes: what was 1 stays 1, what was equal stays equal."""
        sizes, more = {}, 0
        for size in sorted({1, *self.shape}):
            more += 0 if size == 1 or size in self.kept else int(rng.integers(0, 3))
            sizes[size] = size if size == 1 or size in self.kept else size + more
        return replace(self, shape=tuple(sizes[n] for n in self.shape), by_hand=False)


def choose(
    rng: np.random.Generator | None,
    *,
    images: bool = False,
    momentum: bool = True,
    far: bool = True,
) -> list[Config]:
    """The batches to train on: these for None, others with the same features for a generator.

    Args:
        rng: from which other sizes are drawn.
        images: only those with rows and columns.
        momentum: also those where nothing but the momentum is special.
        far: also those very far from zero, where only the batch's own variance is hard.
    """
    chosen = [
        config
        for config in CONFIGS
        if (len(config.shape) == 4 or not images)
        and (config.momentum is None or momentum)
        and (far or not config.far)
    ]
    return chosen if rng is None else [config.grown(rng) for config in chosen]


def batch(config: Config, rng: np.random.Generator) -> np.ndarray:
    """x, whose channels differ in mean and spread."""
    shape, C = config.shape, config.channels
    if config.by_hand:
        x = np.arange(1.0, 2 * np.prod(shape), 2)
        return (x if C == 1 else rng.permutation(x)).reshape(shape)
    spread, centre = rng.uniform(1, 3, C), rng.uniform(-3, 3, C)
    wide = (C, *(1 for _ in shape[2:]))
    x = rng.normal(size=shape) * spread.reshape(wide) + centre.reshape(wide)
    x = x.round(2) * config.scale + config.offset
    if config.far:
        # A mean of 2, 4, 8... such numbers is exact, but their squares are longer than a float.
        x = np.round(x * 2**16) / 2**16
    if config.flat:
        # Near 0, so that a mean which is off by one rounding does not count after the division.
        x[:, 0] = rng.integers(1, 5) / 32
    return x


def parameters(config: Config, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """gamma and beta, different for each channel."""
    C = config.channels
    if config.by_hand and C == 1:
        return {"gamma": np.array([2.0]), "beta": np.array([1.0])}
    gamma, beta = (distinct(rng, C) / 2 * rng.choice([-1, 1], C) for _ in range(2))
    if config.silent:
        gamma[0] = 0
    return {"gamma": gamma, "beta": beta}


def running(config: Config, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """A running mean and a running variance, different for each channel."""
    C = config.channels
    if config.by_hand and C == 1:
        return {"running_mean": np.zeros(1), "running_var": np.ones(1)}
    mean, var = distinct(rng, C) * rng.choice([-1, 1], C), (1 + distinct(rng, C)) / 4
    if config.var is not None:
        var = np.full(C, config.var)
    return {"running_mean": mean + config.offset, "running_var": var}


def distinct(rng: np.random.Generator, count: int) -> np.ndarray:
    """Different small whole numbers from 1 on, in any order."""
    return rng.permutation(np.arange(1.0, count + 2))[:count]


def settings(config: Config, *names: str) -> dict[str, float]:
    """Those of the named options that are not the default."""
    return {name: v for name in names if (v := getattr(config, name)) is not None}


def small(title: str, shape: tuple[int, ...], **options) -> Config:
    """A batch to compute on paper."""
    return Config(title, shape, group="basic", by_hand=True, **options)


CONFIGS = (
    small("four numbers", (4, 1)),
    small("one image of four pixels", (1, 1, 2, 2)),
    small("two features", (3, 2)),
    small("two images", (2, 1, 1, 2)),
    small("two channels", (1, 2, 1, 3)),
    small("momentum 0.5", (4, 1), momentum=0.5),
    small("eps 4", (4, 1), eps=4.0),
    Config("a batch of rows", (5, 3), group="basic"),
    Config("a batch of images", (3, 2, 4, 5), group="basic"),
    Config("two numbers a feature", (2, 3), kept=(2,)),
    Config("one image", (1, 3, 4, 5)),
    Config("1 × 1 images", (4, 3, 1, 1)),
    Config("one row of pixels", (3, 2, 1, 4)),
    Config("one channel", (3, 1, 2, 4)),
    Config("far from zero", (4, 3, 2, 5), scale=3, offset=100),
    Config("rows far from zero", (6, 2), scale=3, offset=-100),
    Config("very far from zero", (2, 3, 2, 2), offset=1e4, kept=(2,)),
    Config("rows very far from zero", (8, 3), offset=-1e4, kept=(8,)),
    Config("close together", (4, 2, 2, 3), scale=1e-3),
    Config("rows close together", (5, 2), scale=1e-3),
    Config("large numbers", (3, 2, 2, 5), scale=1e4),
    Config("a channel that does not vary", (3, 2, 2, 4), flat=True),
    Config("a feature that does not vary", (4, 3), flat=True),
    Config("a gamma of 0", (3, 2, 4, 2), silent=True),
    Config("as many rows as features", (4, 4)),
    Config("as many images as channels", (3, 3, 4, 2)),
    Config("as many channels as rows of pixels", (2, 3, 3, 5)),
    Config("as many channels as columns", (2, 4, 3, 4)),
    Config("all sizes equal", (3, 3, 3, 3)),
    Config("eps 0.1", (3, 2, 2, 4), eps=0.1),
    Config("rows, eps 0.3", (4, 3), eps=0.3),
    Config("an eps larger than the variance", (2, 3, 2, 5), eps=30.0),
    Config("momentum 0.9", (3, 2, 2, 4), momentum=0.9),
    Config("momentum 1", (4, 2, 3, 2), momentum=1.0),
    Config("momentum 0", (4, 2, 3, 2), momentum=0.0),
    Config("momentum 0.01, eps 0.001", (5, 2, 4, 3), eps=1e-3, momentum=0.01),
)
