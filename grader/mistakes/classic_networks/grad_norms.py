"""Known mistakes of 8.8: something else measured, or measured in another network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.exercise import Mistake


def norm(a):
    """Each feature normalized over the batch, and what its gradient needs."""
    root = np.sqrt(a.var(0) + 1e-5)
    hat = (a - a.mean(0)) / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root


def constant_norm(a):
    """As if mean and deviation were constants."""
    root = np.sqrt(a.var(0) + 1e-5)
    return (a - a.mean(0)) / root, lambda d: d / root


def row_norm(a):
    """Each image normalized by itself."""
    hat, back = norm(a.T)
    return hat.T, lambda d: back(d.T).T


def unbiased_norm(a):
    """The unbiased variance, forward and backward."""
    n = max(len(a) - 1, 1)
    centred = a - a.mean(0)
    root = np.sqrt((centred**2).sum(0) / n + 1e-5)
    hat = centred / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).sum(0) / n) / root


def with_eps(eps):
    """Another eps."""

    def other(a):
        root = np.sqrt(a.var(0) + eps)
        hat = (a - a.mean(0)) / root
        return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root

    return other


def gone_back(way):
    """Right forward, and another way back from d, the normalized numbers and the root."""

    def other(a):
        root = np.sqrt(a.var(0) + 1e-5)
        hat = (a - a.mean(0)) / root
        return hat, lambda d: way(d, hat, root)

    return other


def biased_back(a):
    """The unbiased variance forward, and the usual way back."""
    root = np.sqrt(a.var(0) * len(a) / max(len(a) - 1, 1) + 1e-5)
    hat = (a - a.mean(0)) / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root


def whole_norm(a):
    """One mean and one variance for all numbers."""
    root = np.sqrt(a.var() + 1e-5)
    hat = (a - a.mean()) / root
    return hat, lambda d: (d - d.mean() - hat * (d * hat).mean()) / root


def scaled(weights, gain):
    """The matrices, right."""
    return [gain * w for w in weights]


@dataclass(frozen=True)
class Rules:
    """How the gradient's way is computed; right unless replaced.

    Args:
        weights: what is made of the weights and the gain first.
        norm: the normalization, with its way back.
        where: `branch` or `trunk`, where it stands in a residual layer.
        bend: whether there are ReLUs.
        inside: whether the way around ends before the ReLU.
        start: the gradient by the last output.
        skip_back: whether the gradient takes the way around.
        mask_back: whether it passes the ReLUs only where they are open.
        measure: from the gradients and the activations, first to last, to the result.
        back_weights: the matrices of the way back, from the weights and the gain.
        skip: how the way around is joined.
        open: where a ReLU is open, from its input, what came into the layer and what comes out.
    """

    weights: Callable = lambda weights, gain: [gain * w for w in weights]
    norm: Callable = norm
    where: str = "branch"
    bend: bool = True
    inside: bool = False
    start: Callable = lambda y: 2 * y / y.size
    skip_back: bool = True
    mask_back: bool = True
    measure: Callable = lambda grads, depths: [np.linalg.norm(g) for g in grads]
    back_weights: Callable | None = None
    skip: Callable = lambda y, h: y + h
    open: Callable = lambda a, h, y: a > 0


def grad_norms(**rules) -> Callable:
    """A `grad_norms` that follows other rules."""
    r = Rules(**rules)

    def measured(x, weights, gain=1.0, residual=False, bn=False):
        h, steps, depths = x, [], [x]
        there = r.weights(weights, gain)
        for both in zip(there, (r.back_weights or r.weights)(weights, gain), strict=True):
            h, back = _layer(r, h, both, residual=residual, bn=bn)
            steps.append(back)
            depths.append(h)
        grads = [r.start(h)]
        for back in reversed(steps):
            grads.append(back(grads[-1]))
        return np.array(r.measure(grads[::-1], depths)).astype(x.dtype)

    return measured


def _layer(r: Rules, h, both, *, residual: bool, bn: bool):
    w, w_back = both
    on_trunk = residual and r.where == "trunk"
    hat, norm_back = r.norm(h @ w.T) if bn and not on_trunk else (h @ w.T, lambda d: d)
    a = hat + h if residual and r.inside else hat
    y = np.maximum(a, 0) if r.bend else a
    y = r.skip(y, h) if residual and not r.inside else y
    open_ = r.open(a, h, y) if r.bend and r.mask_back else np.ones_like(a)
    y, trunk_back = r.norm(y) if bn and on_trunk else (y, lambda d: d)

    def back(d):
        d = trunk_back(d)
        through = d * open_
        around = (through if r.inside else d) if residual and r.skip_back else 0
        return norm_back(through) @ w_back + around

    return y, back


LISTED = {
    "activations_measured": (
        "You measure the activations. The question is how large the *gradient* of the loss is at "
        "each depth.",
        (
            grad_norms(measure=lambda g, depths: [np.linalg.norm(h) for h in depths]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(h) for h in depths[::-1]]),
        ),
    ),
    "other_direction": (
        "The list runs from the last layer to the first. It begins at x, so turn it round.",
        (grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[::-1]]),),
    ),
    "ends_left_out": (
        "There are len(weights) + 1 norms: the gradient at x, and the one behind each layer.",
        (
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[:-1]]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d) for d in g[1:]]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(g[0])]),
        ),
    ),
    "other_measure": (
        "The norm is the square root of the sum of all squares, np.linalg.norm, over all images "
        "together.",
        (
            grad_norms(measure=lambda g, depths: [np.sum(d**2) for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).mean() for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).max() for d in g]),
            grad_norms(measure=lambda g, depths: [np.abs(d).sum() for d in g]),
            grad_norms(measure=lambda g, depths: [np.sqrt((d**2).mean()) for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, axis=1).mean() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, axis=1).sum() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d[0]) for d in g]),
            grad_norms(measure=lambda g, depths: [d.std() for d in g]),
            grad_norms(measure=lambda g, depths: [np.linalg.norm(d, 2) for d in g]),
        ),
    ),
    "loss_not_averaged": (
        "The loss is the mean of all squares of y: its gradient is 2 * y / y.size.",
        (
            grad_norms(start=lambda y: 2 * y),
            grad_norms(start=lambda y: 2 * y / len(y)),
            grad_norms(start=lambda y: 2 * y / y.shape[1]),
        ),
    ),
    "two_forgotten": (
        "The derivative of y² is 2y: a factor is missing.",
        (grad_norms(start=lambda y: y / y.size), grad_norms(start=lambda y: y)),
    ),
    "other_loss": (
        "The loss is the mean of y². Its gradient depends on y.",
        (
            grad_norms(start=lambda y: np.ones_like(y)),
            grad_norms(start=lambda y: np.ones_like(y) / y.size),
            grad_norms(start=lambda y: np.sign(y) / y.size),
        ),
    ),
    "one_matrix_for_all": (
        "All your layers use the same matrix. Each has its own: weights[i].",
        (
            grad_norms(weights=lambda w, gain: [gain * w[0] for _ in w]),
            grad_norms(weights=lambda w, gain: [gain * w[-1] for _ in w]),
        ),
    ),
    "matrices_reversed": (
        "The layers come in the wrong order: weights[0] is the first.",
        (grad_norms(weights=lambda w, gain: [gain * own for own in w[::-1]]),),
    ),
    "matrix_transposed": (
        "A weight is (out, in), as torch has it: h @ w.T.",
        (grad_norms(weights=lambda w, gain: [gain * own.T for own in w]),),
    ),
    "gain_ignored": (
        "The gain is missing: each layer's matrix is gain * w.",
        (
            grad_norms(weights=lambda w, gain: list(w)),
            grad_norms(back_weights=lambda w, gain: list(w)),
            grad_norms(weights=lambda w, gain: list(w), back_weights=scaled),
        ),
    ),
    "other_gain": (
        "The matrix of a layer is gain * w: the gain once, and nothing else.",
        (
            grad_norms(weights=lambda w, gain: [gain**2 * own for own in w]),
            grad_norms(weights=lambda w, gain: [np.sqrt(gain) * own for own in w]),
            grad_norms(weights=lambda w, gain: [gain * own / np.sqrt(len(own)) for own in w]),
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                gain * x, weights, 1.0, residual, bn
            ),
        ),
    ),
    "transposed_one_way": (
        "The matrix is transposed one way only: h @ w.T there, and d @ w back.",
        (
            grad_norms(back_weights=lambda w, gain: [gain * own.T for own in w]),
            grad_norms(weights=lambda w, gain: [gain * own.T for own in w], back_weights=scaled),
        ),
    ),
    "matrices_not_turned_round": (
        "On the way back the last layer comes first, and its matrix with it: go through the "
        "weights from the last to the first.",
        (grad_norms(back_weights=lambda w, gain: [gain * own for own in w[::-1]]),),
    ),
    "mask_of_another": (
        "A ReLU lets the gradient pass where its own input was positive: not what came into the "
        "layer, not what leaves it with the way around, and not the gradient.",
        (
            grad_norms(open=lambda a, h, y: y > 0),
            grad_norms(open=lambda a, h, y: h > 0),
        ),
    ),
    "open_at_zero": (
        "Where the input of a ReLU is exactly 0, no gradient passes: (a > 0), not (a >= 0).",
        (grad_norms(open=lambda a, h, y: a >= 0),),
    ),
    "way_around_joined_otherwise": (
        "With residual=True, the layer's own input h is added, as it is, to what the branch gives.",
        (
            grad_norms(skip=lambda y, h: y),
            grad_norms(skip=lambda y, h: (y + h) / 2),
            grad_norms(skip=lambda y, h: y - h),
        ),
    ),
    "relu_missing": (
        "There is a ReLU in each layer, forward and backward.",
        (grad_norms(bend=False), grad_norms(mask_back=False)),
    ),
    "joined_before_relu": (
        "The way around ends behind the ReLU: h + relu(branch). Then nothing stands in its way.",
        (grad_norms(inside=True),),
    ),
    "way_around_not_gone_back": (
        "The gradient takes the way around, too: add it to what comes back through the branch.",
        (grad_norms(skip_back=False),),
    ),
    "norm_on_the_trunk": (
        "The normalization stands on the trunk. It belongs to the branch, between the matrix and "
        "the ReLU, so that the way around stays free.",
        (grad_norms(where="trunk"),),
    ),
    "norm_as_constants": (
        "Mean and variance depend on the activations, too; the gradient flows through them.",
        (
            grad_norms(norm=constant_norm),
            grad_norms(norm=gone_back(lambda d, hat, root: (d - d.mean(0)) / root)),
            grad_norms(norm=gone_back(lambda d, hat, root: (d - hat * (d * hat).mean(0)) / root)),
        ),
    ),
    "norm_not_gone_back": (
        "The normalization changes the gradient, too: go back through it, and divide by the root.",
        (
            grad_norms(norm=gone_back(lambda d, hat, root: d)),
            grad_norms(
                norm=gone_back(lambda d, hat, root: d - d.mean(0) - hat * (d * hat).mean(0))
            ),
        ),
    ),
    "other_eps": (
        "eps = 0.00001, neither more nor less, is added to the variance, inside the root.",
        tuple(grad_norms(norm=with_eps(eps)) for eps in (0, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-12)),
    ),
    "other_statistics": (
        "Each feature is normalized over the batch, axis 0, by the biased variance.",
        (
            grad_norms(norm=row_norm),
            grad_norms(norm=unbiased_norm),
            grad_norms(norm=biased_back),
            grad_norms(norm=whole_norm),
        ),
    ),
    "norm_ignored": (
        "With bn=True there is a normalization between the matrix and the ReLU.",
        (grad_norms(norm=lambda a: (a, lambda d: d)),),
    ),
    "way_around_ignored": (
        "With residual=True the input of a layer is added to its output.",
        (
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                x, weights, gain, False, bn
            ),
            lambda x, weights, gain=1.0, residual=False, bn=False: grad_norms()(
                x, weights, gain, residual and not bn, bn
            ),
        ),
    ),
}

HE = 2**0.5
SETTINGS = ((0.5, False, False), (HE, False, False), (HE, True, False), (HE, True, True))
LIKELY = (
    ("vanishes", "healthy", "explodes", "healthy"),
    ("vanishes", "vanishes", "healthy", "healthy"),
    ("vanishes", "healthy", "healthy", "healthy"),
    ("vanishes", "explodes", "explodes", "healthy"),
    ("healthy",) * 4,
)


def answered(change: Callable = lambda ratios: ratios, word: Callable | None = None) -> Callable:
    """A `fates` that judges other ratios or words them differently."""

    def named(ratio):
        return "explodes" if ratio > 1e3 else "vanishes" if ratio < 1e-3 else "healthy"

    def fates(x, weights):
        norms = [grad_norms()(x, weights, *setting) for setting in SETTINGS]
        return tuple((word or named)(ratio) for ratio in change([n[0] / n[-1] for n in norms]))

    return fates


def measured_with(*settings):
    """A `fates` of other settings."""

    def fates(x, weights):
        norms = [grad_norms()(x, weights, *setting) for setting in settings]
        return tuple(
            "explodes" if n[0] / n[-1] > 1e3 else "vanishes" if n[0] / n[-1] < 1e-3 else "healthy"
            for n in norms
        )

    return fates


def within(least, most):
    """A `fates` with other limits."""
    return answered(
        word=lambda q: "explodes" if q > most else "vanishes" if q < least else "healthy"
    )


def always(words: tuple[str, ...]) -> Callable:
    """A `fates` that does not look at the network."""
    return lambda x, weights: words


def unnormalized(x, weights):
    """Judges the gradient at x alone."""
    norms = [grad_norms()(x, weights, *setting)[0] for setting in SETTINGS]
    return tuple("explodes" if n > 1e3 else "vanishes" if n < 1e-3 else "healthy" for n in norms)


FATES = {
    "ratio_upside_down": (
        "What vanishes and what explodes are exchanged, by the words or by the ratio. It is how "
        "much of the gradient reaches x, norms[0] / norms[-1]: small means that it vanishes.",
        (answered(lambda ratios: [1 / ratio for ratio in ratios]),),
    ),
    "other_settings": (
        "The four settings are gain 0.5, plain; and with gain √2: plain, residual, residual with "
        "batch normalization.",
        (
            measured_with((0.5, False, False), *((2.0, *rest[1:]) for rest in SETTINGS[1:])),
            measured_with((0.5, False, False), *((1.0, *rest[1:]) for rest in SETTINGS[1:])),
            measured_with(*((0.5, *rest[1:]) for rest in SETTINGS)),
            measured_with(*((HE, *rest[1:]) for rest in SETTINGS)),
            measured_with(*SETTINGS[:2], (HE, False, True), SETTINGS[3]),
            measured_with(*SETTINGS[:3], (HE, False, True)),
        ),
    ),
    "other_limits": (
        "It vanishes below 0.001 and explodes above 1000.",
        (
            *(within(10.0**-n, 10.0**n) for n in (1, 2, 4, 6)),
            *(within(1e-3, 10.0**n) for n in (1, 2)),
            within(1, 1),
        ),
    ),
    "gradient_at_x_alone": (
        "You judged the gradient at x by itself. Compare it with the one at the end: "
        "norms[0] / norms[-1].",
        (unnormalized,),
    ),
    "another_order": (
        "The answers come in another order than the settings.",
        (
            answered(lambda ratios: ratios[::-1]),
            answered(lambda ratios: [ratios[1], ratios[0], *ratios[2:]]),
            answered(lambda ratios: [*ratios[:2], ratios[3], ratios[2]]),
            answered(lambda ratios: [ratios[0], ratios[2], ratios[1], ratios[3]]),
        ),
    ),
    "not_measured": (
        "These answers do not depend on the network: measure the one you are given. With few "
        "layers, nothing vanishes or explodes.",
        tuple(map(always, LIKELY)),
    ),
    "setting_missing": (
        "There are four settings, so return four words.",
        (
            answered(lambda ratios: ratios[:3]),
            answered(lambda ratios: [ratios[0], *ratios[2:]]),
            answered(lambda ratios: ratios[1:]),
        ),
    ),
}

MISTAKES = (
    *(Mistake(slug, "grad_norms", text, variants) for slug, (text, variants) in LISTED.items()),
    *(Mistake(slug, "fates", text, variants) for slug, (text, variants) in FATES.items()),
)
