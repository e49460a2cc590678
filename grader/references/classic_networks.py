"""The torch twins of the classic networks chapter's exercises, gathered in one place."""

from grader.references.blocks import (
    LeNet,
    fates,
    grad_norms,
    inception,
    nin_forward,
    residual_backward,
    residual_forward,
)
from grader.references.builders import (
    alexnet,
    expand,
    fitting_sides,
    inception_params,
    nin_block,
    read_pattern,
    stack_of_3x3,
    train_lenet,
    vgg,
)
from grader.references.networks import summary

__all__ = [
    "LeNet",
    "alexnet",
    "expand",
    "fates",
    "fitting_sides",
    "grad_norms",
    "inception",
    "inception_params",
    "nin_block",
    "nin_forward",
    "read_pattern",
    "residual_backward",
    "residual_forward",
    "stack_of_3x3",
    "summary",
    "train_lenet",
    "vgg",
]
