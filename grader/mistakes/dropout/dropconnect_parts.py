"""A right way back of DropConnect, whose gradients can be spoilt one by one."""

from __future__ import annotations

import numpy as np

from grader.mistakes.shapes import only_if


def right_dx(dy, x, w, mask):
    """What a row of x receives."""
    return dy @ (w * mask)


def right_dw(dy, x, w, mask):
    """What the weights receive."""
    return dy.T @ x * mask


def right_db(dy, x, w, mask):
    """What the biases receive."""
    return dy.sum(0)


def back(dx=right_dx, dw=right_dw, db=right_db, *, order=(0, 1, 2)):
    """A backward pass with slips; the gradients are functions of dy, x, w and the mask."""

    def dropconnect_backward(dy, x, w, mask):
        gradients = [np.asarray(gradient(dy, x, w, mask)) for gradient in (dx, dw, db)]
        return tuple(gradients[place] for place in order)

    return dropconnect_backward


def dx(rule):
    """A backward pass whose dx is another one."""
    return back(dx=rule)


def dw(rule):
    """A backward pass whose dw is another one."""
    return back(dw=rule)


def db(rule):
    """A backward pass whose db is another function of dy and the mask."""
    return back(db=lambda dy, x, w, mask: rule(dy, mask))


def with_mask(change):
    """Backward passes that use another mask: in dx and dw, in dx alone, in dw alone."""

    def other_dx(dy, x, w, mask):
        return dy @ (w * change(mask))

    def other_dw(dy, x, w, mask):
        return dy.T @ x * change(mask)

    return back(other_dx, other_dw), dx(other_dx), dw(other_dw)


def scaled(which: str, rule):
    """A backward pass in which some of the gradients are multiplied by a number."""

    def dropconnect_backward(dy, x, w, mask):
        named = zip(("dx", "dw", "db"), back()(dy, x, w, mask), strict=True)
        return tuple(g * rule(dy, x) if name in which else g for name, g in named)

    return dropconnect_backward


def turned(mask):
    """The mask transposed, where it is square."""
    return only_if(mask.shape[0] == mask.shape[1], mask).T


def quotient(mask):
    """1 over the mask, 0 where that is 0."""
    return np.divide(1, mask, out=np.zeros_like(mask), where=mask != 0)


def masked(told: dict) -> dict:
    """The slips of a plain linear layer with dx, with the dropped weights in place of w."""
    return {
        slug: (message, tuple(_with_dropped(variant, 0) for variant in variants))
        for slug, (message, variants) in told.items()
    }


def masked_dw(told: dict) -> dict:
    """The slips of a plain linear layer with dw, whose shape is right, times the mask."""
    return {
        slug: (message, tuple(_with_dropped(variant, 1) for variant in variants))
        for slug, (message, variants) in told.items()
    }


def _with_dropped(variant, place: int):
    def dropconnect_backward(dy, x, w, mask):
        gradients = list(back()(dy, x, w, mask))
        wrong = variant(dy, x, w * mask if place == 0 else w)[place]
        gradients[place] = wrong if place == 0 else only_if(wrong.shape == w.shape, wrong * mask)
        return tuple(gradients)

    return dropconnect_backward


def fitting(values, mask):
    """Something times the mask, where NumPy can do that."""
    only_if(np.broadcast_shapes(values.shape, mask.shape) == values.shape, None)
    return values * mask
