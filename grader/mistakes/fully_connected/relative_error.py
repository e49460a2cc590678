"""Slips with the relative error of two gradients."""

from __future__ import annotations

import numpy as np

FLOOR = 1e-8


def error(measure):
    """A relative error by another rule, of a and b."""
    return lambda a, b: float(measure(a, b))


def larger(a, b):
    """The larger of the two, at least the floor."""
    return np.maximum(np.maximum(np.abs(a), np.abs(b)), FLOOR)


ERROR = {
    "divided_by_zero": (
        "Where both numbers are 0 you divide 0 by 0. Divide by at least 1e-8: np.maximum(…, 1e-8).",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b)))),
            error(lambda a, b: np.nanmax(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))),
        ),
    ),
    "divided_by_sum": (
        "You divided by |a| + |b|, which makes the error only half as large. Divide by the larger "
        "of both.",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b) + FLOOR))),
            error(
                lambda a, b: np.max(np.abs(a - b) / np.maximum((np.abs(a) + np.abs(b)) / 2, FLOOR))
            ),
        ),
    ),
    "floor_added": (
        "You added 1e-8 to the divisor, which changes small numbers. It is the smallest divisor: "
        "np.maximum(…, 1e-8).",
        (error(lambda a, b: np.max(np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + FLOOR))),),
    ),
    "one_sided": (
        "You divided by one of the two only, or by the smaller one. Divide by the larger of |a| "
        "and |b|, so that neither comes first.",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a), FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(b), FLOOR))),
            error(
                lambda a, b: np.max(
                    np.abs(a - b) / np.maximum(np.minimum(np.abs(a), np.abs(b)), FLOOR)
                )
            ),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(b) + FLOOR))),
        ),
    ),
    "absolute_error": (
        "That is the absolute difference. Divide it by the larger of |a| and |b|.",
        (
            error(lambda a, b: np.max(np.abs(a - b))),
            error(lambda a, b: np.mean(np.abs(a - b))),
            error(lambda a, b: np.linalg.norm(a - b)),
        ),
    ),
    "sign_lost": (
        "An absolute value is missing: a negative difference or a negative divisor makes the error "
        "vanish. Use np.abs for the difference and for both numbers.",
        (
            error(lambda a, b: np.max((a - b) / larger(a, b))),
            error(lambda a, b: np.max((b - a) / larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.maximum(a, b), FLOOR))),
            error(lambda a, b: np.max(np.abs(np.abs(a) - np.abs(b)) / larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a + b), FLOOR))),
            error(lambda a, b: abs(np.max((a - b) / larger(a, b)))),
        ),
    ),
    "not_the_maximum": (
        "You averaged or summed the errors, or took the smallest. Return the largest one.",
        (
            error(lambda a, b: np.mean(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.sum(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.min(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.median(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.linalg.norm(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.max((np.abs(a - b) / larger(a, b)) ** 2)),
        ),
    ),
    "percent": (
        "You multiplied by 100. Return the fraction itself, not a percentage.",
        (error(lambda a, b: 100 * np.max(np.abs(a - b) / larger(a, b))),),
    ),
    "one_divisor": (
        "You divided by one number for the whole array, so errors of small numbers get lost. "
        "Divide each difference by its own numbers, then take the largest.",
        (
            error(lambda a, b: np.max(np.abs(a - b)) / np.max(larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b)) / max(np.max(np.abs(a)), FLOOR)),
            error(lambda a, b: np.linalg.norm(a - b) / max(np.linalg.norm(a), FLOOR)),
            error(
                lambda a, b: (
                    np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), FLOOR)
                )
            ),
            error(
                lambda a, b: (
                    np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), FLOOR)
                )
            ),
        ),
    ),
    "floor_too_high": (
        "The smallest divisor is too large: small numbers hide their error. It is 1e-8.",
        tuple(
            error(
                lambda a, b, floor=floor: np.max(
                    np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
                )
            )
            for floor in (1.0, 1e-1, 1e-2)
        ),
    ),
    "floor_too_low": (
        "The smallest divisor is not 1e-8. It keeps differences between numbers that are nearly 0 "
        "from counting.",
        tuple(
            error(
                lambda a, b, floor=floor: np.max(
                    np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
                )
            )
            for floor in (1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-300, 1e-5, 1e-6, 1e-7)
        ),
    ),
    "array_returned": (
        "You returned an error for each number. Return the largest of them.",
        (lambda a, b: np.abs(a - b) / larger(a, b),),
    ),
    "says_whether_close": (
        "You returned whether the two are close. Return how far apart they are, as a number.",
        (
            lambda a, b: bool(np.allclose(a, b)),
            lambda a, b: np.isclose(a, b),
            lambda a, b: float(np.allclose(a, b)),
        ),
    ),
}
