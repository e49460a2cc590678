"""Known mistakes of 8.1 in the ReLUs: left out, put elsewhere, or not gone back through."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.lenet_rules import lenet, mean_loss, relu, relu_back

PLACES = range(4)


def without(*places):
    """No activation at some places, forward and backward."""
    return lenet(
        act=lambda place, a: a if place in places else relu(a),
        act_back=lambda place, dy, a, masks: dy if place in places else relu_back(dy, a, masks),
    )


def not_back(*places):
    """The activation is left out on the way back at some places."""
    return lenet(
        act_back=lambda place, dy, a, masks: dy if place in places else relu_back(dy, a, masks)
    )


def foreign_mask(place, dy, a, masks):
    """The mask of the latest ReLU of the same shape, as one layer used several times has it."""
    kept = next(mask for mask in reversed(masks) if mask.shape == a.shape)
    return dy * kept


def sigmoid(a):
    """1 / (1 + exp(-a))."""
    return 1 / (1 + np.exp(-np.clip(a, -60, 60)))


def bent(f, slope, places=PLACES):
    """Another function in the place of some ReLUs; the slope is computed from its value."""
    return lenet(
        act=lambda place, a: f(a) if place in places else relu(a),
        act_back=lambda place, dy, a, masks: (
            dy * slope(f(a)) if place in places else relu_back(dy, a, masks)
        ),
    )


ACTIVATIONS = {
    "relu_left_out": (
        "A ReLU is missing. There are four: behind both convolutions and behind the first two "
        "linear layers.",
        (*(without(place) for place in PLACES), without(0, 1), without(2, 3), without(*PLACES)),
    ),
    "relu_on_scores": (
        "There is a ReLU behind the last layer. The scores must be free to be negative: they go "
        "into the softmax as they are.",
        (
            lenet(last=relu),
            lenet(
                last=relu,
                loss=lambda z, t: (mean_loss(z, t)[0], mean_loss(z, t)[1] * (z > 0)),
            ),
        ),
    ),
    "relu_not_gone_back": (
        "On the way back you leave out a ReLU. Its gradient passes only where its input was "
        "positive: multiply by (a > 0) at each of the four.",
        (*(not_back(place) for place in PLACES), not_back(0, 1), not_back(2, 3), not_back(*PLACES)),
    ),
    "shared_memory": (
        "Two layers share one memory. A ReLU object keeps the x of its last forward call, so each "
        "place in the network needs an object of its own.",
        (lenet(act_back=foreign_mask),),
    ),
    "relu_of_gradient": (
        "On the way back you cut off negative gradients. What counts is where the *input* of the "
        "ReLU was positive; the gradient itself may have either sign.",
        (
            lenet(act_back=lambda place, dy, a, masks: np.maximum(dy, 0)),
            lenet(act_back=lambda place, dy, a, masks: np.maximum(dy, 0) * (a > 0)),
        ),
    ),
    "other_activation": (
        "Your network bends with another function than ReLU, sigmoid or tanh perhaps. This "
        "exercise asks for max(a, 0).",
        (
            bent(sigmoid, lambda y: y * (1 - y)),
            bent(np.tanh, lambda y: 1 - y * y),
            bent(lambda a: np.where(a > 0, a, 0.01 * a), lambda y: np.where(y > 0, 1, 0.01)),
            bent(sigmoid, lambda y: y * (1 - y), (2, 3)),
            bent(np.tanh, lambda y: 1 - y * y, (2, 3)),
        ),
    ),
}
