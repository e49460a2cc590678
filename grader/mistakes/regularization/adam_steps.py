"""Mistakes in the first step of Adam: decay in the wrong place, another division."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Call:
    """The arguments of one first step."""

    w: np.ndarray
    dw: np.ndarray
    lr: float
    wd: float
    decoupled: bool
    eps: float

    @property
    def g(self) -> np.ndarray:
        """The gradient that Adam sees."""
        return self.dw if self.decoupled else self.dw + self.wd * self.w

    @property
    def kept(self) -> float:
        """The share of the weights that decoupled decay leaves."""
        return 1 - self.lr * self.wd if self.decoupled else 1.0

    def step(self, kept=None, g: np.ndarray | None = None, size=None) -> np.ndarray:
        """The new weights, with something else for what is kept, the gradient or its size."""
        kept, g = self.kept if kept is None else kept, self.g if g is None else g
        size = np.abs(g) + self.eps if size is None else size
        return kept * self.w - self.lr * g / size


def adam(rule: Callable[[Call], np.ndarray]) -> Callable:
    """A first step that follows another rule."""

    def first_adam_step(w, dw, lr, wd, decoupled, eps=1e-8):
        return rule(Call(w, dw, lr, wd, decoupled, eps))

    return first_adam_step


def size(rule: Callable[[Call], np.ndarray]) -> Callable:
    """A first step that divides by something else."""
    return adam(lambda c: c.step(size=rule(c)))


def if_decoupled(rule: Callable[[Call], np.ndarray]) -> Callable:
    """A first step that is wrong when the decay is decoupled."""
    return adam(lambda c: rule(c) if c.decoupled else c.step())


def if_inside(rule: Callable[[Call], np.ndarray]) -> Callable:
    """A first step that is wrong when the decay is inside the gradient."""
    return adam(lambda c: c.step() if c.decoupled else rule(c))


ADAM = {
    "flag_reversed": (
        "decoupled is understood the other way round. Decoupled means that the decay acts on the "
        "weights themselves and not through the gradient.",
        (
            adam(
                lambda c: (
                    c.step(1, c.dw + c.wd * c.w) if c.decoupled else c.step(1 - c.lr * c.wd, c.dw)
                )
            ),
        ),
    ),
    "flag_ignored": (
        "decoupled makes no difference. If it is False, wd * w is added to the gradient; if it is "
        "True, the weights are multiplied by 1 - lr * wd instead.",
        (
            adam(lambda c: c.step(1, c.dw + c.wd * c.w)),
            adam(lambda c: c.step(1 - c.lr * c.wd, c.dw)),
        ),
    ),
    "no_decay": (
        "Nothing decays, or in one of the two ways only.",
        (
            adam(lambda c: c.step(1, c.dw)),
            if_decoupled(lambda c: c.step(1)),
            if_inside(lambda c: c.step(g=c.dw)),
        ),
    ),
    "decayed_twice": (
        "The decay acts in both ways at once. It is either inside the gradient or on the weights.",
        (
            adam(lambda c: c.step(1 - c.lr * c.wd, c.dw + c.wd * c.w)),
            if_decoupled(lambda c: c.step(g=c.dw + c.wd * c.w)),
            if_inside(lambda c: c.step(1 - c.lr * c.wd)),
        ),
    ),
    "no_lr": (
        "The decoupled decay is not multiplied by lr. In torch's AdamW it is: w - lr * wd * w.",
        (if_decoupled(lambda c: c.step(1 - c.wd)),),
    ),
    "after_step": (
        "The decoupled decay uses the new weights. Let the old ones decay.",
        (if_decoupled(lambda c: (1 - c.lr * c.wd) * c.step(1)),),
    ),
    "factor_2": (
        "The decay has a factor 2. wd is torch's: its slope is wd * w.",
        (
            if_inside(lambda c: c.step(g=c.dw + 2 * c.wd * c.w)),
            if_decoupled(lambda c: c.step(1 - 2 * c.lr * c.wd)),
            adam(
                lambda c: (
                    c.step(1 - 2 * c.lr * c.wd) if c.decoupled else c.step(g=c.dw + 2 * c.wd * c.w)
                )
            ),
        ),
    ),
    "lr_in_gradient": (
        "The decay inside the gradient is multiplied by lr. The optimizer does that for the whole "
        "gradient: dw + wd * w.",
        (if_inside(lambda c: c.step(g=c.dw + c.lr * c.wd * c.w)),),
    ),
    "grows": (
        "The weights grow. Decay pulls them to zero: add wd * w to the gradient, or subtract "
        "lr * wd * w from the weights.",
        (
            if_inside(lambda c: c.step(g=c.dw - c.wd * c.w)),
            if_decoupled(lambda c: c.step(1 + c.lr * c.wd)),
            adam(lambda c: c.step(1 + c.lr * c.wd) if c.decoupled else c.step(g=c.dw - c.wd * c.w)),
        ),
    ),
    "eps_inside": (
        "eps stands inside the root. Adam adds it outside: np.sqrt(g**2) + eps, which is "
        "np.abs(g) + eps.",
        (size(lambda c: np.sqrt(c.g**2 + c.eps)), size(lambda c: np.sqrt(c.g**2 + c.eps**2))),
    ),
    "eps_outside": (
        "eps is added to the quotient. It belongs to what you divide by: g / (np.abs(g) + eps), "
        "with brackets.",
        (
            adam(lambda c: c.kept * c.w - c.lr * (c.g / np.abs(c.g) + c.eps)),
            adam(lambda c: c.kept * c.w - c.lr * c.g / np.abs(c.g) + c.eps),
            adam(lambda c: c.kept * c.w - (c.lr * c.g / np.abs(c.g) + c.eps)),
        ),
    ),
    "eps_fixed": (
        "eps is missing or a fixed number. Divide by np.abs(g) + eps, with the eps you are given.",
        (
            size(lambda c: np.abs(c.g) + 1e-8),
            size(lambda c: np.abs(c.g)),
            size(lambda c: np.maximum(np.abs(c.g), c.eps)),
            size(lambda c: np.abs(c.g) + 1e-7),
            adam(lambda c: c.step(size=1, g=np.sign(c.g))),
        ),
    ),
    "not_divided": (
        "You did not divide by the size of the gradient: that is a step of SGD.",
        (size(lambda c: 1),),
    ),
    "divided_by_square": (
        "You divided by the square of the gradient. Divide by its root, the size: np.abs(g) + eps.",
        (size(lambda c: c.g**2 + c.eps),),
    ),
    "no_bias_correction": (
        "The averages are not corrected. After one step, Adam's corrected averages are exactly g "
        "and g**2.",
        (
            size(lambda c: (np.sqrt(0.001 * c.g**2) + c.eps) / 0.1),
            size(lambda c: (np.abs(c.g) + c.eps) / 0.1),
            size(lambda c: np.sqrt(0.001 * c.g**2) + c.eps),
            size(lambda c: np.abs(c.g) + c.eps / np.sqrt(0.001)),
        ),
    ),
    "other_denominator": (
        "Numerator and denominator hold different gradients. With the decay inside, both use "
        "dw + wd * w.",
        (
            if_inside(lambda c: c.step(size=np.abs(c.dw) + c.eps)),
            if_inside(lambda c: c.step(g=c.dw, size=np.abs(c.g) + c.eps)),
        ),
    ),
    "one_length": (
        "You divided by the length of the whole gradient. Adam divides each number by its own "
        "size.",
        (
            size(lambda c: np.linalg.norm(c.g.ravel()) + c.eps),
            size(lambda c: np.abs(c.g).mean() + c.eps),
            size(lambda c: np.abs(c.g).max() + c.eps),
        ),
    ),
    "size_without_abs": (
        "You divided by the gradient with its sign, so that every weight moves the same way. "
        "Divide by its size: np.abs(g) + eps.",
        (size(lambda c: c.g + c.eps),),
    ),
    "uphill": (
        "The step is added. Subtract it.",
        (adam(lambda c: c.kept * c.w + c.lr * c.g / (np.abs(c.g) + c.eps)),),
    ),
    "step_returned": (
        "You returned the step. Return the new weights.",
        (
            adam(lambda c: c.lr * c.g / (np.abs(c.g) + c.eps)),
            adam(lambda c: c.w - c.step()),
        ),
    ),
    "lr_missing": (
        "lr is missing. Adam's step is lr * g / (np.abs(g) + eps).",
        (adam(lambda c: c.kept * c.w - c.g / (np.abs(c.g) + c.eps)),),
    ),
}
