"""Known mistakes of 8.1 in the loss: its softmax, its mean and its gradient."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.lenet_rules import changed, lenet, mean_loss
from grader.mistakes.classic_networks.parts import softmax


def loss_of(loss, gradient):
    """Another loss or another gradient, from what is right and from z and t."""

    def both(z, t):
        right, dz = mean_loss(z, t)
        return loss(right, z, t), gradient(dz, z, t)

    return lenet(loss=both)


def kept(right, z, t):
    """As it is."""
    return right


def unstable_loss(z, t):
    """exp without the maximum taken off."""
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    loss = -np.log(p[np.arange(len(t)), t]).mean()
    p[np.arange(len(t)), t] -= 1
    return loss, p / len(t)


def unstable_sum(z, t):
    """The same with the logarithm of the sum."""
    _, dz = unstable_loss(z, t)
    return (np.log(np.exp(z).sum(1)) - z[np.arange(len(t)), t]).mean(), dz


def one_maximum(z, t, *, of_sum=False):
    """One maximum taken off all rows."""
    return (unstable_sum if of_sum else unstable_loss)(z - z.max(), t)


def along_images(z, t):
    """Each column is made to add up to 1."""
    p, N = softmax(z.T).T, len(t)
    loss = -np.log(np.maximum(p[np.arange(N), t], 1e-300)).mean()
    p[np.arange(N), t] -= 1
    return loss, p / N


def whole_batch(z, t):
    """One softmax over the whole batch."""
    p = np.exp(z - z.max())
    p = p / p.sum()
    N = len(t)
    loss = -np.log(np.maximum(p[np.arange(N), t], 1e-300)).mean()
    p = p.copy()
    p[np.arange(N), t] -= 1
    return loss, p / N


LOSS = {
    "loss_is_a_sum": (
        "Your loss is the sum over the batch. It is the mean: divide by N.",
        (
            loss_of(lambda right, z, t: right * len(t), lambda dz, z, t: dz),
            loss_of(lambda right, z, t: right * len(t), lambda dz, z, t: dz * len(t)),
        ),
    ),
    "gradients_not_divided": (
        "The loss is a mean over N images, so its gradient by the scores is (p - y) / N. Yours is "
        "N times too large.",
        (loss_of(kept, lambda dz, z, t: dz * len(t)),),
    ),
    "divided_twice": (
        "You divide by N twice. The division stands in the gradient of the loss; no layer repeats "
        "it.",
        (
            loss_of(kept, lambda dz, z, t: dz / len(t)),
            changed(lambda g, x, w: g / len(x)),
            changed(lambda g, x, w: g / len(x), "weight"),
            changed(lambda g, x, w: g / len(x), "bias"),
            loss_of(lambda right, z, t: right / len(t), lambda dz, z, t: dz),
            loss_of(lambda right, z, t: right / len(t), lambda dz, z, t: dz / len(t)),
        ),
    ),
    "divided_by_classes": (
        "You divide by the number of classes. The mean is over the N images.",
        (
            loss_of(
                lambda right, z, t: right * len(t) / z.shape[1],
                lambda dz, z, t: dz * len(t) / z.shape[1],
            ),
            loss_of(kept, lambda dz, z, t: dz / z.shape[1]),
            loss_of(lambda right, z, t: right / z.shape[1], lambda dz, z, t: dz / z.shape[1]),
            loss_of(lambda right, z, t: right / z.shape[1], lambda dz, z, t: dz),
        ),
    ),
    "target_not_taken_off": (
        "The gradient by the scores is p - y, where y is 1 at the right class. You left y out.",
        (loss_of(kept, lambda dz, z, t: softmax(z) / len(t)),),
    ),
    "gradient_sign": (
        "All gradients have the wrong sign: p - y, not y - p.",
        (loss_of(kept, lambda dz, z, t: -dz),),
    ),
    "loss_sign": (
        "The loss has the wrong sign. It is -log p of the right class, and never negative.",
        (
            loss_of(lambda right, z, t: -right, lambda dz, z, t: dz),
            loss_of(lambda right, z, t: -right, lambda dz, z, t: -dz),
        ),
    ),
    "other_logarithm": (
        "The logarithm in the loss is the natural one, np.log.",
        (
            loss_of(lambda right, z, t: right / np.log(2), lambda dz, z, t: dz),
            loss_of(lambda right, z, t: right / np.log(10), lambda dz, z, t: dz),
        ),
    ),
    "softmax_overflows": (
        "The exponential of a large score is infinite, and that of a very small one 0. Subtract "
        "the largest score of each row first; that does not change the softmax.",
        (
            lenet(loss=unstable_loss),
            lenet(loss=unstable_sum),
            loss_of(lambda right, z, t: unstable_loss(z, t)[0], lambda dz, z, t: dz),
            loss_of(lambda right, z, t: unstable_sum(z, t)[0], lambda dz, z, t: dz),
            lenet(loss=one_maximum),
            lenet(loss=lambda z, t: one_maximum(z, t, of_sum=True)),
        ),
    ),
    "softmax_of_the_batch": (
        "Your softmax runs over the images. Each row of scores is one image: sum over axis 1.",
        (
            lenet(loss=whole_batch),
            lenet(loss=along_images),
            loss_of(lambda right, z, t: along_images(z, t)[0], lambda dz, z, t: dz),
            loss_of(kept, lambda dz, z, t: along_images(z, t)[1]),
        ),
    ),
}
