"""A right backward pass of a linear layer, whose gradients can be spoilt one by one."""

from __future__ import annotations

import numpy as np


def right_dx(dy, x, w):
    """What a row of x receives."""
    return dy @ w


def right_dw(dy, x, w):
    """What the weights receive."""
    return dy.T @ x


def right_db(dy, x, w):
    """What the biases receive."""
    return dy.sum(0)


def back(dx=right_dx, dw=right_dw, db=right_db, *, order=(0, 1, 2)):
    """A backward pass with slips; the gradients are functions of dy, x and w."""

    def linear_backward(dy, x, w):
        gradients = [np.asarray(gradient(dy, x, w)) for gradient in (dx, dw, db)]
        return tuple(gradients[place] for place in order)

    return linear_backward


def dx(rule):
    """A backward pass whose dx is another one."""
    return back(dx=rule)


def dw(rule):
    """A backward pass whose dw is another one."""
    return back(dw=rule)


def db(rule):
    """A backward pass whose db is another function of dy."""
    return back(db=lambda dy, x, w: rule(dy))


def scaled(which: str, rule):
    """A backward pass in which some of the gradients are multiplied by a number."""

    def linear_backward(dy, x, w):
        named = zip(("dx", "dw", "db"), back()(dy, x, w), strict=True)
        return tuple(g * rule(dy, x) if name in which else g for name, g in named)

    return linear_backward


def by_ones(dy, x, w):
    """The gradients for a dy of ones."""
    return back()(np.ones_like(dy), x, w)
