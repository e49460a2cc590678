"""Known mistakes of the dropout chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.dropout import (
    dropconnect,
    dropout,
    dropout2d,
    dropout_moments,
    to_inverted,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "dropout": dropout.MISTAKES,
    "to_inverted": to_inverted.MISTAKES,
    "dropout2d": dropout2d.MISTAKES,
    "dropconnect": dropconnect.MISTAKES,
    "dropout_moments": dropout_moments.MISTAKES,
}
