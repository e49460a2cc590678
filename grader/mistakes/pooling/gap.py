"""Known mistakes of 2.5, forward and backward."""

from grader.exercise import Mistake
from grader.mistakes.pooling.gap_backward import BACKWARD
from grader.mistakes.pooling.gap_forward import GAP

MISTAKES = (
    *(Mistake(slug, "gap", message, codings) for slug, (message, codings) in GAP.items()),
    *(
        Mistake(slug, "gap_backward", message, codings)
        for slug, (message, codings) in BACKWARD.items()
    ),
)
