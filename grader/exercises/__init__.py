"""All exercises of the course, in order; found by slug, number or the name of a function."""

from grader.errors import CheckError
from grader.exercise import Exercise
from grader.exercises.adam import EXERCISES as ADAM
from grader.exercises.batch_normalization import EXERCISES as BATCH_NORMALIZATION
from grader.exercises.classic_networks import EXERCISES as CLASSIC_NETWORKS
from grader.exercises.convolution import EXERCISES as CONVOLUTION
from grader.exercises.dropout import EXERCISES as DROPOUT
from grader.exercises.fully_connected import EXERCISES as FULLY_CONNECTED
from grader.exercises.introduction import EXERCISES as INTRODUCTION
from grader.exercises.pooling import EXERCISES as POOLING
from grader.exercises.regularization import EXERCISES as REGULARIZATION

EXERCISES: tuple[Exercise, ...] = (
    *INTRODUCTION,
    *CONVOLUTION,
    *POOLING,
    *FULLY_CONNECTED,
    *BATCH_NORMALIZATION,
    *DROPOUT,
    *REGULARIZATION,
    *ADAM,
    *CLASSIC_NETWORKS,
)


def find(name: str) -> Exercise:
    """Find an exercise by its slug, its number or one of its functions.

    Raises:
        CheckError: there is none; the message lists those there are.
    """
    for exercise in EXERCISES:
        if name in (exercise.slug, exercise.number, *(f.name for f in exercise.functions)):
            return exercise
    known = ", ".join(exercise.slug for exercise in EXERCISES)
    raise CheckError(f"there is no exercise {name!r}; there are: {known}")
