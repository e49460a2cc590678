"""The torch twins of the convolution chapter's exercises, gathered in one place."""

from grader.references.convolution_arrays import (
    col2im,
    conv1x1,
    conv2d_backward,
    conv2d_fast,
    conv2d_forward,
    cross_correlate2d,
    im2col,
)
from grader.references.convolution_sizes import (
    conv_out,
    describe,
    equivariance_gap,
    receptive_field,
    same_pads,
)

__all__ = [
    "col2im",
    "conv1x1",
    "conv2d_backward",
    "conv2d_fast",
    "conv2d_forward",
    "conv_out",
    "cross_correlate2d",
    "describe",
    "equivariance_gap",
    "im2col",
    "receptive_field",
    "same_pads",
]
