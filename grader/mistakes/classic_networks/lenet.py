"""Known mistakes of 8.1: layers left out, put in another order, or not gone back through."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.classic_networks.lenet_activations import ACTIVATIONS
from grader.mistakes.classic_networks.lenet_gradients import GRADIENTS
from grader.mistakes.classic_networks.lenet_layers import WITHIN
from grader.mistakes.classic_networks.lenet_loss import LOSS
from grader.mistakes.classic_networks.lenet_maps import MAPS

LISTED = ACTIVATIONS | MAPS | LOSS | GRADIENTS | WITHIN

MISTAKES = tuple(
    Mistake(slug, "LeNet", message, variants) for slug, (message, variants) in LISTED.items()
)
