"""Known mistakes of the pooling chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.pooling import (
    avgpool2d,
    gap,
    maxpool2d_backward,
    maxpool2d_forward,
    pool_out,
    relative_change,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "pool_out": pool_out.MISTAKES,
    "maxpool2d_forward": maxpool2d_forward.MISTAKES,
    "maxpool2d_backward": maxpool2d_backward.MISTAKES,
    "avgpool2d_forward": avgpool2d.MISTAKES,
    "gap": gap.MISTAKES,
    "relative_change": relative_change.MISTAKES,
}
