"""Known mistakes of the classic networks chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.classic_networks import (
    alexnet,
    fates,
    fitting_sides,
    grad_norms,
    inception,
    inception_params,
    lenet,
    summary,
    train_lenet,
)
from grader.mistakes.classic_networks.expand import EXPAND
from grader.mistakes.classic_networks.nin_block import NIN_BLOCK
from grader.mistakes.classic_networks.nin_forward import NIN_FORWARD
from grader.mistakes.classic_networks.read_pattern import READ_PATTERN
from grader.mistakes.classic_networks.residual_backward import BACKWARD
from grader.mistakes.classic_networks.residual_forward import FORWARD
from grader.mistakes.classic_networks.stack_of_3x3 import STACK_OF_3X3
from grader.mistakes.classic_networks.vgg import BUILDING

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "LeNet": lenet.MISTAKES,
    "train_lenet": train_lenet.MISTAKES,
    "expand": (*EXPAND, *READ_PATTERN),
    "alexnet": (*alexnet.MISTAKES, *fitting_sides.MISTAKES),
    "vgg": (*BUILDING, *NIN_BLOCK, *NIN_FORWARD, *STACK_OF_3X3),
    "inception": (*inception.MISTAKES, *inception_params.MISTAKES),
    "residual_forward": (*FORWARD, *BACKWARD),
    "grad_norms": (*grad_norms.MISTAKES, *fates.MISTAKES),
    "summary": summary.MISTAKES,
}
