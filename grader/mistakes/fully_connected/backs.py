"""Slips that the gradient of any activation function can have."""

from __future__ import annotations

import numpy as np


def times_dy(slope):
    """A backward pass that multiplies dy by a function of x."""
    return lambda dy, x: dy * slope(x)


def shared_back(name: str, function, slope) -> dict:
    """What goes wrong in the same way for every function.

    Args:
        name: the function's name, which starts the slug.
        function: the function itself.
        slope: its derivative, a function of x.
    """
    return _wrong_products(name, function, slope) | _wrong_totals(name, slope)


def _wrong_products(name: str, function, slope) -> dict:
    """Another product than dy times the slope at x."""
    return {
        f"{name}_dy_missing": (
            "You returned the slope alone. The chain rule multiplies it by what comes from above: "
            "dx = dy * slope.",
            (lambda dy, x: slope(x) + 0 * dy,),
        ),
        f"{name}_dy_unchanged": (
            f"dy comes out as it went in. Multiply it by the slope of {name} at x.",
            (lambda dy, x: dy.copy(),),
        ),
        f"{name}_times_value": (
            f"You multiplied dy by the value of {name}. Multiply by its slope at x.",
            (times_dy(function),),
        ),
        f"{name}_slope_at_dy": (
            "You took the slope at dy. Take it at x, and multiply by dy.",
            (
                lambda dy, x: dy * slope(dy),
                lambda dy, x: x * slope(dy),
                lambda dy, x: slope(dy),
            ),
        ),
        f"{name}_slope_added": (
            "You added dy and the slope. The chain rule multiplies: dx = dy * slope.",
            (lambda dy, x: dy + slope(x),),
        ),
        f"{name}_divided": (
            "You divided dy by the slope. The chain rule multiplies: dx = dy * slope.",
            (lambda dy, x: dy / slope(x),),
        ),
    }


def _wrong_totals(name: str, slope) -> dict:
    """The right product, but averaged, added up or with the other sign."""
    return {
        f"{name}_batch_mean": (
            "The gradient is averaged. The mean over the rows belongs to the loss; dy already has "
            "it.",
            (
                lambda dy, x: dy * slope(x) / len(x),
                lambda dy, x: dy * slope(x) / x.size,
            ),
        ),
        f"{name}_summed": (
            "The gradient is added up. dx has the shape of x: one number for each number.",
            (
                lambda dy, x: (dy * slope(x)).sum(0),
                lambda dy, x: np.sum(dy * slope(x)),
                lambda dy, x: np.mean(dy * slope(x)),
            ),
        ),
        f"{name}_back_sign": (
            "dx has the wrong sign. Return dy times the slope; going downhill is the optimizer's "
            "task.",
            (lambda dy, x: -dy * slope(x),),
        ),
    }
