"""Known mistakes of 4.1: running statistics, division, gamma and beta, and axes."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.batch_normalization.affine import AFFINE
from grader.mistakes.batch_normalization.correction import CORRECTION
from grader.mistakes.batch_normalization.moments import MOMENTS
from grader.mistakes.batch_normalization.running import RUNNING
from grader.mistakes.batch_normalization.scale import SCALE
from grader.mistakes.batch_normalization.statistics import STATISTICS

# Slips whose code often stops with an error come last: numbers are more telling.
KNOWN = {**RUNNING, **CORRECTION, **SCALE, **MOMENTS, **AFFINE, **STATISTICS}

MISTAKES = tuple(
    Mistake(slug, "bn_forward_train", message, variants)
    for slug, (message, variants) in KNOWN.items()
)
