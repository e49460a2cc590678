"""Known mistakes of the regularization chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.regularization import (
    decayed_step,
    diagnose,
    early_stopping,
    elastic_net,
    l2,
    shift_flip,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "l2": l2.MISTAKES,
    "elastic_net": elastic_net.MISTAKES,
    "decayed_step": decayed_step.MISTAKES,
    "shift_flip": shift_flip.MISTAKES,
    "diagnose": diagnose.MISTAKES,
    "early_stopping": early_stopping.MISTAKES,
}
