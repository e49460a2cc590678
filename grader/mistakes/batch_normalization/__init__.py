"""Known mistakes of the batch normalization chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.batch_normalization import (
    bn_backward,
    bn_eval,
    bn_forward_train,
    fold_bn,
    spatial_bn,
    to_torch_momentum,
)

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "bn_forward_train": bn_forward_train.MISTAKES,
    "bn_eval": bn_eval.MISTAKES,
    "bn_backward": bn_backward.MISTAKES,
    "spatial_bn": spatial_bn.MISTAKES,
    "fold_bn": fold_bn.MISTAKES,
    "to_torch_momentum": to_torch_momentum.MISTAKES,
}
