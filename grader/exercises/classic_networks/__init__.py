"""The exercises of the classic networks chapter, in order."""

from grader.exercises.classic_networks.alexnet import EXERCISE as ALEXNET
from grader.exercises.classic_networks.expand import EXERCISE as EXPAND
from grader.exercises.classic_networks.grad_norms import EXERCISE as GRAD_NORMS
from grader.exercises.classic_networks.inception import EXERCISE as INCEPTION
from grader.exercises.classic_networks.lenet import EXERCISE as LENET
from grader.exercises.classic_networks.residual_forward import EXERCISE as RESIDUAL_FORWARD
from grader.exercises.classic_networks.summary import EXERCISE as SUMMARY
from grader.exercises.classic_networks.train_lenet import EXERCISE as TRAIN_LENET
from grader.exercises.classic_networks.vgg import EXERCISE as VGG

EXERCISES = (
    LENET,
    TRAIN_LENET,
    EXPAND,
    ALEXNET,
    VGG,
    INCEPTION,
    RESIDUAL_FORWARD,
    GRAD_NORMS,
    SUMMARY,
)
