"""Slips with leaky ReLU, forward and backward."""

from __future__ import annotations

import numpy as np


def leaky(negative):
    """A leaky ReLU with another rule for what is not positive, of x and the slope."""
    return lambda x, negative_slope=0.01: np.where(x > 0, x, negative(x, negative_slope))


LEAKY = {
    "leaky_abs": (
        "Negative numbers come out positive. Leaky ReLU makes them smaller but keeps their sign: "
        "negative_slope * x.",
        (leaky(lambda x, s: -s * x),),
    ),
    "leaky_slope_fixed": (
        "negative_slope makes no difference. 0.01 is only its default: use the argument.",
        (
            leaky(lambda x, s: 0.01 * x),
            lambda x, negative_slope=0.01: np.maximum(x, 0.01 * x),
        ),
    ),
    "leaky_is_relu": (
        "Negative numbers become 0, as in ReLU. Leaky ReLU keeps negative_slope times as much of "
        "them.",
        (leaky(lambda x, s: 0 * x),),
    ),
    "leaky_sides_swapped": (
        "The slope is on the wrong side. Positive numbers stay as they are, negative ones are "
        "multiplied by negative_slope.",
        (lambda x, negative_slope=0.01: np.where(x > 0, negative_slope * x, x),),
    ),
    "leaky_larger": (
        "You took the larger of x and negative_slope * x. That is right only for slopes up to 1: "
        "choose by the sign of x, np.where(x > 0, …, …).",
        (lambda x, negative_slope=0.01: np.maximum(x, negative_slope * x),),
    ),
    "leaky_slope_changed": (
        "You changed negative_slope. It may be negative, or larger than 1: multiply by it as it "
        "is.",
        (
            leaky(lambda x, s: abs(s) * x),
            leaky(lambda x, s: np.clip(s, 0, 1) * x),
            leaky(lambda x, s: min(s, 1) * x),
            leaky(lambda x, s: max(s, 0) * x),
        ),
    ),
    "leaky_other_default": (
        "The default is another one: without a second argument the slope is 0.01. Write "
        "negative_slope=0.01 in the def line.",
        tuple(
            lambda x, negative_slope=other: np.where(x > 0, x, negative_slope * x)
            for other in (0.001, 0.1, 0.2, 0.3)
        ),
    ),
    "leaky_both_sides": (
        "The slope is on both sides. Only negative numbers are multiplied by negative_slope.",
        (
            lambda x, negative_slope=0.01: negative_slope * x,
            lambda x, negative_slope=0.01: negative_slope * np.maximum(x, 0),
        ),
    ),
    "leaky_constant": (
        "Negative numbers all become the same. Multiply them by negative_slope, do not replace "
        "them.",
        (
            leaky(lambda x, s: s + 0 * x),
            leaky(lambda x, s: -s + 0 * x),
            lambda x, negative_slope=0.01: np.maximum(x, negative_slope),
            lambda x, negative_slope=0.01: np.maximum(x, -negative_slope),
        ),
    ),
    "leaky_added": (
        "You added or subtracted the slope, or divided by it. Multiply: negative_slope * x.",
        (
            leaky(lambda x, s: x + s),
            leaky(lambda x, s: x - s),
            leaky(lambda x, s: x / s if s else x),
            leaky(lambda x, s: x / s),
        ),
    ),
    "leaky_added_everywhere": (
        "negative_slope * x is added for positive numbers too. Those stay as they are.",
        (lambda x, negative_slope=0.01: np.maximum(x, 0) + negative_slope * x,),
    ),
    "leaky_does_nothing": (
        "x comes out as it went in. Multiply its negative numbers by negative_slope.",
        (lambda x, negative_slope=0.01: x.copy(),),
    ),
}


def leaky_back(negative):
    """A leaky gradient with another rule for where x is not positive, of dy, x and the slope."""
    return lambda dy, x, negative_slope=0.01: np.where(x > 0, dy, negative(dy, x, negative_slope))


def leaky_slope(x, slope):
    """The slope of leaky ReLU; that of the negative side at 0."""
    return np.where(x > 0, 1, slope).astype(x.dtype)


LEAKY_BACK = {
    "leaky_grad_0": (
        "Nothing comes through where x is negative. The slope there is negative_slope: leaky ReLU "
        "does not ignore its negative side.",
        (leaky_back(lambda dy, x, s: 0 * dy),),
    ),
    "leaky_grad_at_0_is_1": (
        "At x = 0 PyTorch takes the slope of the negative side. Let dy through whole only where "
        "x > 0, not where x >= 0.",
        (
            lambda dy, x, negative_slope=0.01: np.where(x >= 0, dy, negative_slope * dy),
            leaky_back(lambda dy, x, s: np.where(x == 0, 0, s * dy)),
        ),
    ),
    "leaky_back_slope_fixed": (
        "negative_slope makes no difference. 0.01 is only its default: use the argument.",
        (leaky_back(lambda dy, x, s: 0.01 * dy),),
    ),
    "leaky_back_slope_changed": (
        "You changed negative_slope. It may be negative, or larger than 1: multiply by it as it "
        "is.",
        (
            leaky_back(lambda dy, x, s: abs(s) * dy),
            leaky_back(lambda dy, x, s: np.clip(s, 0, 1) * dy),
        ),
    ),
    "leaky_back_other_default": (
        "The default is another one: without a third argument the slope is 0.01. Write "
        "negative_slope=0.01 in the def line.",
        tuple(
            lambda dy, x, negative_slope=other: np.where(x > 0, dy, negative_slope * dy)
            for other in (0.001, 0.1, 0.2, 0.3)
        ),
    ),
    "leaky_back_sides_swapped": (
        "The slope is on the wrong side. dy passes whole where x is positive, and is multiplied "
        "by negative_slope elsewhere.",
        (
            lambda dy, x, negative_slope=0.01: np.where(x > 0, negative_slope * dy, dy),
            lambda dy, x, negative_slope=0.01: np.where(x < 0, dy, negative_slope * dy),
        ),
    ),
    "leaky_back_abs": (
        "Where x is negative, dx has the wrong sign. The slope there is negative_slope, not minus "
        "it.",
        (leaky_back(lambda dy, x, s: -s * dy),),
    ),
    "leaky_back_constant": (
        "Where x is negative, dx does not depend on dy. The slope multiplies dy there too.",
        (
            leaky_back(lambda dy, x, s: s + 0 * dy),
            leaky_back(lambda dy, x, s: s * x),
            leaky_back(lambda dy, x, s: s * x * dy),
            leaky_back(lambda dy, x, s: -s + 0 * dy),
        ),
    ),
    "leaky_masked_by_dy": (
        "You looked at the sign of dy. Which slope holds depends on the x of the forward pass.",
        (
            lambda dy, x, negative_slope=0.01: np.where(dy > 0, dy, negative_slope * dy),
            lambda dy, x, negative_slope=0.01: np.where(dy > 0, 1, negative_slope) * x,
        ),
    ),
    "leaky_dy_missing": (
        "You returned the slope alone. The chain rule multiplies it by what comes from above: "
        "dx = dy * slope.",
        (lambda dy, x, negative_slope=0.01: leaky_slope(x, negative_slope),),
    ),
    "leaky_dy_unchanged": (
        "dy comes out as it went in. Multiply it by negative_slope where x is not positive.",
        (leaky_back(lambda dy, x, s: dy),),
    ),
    "leaky_times_value": (
        "You multiplied dy by the value of leaky_relu. Multiply by its slope at x.",
        (lambda dy, x, negative_slope=0.01: dy * x * leaky_slope(x, negative_slope),),
    ),
    "leaky_back_mean": (
        "The gradient is averaged. The mean over the rows belongs to the loss; dy already has it.",
        (
            lambda dy, x, negative_slope=0.01: dy * leaky_slope(x, negative_slope) / len(x),
            lambda dy, x, negative_slope=0.01: dy * leaky_slope(x, negative_slope) / x.size,
        ),
    ),
    "leaky_back_summed": (
        "The gradient is added up. dx has the shape of x: one number for each number.",
        (
            lambda dy, x, negative_slope=0.01: (dy * leaky_slope(x, negative_slope)).sum(0),
            lambda dy, x, negative_slope=0.01: np.sum(dy * leaky_slope(x, negative_slope)),
        ),
    ),
    "leaky_back_sign": (
        "dx has the wrong sign. Return dy times the slope; going downhill is the optimizer's task.",
        (lambda dy, x, negative_slope=0.01: -dy * leaky_slope(x, negative_slope),),
    ),
}
