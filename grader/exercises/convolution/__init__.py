"""The exercises of the convolution chapter, in order."""

from grader.exercises.convolution.conv1x1 import EXERCISE as CONV1X1
from grader.exercises.convolution.conv2d_backward import EXERCISE as CONV2D_BACKWARD
from grader.exercises.convolution.conv2d_forward import EXERCISE as CONV2D_FORWARD
from grader.exercises.convolution.conv_out import EXERCISE as CONV_OUT
from grader.exercises.convolution.cross_correlate2d import EXERCISE as CROSS_CORRELATE2D
from grader.exercises.convolution.describe import EXERCISE as DESCRIBE
from grader.exercises.convolution.equivariance_gap import EXERCISE as EQUIVARIANCE_GAP
from grader.exercises.convolution.im2col import EXERCISE as IM2COL
from grader.exercises.convolution.receptive_field import EXERCISE as RECEPTIVE_FIELD

EXERCISES = (
    CONV_OUT,
    CROSS_CORRELATE2D,
    CONV2D_FORWARD,
    CONV2D_BACKWARD,
    IM2COL,
    DESCRIBE,
    RECEPTIVE_FIELD,
    CONV1X1,
    EQUIVARIANCE_GAP,
)
