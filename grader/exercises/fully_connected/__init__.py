"""The exercises of the chapter on fully connected layers, in order."""

from grader.exercises.fully_connected.flatten import EXERCISE as FLATTEN
from grader.exercises.fully_connected.head_params import EXERCISE as HEAD_PARAMS
from grader.exercises.fully_connected.linear import EXERCISE as LINEAR
from grader.exercises.fully_connected.numerical_grad import EXERCISE as NUMERICAL_GRAD
from grader.exercises.fully_connected.relu import EXERCISE as RELU
from grader.exercises.fully_connected.softmax_cross_entropy import (
    EXERCISE as SOFTMAX_CROSS_ENTROPY,
)

EXERCISES = (LINEAR, RELU, SOFTMAX_CROSS_ENTROPY, FLATTEN, NUMERICAL_GRAD, HEAD_PARAMS)
