"""Known mistakes of 1.3, from the kernel to the batch; those of the sizes come first."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.convolution.batches import BATCHES
from grader.mistakes.convolution.borders import BORDERS
from grader.mistakes.convolution.channels import BIASES, CHANNELS, GROUPS
from grader.mistakes.convolution.kernels import KERNELS
from grader.mistakes.convolution.steps import STEPS

# A variant that stops with an error is less telling than one that gives numbers, and groups
# are where most of those are: they come last.
MISTAKES = tuple(
    Mistake(slug, "conv2d_forward", message, variants)
    for slug, (message, variants) in {
        **KERNELS,
        **BORDERS,
        **STEPS,
        **BIASES,
        **CHANNELS,
        **BATCHES,
        **GROUPS,
    }.items()
)
