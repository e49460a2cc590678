"""Known mistakes of 2.6: other norms, other means, other arrays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.pooling.findings import FINDINGS
from grader.mistakes.pooling.norms import NORMS, change, mean_ratio, norms, ratios


def same_images(a: np.ndarray, b: np.ndarray) -> float:
    """The change from one mean image to another."""
    a, b = a.mean(0), b.mean(0)
    return np.linalg.norm((a - b).ravel()) / np.linalg.norm(b.ravel())


def alike_in_shape(compare: Callable) -> Callable:
    """A comparison that knows no answer for two shapes.

    It returns nan and raises no exception, which would explain whatever a learner gets.
    """
    return lambda a, b: compare(a, b) if a.shape == b.shape else np.nan


MEASURES = {
    **NORMS,
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
            change(lambda a, b: np.mean(norms(a - b)) / np.linalg.norm(b.ravel())),
            change(lambda a, b: np.linalg.norm((a - b).ravel()) / np.mean(norms(b))),
            change(lambda a, b: np.mean(np.linalg.norm((a - b).ravel()) / norms(b))),
        ),
    ),
    "means_divided": (
        "You divided two means, so that images with a large norm weigh more. Divide for each image "
        "first, and take the mean of the ratios at the end.",
        (change(lambda a, b: np.mean(norms(a - b)) / np.mean(norms(b))),),
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
        (
            change(lambda a, b: ratios(a, b)[0]),
            change(lambda a, b: ratios(a, b)[-1]),
            change(lambda a, b: ratios(a, b)[0] / len(a)),
            change(lambda a, b: ratios(a, b)[-1] / len(a)),
        ),
    ),
    "one_image_left_out": (
        "You left out the first or the last image. Take the ratio for each of the N images.",
        (
            change(lambda a, b: np.sum(ratios(a, b)[1:]) / len(a)),
            change(lambda a, b: np.sum(ratios(a, b)[:-1]) / len(a)),
            change(lambda a, b: np.mean(ratios(a, b)[1:])),
            change(lambda a, b: np.mean(ratios(a, b)[:-1])),
        ),
    ),
    "divided_by_one_less": (
        "You divided the sum of the ratios by N - 1. A mean divides by N.",
        (
            change(lambda a, b: np.sum(ratios(a, b)) / max(len(a) - 1, 1)),
            change(lambda a, b: np.sum(ratios(a, b)) / (len(a) - 1)),
        ),
    ),
    "not_averaged": (
        "You returned a ratio for each image. Return their mean, one number.",
        (lambda pool, T, X: ratios(pool(T(X)), pool(X)),),
    ),
    "rounded": (
        "Your result is rounded. Return the number as it is.",
        tuple(
            change(lambda a, b, digits=digits: np.round(mean_ratio(a, b), digits))
            for digits in range(5)
        ),
    ),
    "too_much_added": (
        "The number that you add to the norm is large enough to change the result. Leave it out, "
        "or take one as small as 1e-12.",
        tuple(
            change(lambda a, b, more=more: np.mean(norms(a - b) / (norms(b) + more)))
            for more in (1e-5, 1e-4, 1e-3, 1e-2, 1.0)
        ),
    ),
    "pool_left_out": (
        "You compared the images themselves. Pool both first: pool(T(X)) and pool(X).",
        (change(mean_ratio, pools=lambda pool, T, X: (T(X), X)),),
    ),
    "norm_of_image": (
        "You divided by the norm of the image X. Divide by the norm of pool(X): it is the pooled "
        "map whose change you measure.",
        (
            lambda pool, T, X: float(np.mean(norms(pool(T(X)) - pool(X)) / norms(X))),
            lambda pool, T, X: float(np.mean(norms(pool(T(X)) - pool(X)) / norms(T(X)))),
        ),
    ),
    "image_for_pooled": (
        "You compared pool(T(X)) with the image X. Pool both: pool(T(X)) and pool(X).",
        (
            change(alike_in_shape(mean_ratio), pools=lambda pool, T, X: (pool(T(X)), X)),
            change(alike_in_shape(mean_ratio), pools=lambda pool, T, X: (T(X), pool(X))),
        ),
    ),
    "changed_twice": (
        "You changed the images twice. Pool T(X), and compare with pool(X).",
        (change(mean_ratio, pools=lambda pool, T, X: (pool(T(T(X))), pool(X))),),
    ),
    "divided_by_another_size": (
        "You divided the sum of the ratios by another size than N. A mean divides by the number of "
        "images, len(X).",
        (
            lambda pool, T, X: ratios(pool(T(X)), pool(X)).sum() / X.shape[1],
            lambda pool, T, X: ratios(pool(T(X)), pool(X)).sum() / X.size,
            lambda pool, T, X: ratios(pool(T(X)), pool(X)).sum() / X[0].size,
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
