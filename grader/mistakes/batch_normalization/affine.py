"""Slips with gamma and beta, the learned scale and shift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.mistakes.batch_normalization.spoilt import Call, train


def before(call: Call) -> np.ndarray:
    """x scaled and shifted first, and normalized afterwards."""
    return replace(call, x=call.g * call.x + call.b).xhat


AFFINE = {
    "no_affine": (
        "gamma and beta are not used. After normalizing, scale and shift each channel: "
        "gamma * xhat + beta.",
        (train(y=lambda c: c.xhat), train(y=before)),
    ),
    "gamma_missing": (
        "gamma is missing: y = gamma * xhat + beta.",
        (train(y=lambda c: c.xhat + c.b),),
    ),
    "beta_missing": (
        "beta is missing: y = gamma * xhat + beta.",
        (train(y=lambda c: c.g * c.xhat),),
    ),
    "beta_scaled": (
        "beta is added before gamma multiplies. Multiply first: gamma * xhat + beta.",
        (train(y=lambda c: c.g * (c.xhat + c.b)),),
    ),
    "gamma_beta_swapped": (
        "gamma and beta have changed places: gamma multiplies, beta is added.",
        (train(y=lambda c: c.b * c.xhat + c.g), train(y=lambda c: c.b * (c.xhat + c.g))),
    ),
    "beta_subtracted": (
        "beta is subtracted. Add it: y = gamma * xhat + beta.",
        (train(y=lambda c: c.g * c.xhat - c.b),),
    ),
    "gamma_plus_one": (
        "1 is added to gamma. It is the factor itself: y = gamma * xhat + beta.",
        (train(y=lambda c: (1 + c.g) * c.xhat + c.b),),
    ),
    "divided_by_gamma": (
        "You divided by gamma. It multiplies: y = gamma * xhat + beta.",
        (train(y=lambda c: c.xhat / c.g + c.b), train(y=lambda c: (c.xhat - c.b) / c.g)),
    ),
    "divided_by_xhat": (
        "You divided gamma by the normalized x. Multiply them: y = gamma * xhat + beta.",
        (train(y=lambda c: c.g / c.xhat + c.b),),
    ),
    "gamma_squared": (
        "gamma works twice. Multiply by it once: y = gamma * xhat + beta.",
        (train(y=lambda c: c.g**2 * c.xhat + c.b), train(y=lambda c: c.g * (c.g * c.xhat + c.b))),
    ),
}
