"""Known mistakes of the classic networks chapter, by exercise."""

from grader.exercise import Mistake
from grader.mistakes.classic_networks import (
    alexnet,
    grad_norms,
    inception,
    lenet,
    nin,
    summary,
    train_lenet,
)
from grader.mistakes.classic_networks.expand import EXPAND
from grader.mistakes.classic_networks.read_pattern import READ_PATTERN
from grader.mistakes.classic_networks.residual_backward import BACKWARD
from grader.mistakes.classic_networks.residual_forward import FORWARD
from grader.mistakes.classic_networks.vgg import BUILDING

MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "LeNet": lenet.MISTAKES,
    "train_lenet": train_lenet.MISTAKES,
    "expand": (*EXPAND, *READ_PATTERN),
    "alexnet": alexnet.MISTAKES,
    "vgg": (*BUILDING, *nin.MISTAKES),
    "inception": inception.MISTAKES,
    "residual_forward": (*FORWARD, *BACKWARD),
    "grad_norms": grad_norms.MISTAKES,
    "summary": summary.MISTAKES,
}
