"""Known mistakes of the chapter on fully connected layers, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.fully_connected import (
    flatten,
    head_params,
    linear,
    numerical_grad,
    relu,
    softmax_cross_entropy,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "linear": linear.MISTAKES,
    "relu": relu.MISTAKES,
    "softmax_cross_entropy": softmax_cross_entropy.MISTAKES,
    "flatten": flatten.MISTAKES,
    "numerical_grad": numerical_grad.MISTAKES,
    "head_params": head_params.MISTAKES,
}
