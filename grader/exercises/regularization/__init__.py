"""The exercises of the regularization chapter, in order."""

from grader.exercises.regularization.decayed_step import EXERCISE as DECAYED_STEP
from grader.exercises.regularization.diagnose import EXERCISE as DIAGNOSE
from grader.exercises.regularization.early_stopping import EXERCISE as EARLY_STOPPING
from grader.exercises.regularization.elastic_net import EXERCISE as ELASTIC_NET
from grader.exercises.regularization.l2 import EXERCISE as L2
from grader.exercises.regularization.shift_flip import EXERCISE as SHIFT_FLIP

EXERCISES = (
    L2,
    ELASTIC_NET,
    DECAYED_STEP,
    SHIFT_FLIP,
    DIAGNOSE,
    EARLY_STOPPING,
)
