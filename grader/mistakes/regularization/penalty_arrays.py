"""Mistakes with the list of the L2 penalty: arrays left out, put together or mixed up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.regularization.penalties import Call, each, penalty, right_grads


def of_all(first: Callable, second: Callable, *arguments) -> tuple:
    """Two results of a call, in this order."""
    call = Call(*arguments)
    return first(call), second(call)


def loss_of(choose: Callable[[list], list]) -> Callable:
    """The penalty of some arrays only."""
    return lambda call: call.scale * sum(np.sum(w**2) for w in choose(call.weights))


def grads_of(choose: Callable[[list], list]) -> Callable:
    """The gradients of some arrays only."""
    return lambda call: [2 * call.scale * w for w in choose(call.weights)]


def zeros_but(keep: Callable[[int, np.ndarray, list], bool]) -> Callable:
    """Gradients that are zero for some arrays.

    Args:
        keep: of the array's place, the array and the list, whether its gradient is right.
    """

    def grads(call: Call) -> list:
        right = enumerate(right_grads(call))
        return [g if keep(i, g, call.weights) else np.zeros_like(g) for i, g in right]

    return grads


def some(choose: Callable[[list], list], keep: Callable) -> tuple[Callable, ...]:
    """Penalties of some arrays only, with all gradients, with some, with zeros for the others."""
    return (
        penalty(loss_of(choose)),
        penalty(loss_of(choose), grads_of(choose)),
        penalty(grads=grads_of(choose)),
        penalty(loss_of(choose), zeros_but(keep)),
        penalty(grads=zeros_but(keep)),
    )


def flat(call: Call) -> np.ndarray:
    """All gradients in one row."""
    return np.concatenate([g.ravel() for g in right_grads(call)])


ARRAYS = {
    "first_only": (
        "Only the first array is counted. Go through the whole list; if a return stands inside "
        "the loop, move it out.",
        some(lambda ws: ws[:1], lambda i, g, ws: i == 0),
    ),
    "last_only": (
        "Only the last array is counted. Add up with +=, and append each gradient to a list.",
        some(lambda ws: ws[-1:], lambda i, g, ws: i == len(ws) - 1),
    ),
    "vectors_left_out": (
        "Arrays of one axis are left out. Many training scripts do spare biases, but here every "
        "array of the list counts.",
        some(lambda ws: [w for w in ws if w.ndim > 1], lambda i, g, ws: g.ndim > 1),
    ),
    "matrices_only": (
        "Only arrays of two axes are counted. The list may hold the weights of convolutions, with "
        "four axes, and biases, with one.",
        some(lambda ws: [w for w in ws if w.ndim == 2], lambda i, g, ws: g.ndim == 2),
    ),
    "gradients_in_one_row": (
        "The gradients are one long array. Return a list with one gradient for each array, in its "
        "shape.",
        (
            penalty(grads=flat),
            penalty(grads=lambda c: [flat(c)]),
            penalty(grads=each(lambda c, w: 2 * c.scale * w.ravel())),
        ),
    ),
    "no_list": (
        "The gradients are an array, not a list. Return a list with one gradient for each array, "
        "even if there is only one.",
        (
            penalty(grads=lambda c: right_grads(c)[0]),
            penalty(grads=lambda c: right_grads(c)[-1]),
            penalty(grads=lambda c: right_grads(c)[0] if len(c.weights) == 1 else right_grads(c)),
        ),
    ),
    "order_reversed": (
        "The gradients are in the opposite order. Keep the order of the list.",
        (penalty(grads=lambda c: right_grads(c)[::-1]),),
    ),
    "losses_not_added": (
        "The loss is not one number: you return one for each array. Add them up.",
        (
            penalty(lambda c: [c.scale * s for s in c.squares]),
            penalty(lambda c: np.array([c.scale * s for s in c.squares])),
        ),
    ),
    "python_sum": (
        "Python's own sum adds up along the first axis only, so rows are left, or the addition "
        "fails. np.sum(w**2) adds up all numbers of an array.",
        (penalty(lambda c: c.scale * sum(sum(w**2) for w in c.weights)),),
    ),
    "loss_multiplied": (
        "The losses of the arrays are multiplied. Add them up.",
        (penalty(lambda c: c.scale * np.prod(c.squares)),),
    ),
}
