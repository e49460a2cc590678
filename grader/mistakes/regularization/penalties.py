"""A right L2 penalty, whose loss and gradients can be spoilt one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Call:
    """The arguments of one penalty.

    Args:
        weights: the arrays.
        lam, half: as the learner gets them.
    """

    weights: list[np.ndarray]
    lam: float
    half: bool

    @property
    def scale(self) -> float:
        """What the sum of squares is multiplied by."""
        return self.lam / 2 if self.half else self.lam

    @property
    def squares(self) -> list[float]:
        """The sum of squares of each array."""
        return [np.sum(w**2) for w in self.weights]

    @property
    def count(self) -> int:
        """How many weights there are in all."""
        return sum(w.size for w in self.weights)


def right_loss(call: Call) -> float:
    """The penalty."""
    return call.scale * sum(call.squares)


def right_grads(call: Call) -> list[np.ndarray]:
    """Its gradient by each array."""
    return [2 * call.scale * w for w in call.weights]


def penalty(loss: Callable = right_loss, grads: Callable = right_grads) -> Callable:
    """A penalty whose loss or gradients are made in another way."""

    def l2(weights, lam, half=False):
        call = Call(weights, lam, half)
        return loss(call), grads(call)

    return l2


def each(rule: Callable[[Call, np.ndarray], np.ndarray]) -> Callable:
    """Gradients that follow another rule, array by array."""
    return lambda call: [rule(call, w) for w in call.weights]


def scaled(loss: Callable | None = None, grads: Callable | None = None) -> tuple[Callable, ...]:
    """Penalties multiplied by a factor that depends on the call: the loss, the gradients, both.

    Args:
        loss: the factor of the loss; that of the gradients if None.
        grads: the factor of the gradients; that of the loss if None.
    """
    of_loss, of_grads = loss or grads, grads or loss

    def wrong_loss(call):
        return of_loss(call) * right_loss(call)

    wrong_grads = each(lambda call, w: of_grads(call) * 2 * call.scale * w)
    return penalty(loss=wrong_loss), penalty(grads=wrong_grads), penalty(wrong_loss, wrong_grads)
