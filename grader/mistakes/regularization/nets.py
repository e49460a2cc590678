"""A right elastic net, whose loss and gradient can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Rule = Callable[[np.ndarray, float, float], object]


def net(loss: Rule | None = None, grad: Rule | None = None) -> Callable:
    """An elastic net with another loss, another gradient, or both."""

    def elastic_net(w, l1, l2):
        return (loss or right_loss)(w, l1, l2), (grad or right_grad)(w, l1, l2)

    return elastic_net


def right_loss(w: np.ndarray, l1: float, l2: float) -> float:
    """The penalty."""
    return l1 * np.abs(w).sum() + l2 * np.sum(w**2)


def right_grad(w: np.ndarray, l1: float, l2: float) -> np.ndarray:
    """Its gradient."""
    return l1 * np.sign(w) + 2 * l2 * w


def both(w: np.ndarray, l1: float, l2: float) -> tuple:
    """The penalty and its gradient."""
    return right_loss(w, l1, l2), right_grad(w, l1, l2)


def sign(rule: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """An elastic net whose gradient uses something else for the sign."""
    return net(grad=lambda w, l1, l2: l1 * rule(w) + 2 * l2 * w)


def square(loss: Callable | None = None, grad: Callable | None = None) -> Callable:
    """An elastic net whose L2 part is another one."""
    one = loss and (lambda w, l1, l2: l1 * np.abs(w).sum() + loss(w, l2))
    other = grad and (lambda w, l1, l2: l1 * np.sign(w) + grad(w, l2))
    return net(one, other)


def length(w: np.ndarray) -> float:
    """The norm of an array as one vector."""
    return np.linalg.norm(w.ravel())


def shared(w: np.ndarray, strength: float, share: float, half: float) -> tuple:
    """An elastic net of one strength, of which a share goes to the sizes."""
    return (
        right_loss(w, strength * share, half * strength * (1 - share)),
        right_grad(w, strength * share, half * strength * (1 - share)),
    )
