"""Slips of 2.6 with norms: other ones, of other parts, or without their root."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def norms(y: np.ndarray) -> np.ndarray:
    """The Euclidean norm of each image's result, (N,)."""
    return np.sqrt((y.reshape(len(y), -1) ** 2).sum(1))


def ratios(moved: np.ndarray, y: np.ndarray, norm: Callable = norms) -> np.ndarray:
    """The relative change of each image, (N,)."""
    return norm(moved - y) / norm(y)


def change(
    compare: Callable[[np.ndarray, np.ndarray], float],
    *,
    pools: Callable = lambda pool, T, X: (pool(T(X)), pool(X)),
) -> Callable[..., float]:
    """A `relative_change` with another comparison, or of other arrays."""

    def relative_change(pool, T, X):
        return float(compare(*pools(pool, T, X)))

    return relative_change


def mean_ratio(moved: np.ndarray, y: np.ndarray) -> float:
    """The right comparison."""
    return np.mean(ratios(moved, y))


def columns(y: np.ndarray) -> np.ndarray:
    """The norms of what stands below one another: over the images instead of for each."""
    return np.sqrt((y.reshape(len(y), -1) ** 2).sum(0))


def per_channel(y: np.ndarray) -> np.ndarray:
    """The norm of each channel, (N, C)."""
    return np.sqrt((y.reshape(*y.shape[:2], -1) ** 2).sum(2))


def powers(p: float) -> Callable:
    """Norms with another exponent."""
    return lambda y: (np.abs(y.reshape(len(y), -1)) ** p).sum(1) ** (1 / p)


def largest(y: np.ndarray) -> np.ndarray:
    """The largest magnitude of each image."""
    return np.abs(y.reshape(len(y), -1)).max(1)


def spectral(y: np.ndarray) -> np.ndarray:
    """What np.linalg.norm with ord=2 gives for the matrix (C, H * W) of each image."""
    return np.linalg.norm(y.reshape(*y.shape[:2], -1), ord=2, axis=(1, 2))


NORMS = {
    "per_channel": (
        "You took a norm for each channel. An image has one norm, over all of its channels, rows "
        "and columns.",
        (
            change(lambda a, b: np.mean(ratios(a, b, per_channel))),
            change(lambda a, b: np.mean(norms(a - b) / per_channel(b).mean(1))),
        ),
    ),
    "one_channel": (
        "You measured one channel only. The norm is over all channels, rows and columns of an "
        "image: reshape to (N, -1).",
        (
            change(lambda a, b: np.mean(norms(a[:, :1] - b[:, :1]) / norms(b[:, :1]))),
            change(lambda a, b: np.mean(norms(a[:, -1:] - b[:, -1:]) / norms(b[:, -1:]))),
        ),
    ),
    "norm_over_images": (
        "Your norm runs over the images. It must keep them apart: reshape to (N, -1) and sum over "
        "axis 1.",
        (change(lambda a, b: np.mean(ratios(a, b, columns))),),
    ),
    "per_pixel": (
        "You divided pixel by pixel. Take the norm of the difference and the norm of pool(X), and "
        "divide these two.",
        (
            change(lambda a, b: np.mean(np.abs(a - b) / np.abs(b))),
            change(lambda a, b: np.mean(norms((a - b) / b))),
            change(lambda a, b: np.nanmean(np.abs(a - b) / np.where(b == 0, np.nan, np.abs(b)))),
            change(lambda a, b: np.mean(np.abs(a - b) / np.where(b == 0, np.inf, np.abs(b)))),
            change(lambda a, b: np.mean(np.abs(a - b) / np.where(b == 0, 1, np.abs(b)))),
            *(
                change(lambda a, b, more=more: np.mean(np.abs(a - b) / (np.abs(b) + more)))
                for more in (1e-12, 1e-10, 1e-9, 1e-8, 1e-6, 1e-3, 1)
            ),
        ),
    ),
    "other_norm": (
        "You used another norm. The Euclidean norm is the root of the sum of squares.",
        (
            change(lambda a, b: np.mean(ratios(a, b, powers(1)))),
            change(lambda a, b: np.mean(ratios(a, b, largest))),
            change(lambda a, b: np.mean(ratios(a, b, spectral))),
        ),
    ),
    "squared": (
        "You left the root out: the norm is the root of the sum of squares.",
        (
            change(lambda a, b: np.mean(ratios(a, b) ** 2)),
            change(lambda a, b: np.mean(norms(a - b) ** 2 / norms(b))),
            change(lambda a, b: np.mean(norms(a - b) / norms(b) ** 2)),
        ),
    ),
    "mean_inside_norm": (
        "You mixed a mean over pixels with a sum over pixels. Take both norms in the same way, "
        "as the root of the sum of squares.",
        (
            change(lambda a, b: np.mean(norms(a - b) / np.sqrt(b[0].size) / norms(b))),
            change(lambda a, b: np.mean(norms(a - b) * np.sqrt(b[0].size) / norms(b))),
        ),
    ),
    "difference_of_norms": (
        "You compared the lengths of the two maps. Two maps can be equally long and yet "
        "different: subtract first, then take the norm.",
        (
            change(lambda a, b: np.mean(np.abs(norms(a) - norms(b)) / norms(b))),
            change(lambda a, b: np.mean((norms(a) - norms(b)) / norms(b))),
            change(lambda a, b: np.mean(norms(a) / norms(b))),
        ),
    ),
}
