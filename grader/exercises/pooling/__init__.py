"""The exercises of the pooling chapter, in order."""

from grader.exercises.pooling.avgpool2d import EXERCISE as AVGPOOL2D
from grader.exercises.pooling.gap import EXERCISE as GAP
from grader.exercises.pooling.maxpool2d_backward import EXERCISE as MAXPOOL2D_BACKWARD
from grader.exercises.pooling.maxpool2d_forward import EXERCISE as MAXPOOL2D_FORWARD
from grader.exercises.pooling.pool_out import EXERCISE as POOL_OUT
from grader.exercises.pooling.relative_change import EXERCISE as RELATIVE_CHANGE

EXERCISES = (
    POOL_OUT,
    MAXPOOL2D_FORWARD,
    MAXPOOL2D_BACKWARD,
    AVGPOOL2D,
    GAP,
    RELATIVE_CHANGE,
)
