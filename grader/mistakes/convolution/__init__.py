"""Known mistakes of the convolution chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.convolution import (
    conv1x1,
    conv2d_backward,
    conv2d_forward,
    conv_out,
    cross_correlate2d,
    describe,
    equivariance_gap,
    im2col,
    receptive_field,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "conv_out": conv_out.MISTAKES,
    "cross_correlate2d": cross_correlate2d.MISTAKES,
    "conv2d_forward": conv2d_forward.MISTAKES,
    "conv2d_backward": conv2d_backward.MISTAKES,
    "im2col": im2col.MISTAKES,
    "describe": describe.MISTAKES,
    "receptive_field": receptive_field.MISTAKES,
    "conv1x1": conv1x1.MISTAKES,
    "equivariance_gap": equivariance_gap.MISTAKES,
}
