"""The layers' arithmetic as plain functions: arrays in, arrays out, nothing remembered."""

from convnet.functional.conv import conv2d_backward, conv2d_forward
from convnet.functional.unfold import col2im, im2col
from convnet.functional.windows import Windows, output_size, pair

__all__ = [
    "Windows",
    "col2im",
    "conv2d_backward",
    "conv2d_forward",
    "im2col",
    "output_size",
    "pair",
]
