"""Known mistakes of the chapter on optimizers, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.adam import (
    adagrad_step,
    adam_step,
    adamw_step,
    lr_grid,
    repaired_adam,
    rmsprop_step,
    sgd_step,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "sgd_step": sgd_step.MISTAKES,
    "adagrad_step": adagrad_step.MISTAKES,
    "rmsprop_step": rmsprop_step.MISTAKES,
    "adam_step": adam_step.MISTAKES,
    "adamw_step": adamw_step.MISTAKES,
    "lr_grid": lr_grid.MISTAKES,
    "repaired_adam": repaired_adam.MISTAKES,
}
