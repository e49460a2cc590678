"""Known mistakes of 2.6: other norms, other means, other arrays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.findings import FINDINGS


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


def same_images(a: np.ndarray, b: np.ndarray) -> float:
    """The change from one mean image to another."""
    a, b = a.mean(0), b.mean(0)
    return np.linalg.norm((a - b).ravel()) / np.linalg.norm(b.ravel())


def per_channel(y: np.ndarray) -> np.ndarray:
    """The norm of each channel, (N, C)."""
    return np.sqrt((y.reshape(*y.shape[:2], -1) ** 2).sum(2))


def powers(p: float) -> Callable:
    """Norms with another exponent."""
    return lambda y: (np.abs(y.reshape(len(y), -1)) ** p).sum(1) ** (1 / p)


def largest(y: np.ndarray) -> np.ndarray:
    """The largest magnitude of each image."""
    return np.abs(y.reshape(len(y), -1)).max(1)


MEASURES = {
    "denominator_swapped": (
        "You divided by the norm of pool(T(X)), the changed map. Divide by the norm of pool(X), "
        "where the change starts.",
        (
            change(lambda a, b: np.mean(norms(a - b) / norms(a))),
            change(lambda a, b: np.mean(norms(a - b) / np.maximum(norms(a), norms(b)))),
            change(lambda a, b: np.mean(2 * norms(a - b) / (norms(a) + norms(b)))),
        ),
    ),
    "not_relative": (
        "You did not divide by the norm of pool(X). A change of 2 is large in a map of length 4 "
        "and small in one of length 100.",
        (change(lambda a, b: np.mean(norms(a - b))), change(lambda a, b: norms(a - b).sum())),
    ),
    "averaged_before_norm": (
        "You averaged over the images before you took the norms, so that changes in opposite "
        "directions cancel. Take the ratio for each image, and the mean at the end.",
        (
            change(same_images),
            change(lambda a, b: np.linalg.norm((a - b).mean(0).ravel()) / norms(b).mean()),
        ),
    ),
    "whole_set_norm": (
        "You took one norm over all images together, in which large images weigh more. Take the "
        "ratio for each image, and the mean at the end.",
        (
            change(lambda a, b: np.linalg.norm((a - b).ravel()) / np.linalg.norm(b.ravel())),
            change(lambda a, b: np.mean(norms(a - b)) / np.mean(norms(b))),
            change(lambda a, b: np.mean(norms(a - b)) / np.linalg.norm(b.ravel())),
        ),
    ),
    "not_the_mean": (
        "You did not take the mean of the images' ratios, but their sum, their largest or the one "
        "in the middle.",
        (
            change(lambda a, b: ratios(a, b).sum()),
            change(lambda a, b: ratios(a, b).max()),
            change(lambda a, b: ratios(a, b).min()),
            change(lambda a, b: np.median(ratios(a, b))),
            change(lambda a, b: np.sqrt(np.mean(ratios(a, b) ** 2))),
        ),
    ),
    "one_image": (
        "You measured one image only. Take the ratio for each of the N images, and the mean at "
        "the end.",
        (change(lambda a, b: ratios(a, b)[0]), change(lambda a, b: ratios(a, b)[-1])),
    ),
    "per_channel": (
        "You took a norm for each channel. An image has one norm, over all of its channels, rows "
        "and columns.",
        (
            change(lambda a, b: np.mean(ratios(a, b, per_channel))),
            change(lambda a, b: np.mean(norms(a - b) / per_channel(b).mean(1))),
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
        ),
    ),
    "other_norm": (
        "You used another norm. The Euclidean norm is the root of the sum of squares.",
        (
            change(lambda a, b: np.mean(ratios(a, b, powers(1)))),
            change(lambda a, b: np.mean(ratios(a, b, largest))),
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
    "pool_left_out": (
        "You compared the images themselves. Pool both first: pool(T(X)) and pool(X).",
        (
            change(mean_ratio, pools=lambda pool, T, X: (T(X), X)),
            lambda pool, T, X: float(np.mean(norms(pool(T(X)) - pool(X)) / norms(X))),
        ),
    ),
    "change_after_pooling": (
        "You pooled first and changed the map afterwards. T changes the images: pool(T(X)).",
        (change(mean_ratio, pools=lambda pool, T, X: (T(pool(X)), pool(X))),),
    ),
    "equivariance": (
        "You compared pool(T(X)) with T(pool(X)), and so measured equivariance. Invariance "
        "compares pool(T(X)) with pool(X).",
        (
            change(mean_ratio, pools=lambda pool, T, X: (pool(T(X)), T(pool(X)))),
            change(mean_ratio, pools=lambda pool, T, X: (T(pool(X)), pool(T(X)))),
        ),
    ),
    "pool_of_difference": (
        "You pooled the difference of the images. Pool each of them, then subtract.",
        (lambda pool, T, X: float(np.mean(norms(pool(T(X) - X)) / norms(pool(X)))),),
    ),
    "percent": (
        "You measured in percent. Return the ratio itself: 0.5 for a half.",
        (change(lambda a, b: 100 * mean_ratio(a, b)),),
    ),
    "similarity": (
        "You returned how much stays the same. Return how much changes: 0 for nothing.",
        (change(lambda a, b: 1 - mean_ratio(a, b)),),
    ),
}

MISTAKES = (
    *(
        Mistake(slug, "relative_change", message, codings)
        for slug, (message, codings) in MEASURES.items()
    ),
    *(Mistake(slug, "findings", message, codings) for slug, (message, codings) in FINDINGS.items()),
)
