"""Known mistakes of 8.1: layers left out, put in another order, or not gone back through."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.classic_networks.lenet_layers import WITHIN
from grader.mistakes.classic_networks.lenet_rules import lenet, mean_loss, relu, relu_back
from grader.mistakes.classic_networks.parts import (
    avg_pool,
    avg_pool_back,
    blocks,
    max_pool_back,
    softmax,
    unblocks,
)

PLACES = range(4)


def refused(first, second):
    """The sizes of a LeNet with other paddings, in which a layer of convnet finds a mistake."""

    class LeNet:
        def __init__(self, params):
            self.params = params

        def loss_and_grads(self, x, t):
            sides, weights = np.array(x.shape[2:]), self.params["fc1.weight"].shape[1]
            for padding in (first, second):
                for kernel, room in ((5, 2 * padding), (2, 0)):
                    if (sides + room < kernel).any():
                        seen = (sides + room)[sides + room < kernel][0]
                        raise ValueError(
                            f"the kernel covers {kernel} pixels, the padded x has {seen}"
                        )
                    sides = sides + room - 4 if kernel == 5 else sides // 2
            features = len(self.params["conv2.bias"]) * sides.prod()
            raise ValueError(f"x has D={features} features, weight wants {weights}")

    return LeNet


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


def changed(change, *names):
    """The gradients of some parameters changed in the end; of all if none is named."""

    def after(grads, x, params):
        return {
            name: change(grad, x, params[name])
            if any(name.endswith(end) for end in names or ("",))
            else grad
            for name, grad in grads.items()
        }

    return lenet(after=after)


def loss_of(loss, gradient):
    """Another loss or another gradient, from what is right and from z and t."""

    def both(z, t):
        right, dz = mean_loss(z, t)
        return loss(right, z, t), gradient(dz, z, t)

    return lenet(loss=both)


def kept(right, z, t):
    """As it is."""
    return right


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


def channels_last(h):
    """Rows in another order: pixel by pixel."""
    return h.transpose(0, 2, 3, 1).reshape(len(h), -1)


def from_channels_last(dy, shape):
    """The same order back."""
    N, C, H, W = shape
    return dy.reshape(N, H, W, C).transpose(0, 3, 1, 2)


def columns_first(dy, s):
    """Rows and columns exchanged on the way back."""
    return dy.reshape(s[0], s[1], s[3], s[2]).transpose(0, 1, 3, 2)


def all_maxima(dy, x):
    """The gradient to every place of a window."""
    return unblocks(np.repeat(dy[..., None], 4, axis=-1), x.shape)


def last_of_largest(dy, x):
    """To the last of the largest."""
    windows = blocks(x)
    last = np.arange(4) == 3 - windows[..., ::-1].argmax(-1)[..., None]
    return unblocks(last * dy[..., None], x.shape)


def all_largest(dy, x):
    """To each of the largest."""
    windows = blocks(x)
    return unblocks((windows == windows.max(-1, keepdims=True)) * dy[..., None], x.shape)


def shares(dy, x):
    """In equal shares to the largest."""
    windows = blocks(x)
    largest = windows == windows.max(-1, keepdims=True)
    return unblocks(largest / largest.sum(-1, keepdims=True) * dy[..., None], x.shape)


def value_not_mask(dy, x):
    """Multiplied by the largest value."""
    windows = blocks(x)
    first = np.arange(4) == windows.argmax(-1)[..., None]
    return unblocks(first * windows * dy[..., None], x.shape)


def whole_batch(z, t):
    """One softmax over the whole batch."""
    p = np.exp(z - z.max())
    p = p / p.sum()
    N = len(t)
    loss = -np.log(np.maximum(p[np.arange(N), t], 1e-300)).mean()
    p = p.copy()
    p[np.arange(N), t] -= 1
    return loss, p / N


LISTED = {
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
    "average_pooling": (
        "You average where the largest of each window is asked for: max pooling.",
        (
            lenet(pool=avg_pool, pool_back=avg_pool_back),
            lenet(pool=avg_pool, pool_back=max_pool_back),
        ),
    ),
    "pool_gone_back_wrongly": (
        "On the way back through max pooling, the gradient goes to the largest number of each "
        "window alone, as it is.",
        (
            lenet(pool_back=avg_pool_back),
            lenet(pool_back=all_maxima),
            lenet(pool_back=value_not_mask),
        ),
    ),
    "ties_given_to_another": (
        "Where several numbers of a window are the largest, the gradient goes to the first of "
        "them, row by row. Yours goes to another one, to all, or in shares.",
        (
            lenet(pool_back=last_of_largest),
            lenet(pool_back=all_largest),
            lenet(pool_back=shares),
        ),
    ),
    "padding_left_out": (
        "The first convolution has padding 2, so that its maps are as large as the image, and the "
        "second has none. Only then does fc1 get as many features as it has weights for.",
        (
            *(lenet(padding=0), lenet(padding=1)),
            *(refused(*paddings) for paddings in ((0, 0), (1, 0), (1, 1), (0, 2), (2, 2))),
        ),
    ),
    "channels_last": (
        "You flatten in another order, or go back in another one. It is channel by channel, as the "
        "array lies there: h.reshape(N, -1), and back dy.reshape(maps.shape).",
        (
            lenet(flatten=channels_last, unflatten=from_channels_last),
            lenet(flatten=channels_last),
            lenet(unflatten=from_channels_last),
            lenet(
                flatten=lambda h: h.transpose(0, 1, 3, 2).reshape(len(h), -1),
                unflatten=columns_first,
            ),
            lenet(unflatten=columns_first),
            lenet(
                flatten=lambda h: h.reshape(len(h), -1, order="F"),
                unflatten=lambda dy, s: dy.reshape(s, order="F"),
            ),
        ),
    ),
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
    "biases_not_summed": (
        "The gradient of a bias is a sum over everything that it was added to: over the images, "
        "and over the pixels behind a convolution. Yours is a mean.",
        (
            lenet(after=lambda grads, x, params: _averaged_biases(grads, x)),
            lenet(after=lambda grads, x, params: _averaged_biases(grads, x, ("conv",))),
            changed(lambda g, x, w: g / len(x), "conv1.bias", "conv2.bias"),
            changed(lambda g, x, w: g / len(x), "fc1.bias", "fc2.bias", "fc3.bias"),
        ),
    ),
    "biases_forgotten": (
        "The gradients of the biases are all zero.",
        (
            changed(lambda g, x, w: 0 * g, "bias"),
            changed(lambda g, x, w: 0 * g, "conv1.bias", "conv2.bias"),
            changed(lambda g, x, w: 0 * g, "fc1.bias", "fc2.bias", "fc3.bias"),
        ),
    ),
    "convolutions_untouched": (
        "The gradients of the convolutions are all zero: go on backward through the pools and "
        "convolutions, too.",
        (
            changed(lambda g, x, w: 0 * g, "conv1.weight", "conv1.bias"),
            changed(
                lambda g, x, w: 0 * g, "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"
            ),
        ),
    ),
    "linear_transposed": (
        "The gradient of a linear layer's weight has the shape of the weight, (out, in): "
        "dy.T @ x, not x.T @ dy.",
        (changed(lambda g, x, w: g.T, "fc1.weight", "fc2.weight", "fc3.weight"),),
    ),
    "kernels_turned": (
        "The gradient of the kernels is turned by 180 degrees. The forward pass does not flip "
        "the kernel, so neither does its gradient.",
        (changed(lambda g, x, w: g[:, :, ::-1, ::-1], "conv1.weight", "conv2.weight"),),
    ),
    "decay_added": (
        "There is more in the gradients than the loss: the weights themselves. Weight decay is "
        "the optimiser's work.",
        (
            changed(lambda g, x, w: g + 1e-2 * w, "weight"),
            changed(lambda g, x, w: g + 5e-4 * w),
            changed(lambda g, x, w: g + 1e-4 * w),
            changed(lambda g, x, w: g + 1e-3 * w),
        ),
    ),
    "gradients_clipped": (
        "You clip the gradients. That is for later, when they explode; here they are compared as "
        "they are.",
        (
            changed(lambda g, x, w: np.clip(g, -1, 1)),
            changed(lambda g, x, w: np.clip(g, -0.1, 0.1)),
        ),
    ),
}


def _averaged_biases(grads, x, kinds=("conv", "fc")):
    """The bias gradients of convolutions, or of all layers, as means over images and pixels."""
    H, W = x.shape[2:]
    pixels = {"conv1.bias": H * W, "conv2.bias": (H // 2 - 4) * (W // 2 - 4)}
    return {
        name: grad / (len(x) * pixels.get(name, 1))
        if name.startswith(kinds) and name.endswith("bias")
        else grad
        for name, grad in grads.items()
    }


MISTAKES = tuple(
    Mistake(slug, "LeNet", message, variants)
    for slug, (message, variants) in (LISTED | WITHIN).items()
)
