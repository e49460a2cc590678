"""Slips with the factor m / (m - 1) that makes the stored variance unbiased."""

from __future__ import annotations

import numpy as np

from grader.mistakes.batch_normalization.running import stored
from grader.mistakes.batch_normalization.spoilt import Call, train


def pixels(call: Call) -> int:
    """The pixels of one image."""
    return int(np.prod(call.x.shape[2:]))


def corrected(call: Call, n: int) -> np.ndarray:
    """The variance as corrected for n numbers."""
    return call.var * n / (n - 1)


CORRECTION = {
    "correction_by_images": (
        "The running variance is corrected with the wrong number. m counts all numbers that "
        "share a mean: N for rows, N * H * W for images.",
        (
            *stored(lambda c: corrected(c, len(c.x))),
            *stored(lambda c: corrected(c, pixels(c) if c.x.ndim == 4 else c.x.shape[1])),
            *stored(lambda c: corrected(c, pixels(c) if c.x.ndim == 4 else len(c.x))),
            *stored(lambda c: corrected(c, c.x.size)),
            *stored(lambda c: corrected(c, c.x.size // len(c.x))),
        ),
    ),
    "correction_upside_down": (
        "The correction of the running variance is upside down, or used twice. The unbiased "
        "variance is larger: var * m / (m - 1), once.",
        (
            *stored(lambda c: c.var * (c.m - 1) / c.m),
            *stored(lambda c: c.unbiased * c.m / (c.m - 1)),
            *stored(lambda c: c.var * c.m / (c.m + 1)),
            *stored(lambda c: c.var * (c.m + 1) / c.m),
        ),
    ),
    "whole_correction": (
        "The old running variance is corrected too. Correct only the batch's variance, "
        "var * m / (m - 1), and then mix.",
        (train(var=lambda c: c.blend(c.running_var, c.var) * c.m / (c.m - 1)),),
    ),
}
