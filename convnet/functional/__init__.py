"""The layers' arithmetic as plain functions: arrays in, arrays out, nothing remembered."""

from convnet.functional.activations import leaky_relu, sigmoid, softplus
from convnet.functional.augmentation import random_shift_flip, shift_flip
from convnet.functional.batch_norm import (
    batch_norm_backward,
    batch_norm_backward_eval,
    batch_norm_forward,
    batch_statistics,
    fold_batch_norm,
)
from convnet.functional.conv import conv2d_backward, conv2d_forward
from convnet.functional.cross_entropy import log_softmax, softmax_cross_entropy
from convnet.functional.dropout import dropout_mask
from convnet.functional.linear import linear_backward, linear_forward
from convnet.functional.optim import (
    adagrad_step,
    adam_step,
    adamw_step,
    rmsprop_step,
    sgd_step,
)
from convnet.functional.pool import (
    avg_pool2d_backward,
    avg_pool2d_forward,
    global_avg_pool2d_backward,
    global_avg_pool2d_forward,
    max_pool2d_backward,
    max_pool2d_forward,
)
from convnet.functional.regularization import l1_penalty, l2_penalty
from convnet.functional.unfold import col2im, im2col
from convnet.functional.windows import Windows, output_size, pair

__all__ = [
    "Windows",
    "adagrad_step",
    "adam_step",
    "adamw_step",
    "avg_pool2d_backward",
    "avg_pool2d_forward",
    "batch_norm_backward",
    "batch_norm_backward_eval",
    "batch_norm_forward",
    "batch_statistics",
    "col2im",
    "conv2d_backward",
    "conv2d_forward",
    "dropout_mask",
    "fold_batch_norm",
    "global_avg_pool2d_backward",
    "global_avg_pool2d_forward",
    "im2col",
    "l1_penalty",
    "l2_penalty",
    "leaky_relu",
    "linear_backward",
    "linear_forward",
    "log_softmax",
    "max_pool2d_backward",
    "max_pool2d_forward",
    "output_size",
    "pair",
    "rmsprop_step",
    "sgd_step",
    "random_shift_flip",
    "shift_flip",
    "sigmoid",
    "softmax_cross_entropy",
    "softplus",
]
