"""The exercises of the chapter on optimizers, in order."""

from grader.exercises.adam.adagrad_step import EXERCISE as ADAGRAD_STEP
from grader.exercises.adam.adam_step import EXERCISE as ADAM_STEP
from grader.exercises.adam.adamw_step import EXERCISE as ADAMW_STEP
from grader.exercises.adam.lr_grid import EXERCISE as LR_GRID
from grader.exercises.adam.repaired_adam import EXERCISE as REPAIRED_ADAM
from grader.exercises.adam.rmsprop_step import EXERCISE as RMSPROP_STEP
from grader.exercises.adam.sgd_step import EXERCISE as SGD_STEP

EXERCISES = (
    SGD_STEP,
    ADAGRAD_STEP,
    RMSPROP_STEP,
    ADAM_STEP,
    ADAMW_STEP,
    LR_GRID,
    REPAIRED_ADAM,
)
