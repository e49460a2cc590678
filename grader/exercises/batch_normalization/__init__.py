"""The exercises of the batch normalization chapter, in order."""

from grader.exercises.batch_normalization.bn_backward import EXERCISE as BN_BACKWARD
from grader.exercises.batch_normalization.bn_eval import EXERCISE as BN_EVAL
from grader.exercises.batch_normalization.bn_forward_train import EXERCISE as BN_FORWARD_TRAIN
from grader.exercises.batch_normalization.fold_bn import EXERCISE as FOLD_BN
from grader.exercises.batch_normalization.spatial_bn import EXERCISE as SPATIAL_BN
from grader.exercises.batch_normalization.to_torch_momentum import EXERCISE as TO_TORCH_MOMENTUM

EXERCISES = (
    BN_FORWARD_TRAIN,
    BN_EVAL,
    BN_BACKWARD,
    SPATIAL_BN,
    FOLD_BN,
    TO_TORCH_MOMENTUM,
)
