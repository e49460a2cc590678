"""Known mistakes of 3.3, gathered: overflow, the wrong axis, means and sums, the gradient."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.fully_connected.loss_averages import AVERAGES
from grader.mistakes.fully_connected.loss_gradients import GRADIENTS
from grader.mistakes.fully_connected.loss_values import LOSSES
from grader.mistakes.fully_connected.overflows import OVERFLOWS

MISTAKES = tuple(
    Mistake(slug, "softmax_cross_entropy", message, variants)
    for slug, (message, variants) in {**OVERFLOWS, **AVERAGES, **LOSSES, **GRADIENTS}.items()
)
