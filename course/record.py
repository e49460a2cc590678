"""Record torch's outputs for all visible cases, for pages and machines without torch."""

from __future__ import annotations

import sys

from grader.exercises import EXERCISES
from grader.expected import record


def record_all() -> None:
    """Write `grader/recorded/SLUG.npz` for every exercise."""
    for exercise in EXERCISES:
        path = record(exercise)
        sys.stdout.write(
            f"  {exercise.number:<4} {path.name:<24} {path.stat().st_size:>7,} bytes\n"
        )
