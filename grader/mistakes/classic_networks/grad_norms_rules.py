"""How far a gradient comes, by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def norm(a):
    """Each feature normalized over the batch, and what its gradient needs."""
    root = np.sqrt(a.var(0) + 1e-5)
    hat = (a - a.mean(0)) / root
    return hat, lambda d: (d - d.mean(0) - hat * (d * hat).mean(0)) / root


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
