"""A right numerical gradient, whose steps can be spoilt one by one."""

from __future__ import annotations

import numpy as np


def quotient(rule):
    """A gradient from a rule of f, x (float64), a step in one direction, and h."""

    def numerical_grad(f, x, h=1e-5):
        wide, dx = x.astype(np.float64), np.zeros(x.shape, x.dtype)
        for index in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[index] = h
            dx[index] = rule(f, wide, step, h)
        return dx

    return numerical_grad


def central(f, x, step, h):
    """The right rule."""
    return (f(x + step) - f(x - step)) / (2 * h)


def with_step(size):
    """The right rule with another step than h."""
    return lambda f, x, h=1e-5: quotient(central)(f, x, size)


def after(rule):
    """The right gradient, spoilt at the end; the rule gets f, x and the gradient."""
    return lambda f, x, h=1e-5: rule(f, x, quotient(central)(f, x, h))


def drifting(restore):
    """A gradient found by moving x itself, in a copy, and not quite moving it back."""

    def numerical_grad(f, x, h=1e-5):
        wide, dx = x.astype(np.float64), np.zeros(x.shape, x.dtype)
        for index in np.ndindex(x.shape):
            wide[index] += h
            above = f(wide)
            wide[index] -= 2 * h
            dx[index] = (above - f(wide)) / (2 * h)
            restore(wide, index, h)
        return dx

    return numerical_grad


def in_its_dtype(f, x, h=1e-5):
    """The right rule without going over to float64."""
    moved, dx = x.copy(), np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = moved[index]
        moved[index] = old + h
        above = f(moved)
        moved[index] = old - h
        dx[index] = (above - f(moved)) / (2 * h)
        moved[index] = old
    return dx


def only(places):
    """The right gradient at some places, zeros elsewhere."""

    def rule(f, x, dx):
        kept = np.zeros_like(dx)
        kept[places] = dx[places]
        return kept

    return after(rule)


def number_alone(f, x, h=1e-5):
    """f of each number by itself."""
    dx = np.zeros(x.shape, x.dtype)
    for index in np.ndindex(x.shape):
        one = x[index].astype(np.float64).reshape((1,) * x.ndim)
        dx[index] = (f(one + h) - f(one - h)) / (2 * h)
    return dx


def flat(f, x, h=1e-5):
    """f of the numbers in a single row."""
    row = x.astype(np.float64).ravel()
    return quotient(central)(f, row, h).reshape(x.shape).astype(x.dtype)


def all_at_once(f, x, h=1e-5):
    """All numbers moved together."""
    wide = x.astype(np.float64)
    return np.full(x.shape, (f(wide + h) - f(wide - h)) / (2 * h), x.dtype)


def whole_rows(f, x, h=1e-5):
    """Each row of x moved together."""
    wide, dx = x.astype(np.float64), np.zeros(x.shape, x.dtype)
    for row in range(len(x)):
        step = np.zeros(x.shape)
        step[row] = h
        dx[row] = central(f, wide, step, h)
    return dx


def whole_rows_of_a_view(f, x, h=1e-5):
    """Each row moved up; the old row, kept as a view, moves along, and only comes back down."""
    if x.ndim == 1:
        return whole_rows(f, x, h)
    wide, dx = x.astype(np.float64), np.zeros(x.shape, x.dtype)
    for row in range(len(x)):
        step = np.zeros(x.shape)
        step[row] = h
        dx[row] = (f(wide + step) - f(wide)) / (2 * h)
    return dx
