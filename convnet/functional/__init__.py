"""The layers' arithmetic as plain functions: arrays in, arrays out, nothing remembered."""

from convnet.functional.batch_norm import (
    batch_norm_backward,
    batch_norm_backward_eval,
    batch_norm_forward,
    batch_statistics,
    fold_batch_norm,
)
from convnet.functional.conv import conv2d_backward, conv2d_forward
from convnet.functional.unfold import col2im, im2col
from convnet.functional.windows import Windows, output_size, pair

__all__ = [
    "Windows",
    "batch_norm_backward",
    "batch_norm_backward_eval",
    "batch_norm_forward",
    "batch_statistics",
    "col2im",
    "conv2d_backward",
    "conv2d_forward",
    "fold_batch_norm",
    "im2col",
    "output_size",
    "pair",
]
