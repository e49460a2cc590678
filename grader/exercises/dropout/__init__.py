"""The exercises of the dropout chapter, in order."""

from grader.exercises.dropout.dropconnect import EXERCISE as DROPCONNECT
from grader.exercises.dropout.dropout import EXERCISE as DROPOUT
from grader.exercises.dropout.dropout2d import EXERCISE as DROPOUT2D
from grader.exercises.dropout.dropout_moments import EXERCISE as DROPOUT_MOMENTS
from grader.exercises.dropout.to_inverted import EXERCISE as TO_INVERTED

EXERCISES = (DROPOUT, TO_INVERTED, DROPOUT2D, DROPCONNECT, DROPOUT_MOMENTS)
