"""Known mistakes of 3.5: other quotients and lost steps; those of the error are next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.fully_connected.quotients import (
    after,
    all_at_once,
    central,
    drifting,
    flat,
    in_its_dtype,
    number_alone,
    only,
    quotient,
    whole_rows,
    whole_rows_of_a_view,
    with_step,
)
from grader.mistakes.fully_connected.relative_error import ERROR

GRAD = {
    "forward_difference": (
        "You compare f(x) itself with one neighbour, which is off by about h. Use both, "
        "(f(x + h) - f(x - h)) / (2 h): its error is about h².",
        (
            quotient(lambda f, x, step, h: (f(x + step) - f(x)) / h),
            quotient(lambda f, x, step, h: (f(x) - f(x - step)) / h),
        ),
    ),
    "factor_missing": (
        "The divisor is wrong. Between x - h and x + h lie 2 h: divide by (2 * h), with the "
        "parentheses.",
        (
            quotient(lambda f, x, step, h: (f(x + step) - f(x - step)) / h),
            quotient(lambda f, x, step, h: (f(x + step) - f(x - step)) / 2),
            quotient(lambda f, x, step, h: (f(x + step) - f(x - step)) / 2 * h),
            quotient(lambda f, x, step, h: f(x + step) - f(x - step)),
            quotient(lambda f, x, step, h: (f(x + step) - f(x)) / (2 * h)),
            quotient(lambda f, x, step, h: f(x + step) - f(x - step) / (2 * h)),
            quotient(lambda f, x, step, h: (f(x + step) - f(x - step)) / h**2),
        ),
    ),
    "step_too_small": (
        "Your step is far too small: f(x + h) and f(x - h) agree in nearly all digits, and their "
        "difference is mostly rounding error (cancellation). Use h, about 1e-5.",
        (with_step(1e-12), with_step(1e-10), with_step(1e-13), with_step(1e-15), with_step(1e-16)),
    ),
    "h_ignored": (
        "h makes no difference. 1e-5 is only its default: use the argument.",
        (
            with_step(1e-5),
            with_step(1e-4),
            with_step(1e-6),
            with_step(1e-7),
            with_step(1e-3),
        ),
    ),
    "other_default": (
        "The default of h is another one. Write h=1e-5 in the def line.",
        tuple(
            lambda f, x, h=other: quotient(central)(f, x, h)
            for other in (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12)
        ),
    ),
    "half_step": (
        "You moved by h / 2. Move x by h up and by h down, and divide by 2 h.",
        (
            quotient(lambda f, x, step, h: (f(x + step / 2) - f(x - step / 2)) / h),
            quotient(lambda f, x, step, h: (f(x + step / 2) - f(x - step / 2)) / (2 * h)),
            quotient(lambda f, x, step, h: (f(x + 2 * step) - f(x - 2 * step)) / (4 * h)),
        ),
    ),
    "higher_order": (
        "That is another formula than asked for, with more points. Compute "
        "(f(x + h) - f(x - h)) / (2 h).",
        (
            quotient(
                lambda f, x, step, h: (
                    (8 * (f(x + step) - f(x - step)) - f(x + 2 * step) + f(x - 2 * step)) / (12 * h)
                )
            ),
        ),
    ),
    "second_derivative": (
        "That is a second derivative: it contains f(x) itself. The slope is "
        "(f(x + h) - f(x - h)) / (2 h).",
        (
            quotient(lambda f, x, step, h: (f(x + step) - 2 * f(x) + f(x - step)) / h**2),
            quotient(lambda f, x, step, h: (f(x + step) + f(x - step)) / (2 * h)),
        ),
    ),
    "sign": (
        "The sign is wrong. Subtract the value below from the value above: f(x + h) - f(x - h).",
        (quotient(lambda f, x, step, h: -central(f, x, step, h)),),
    ),
    "slope_abs": (
        "No slope is negative any more. Leave out the absolute value: a function may fall.",
        (quotient(lambda f, x, step, h: abs(central(f, x, step, h))),),
    ),
    "not_restored": (
        "A number of x is not put back before the next one moves. Keep the old value, and set it "
        "again after both calls of f.",
        (
            drifting(lambda x, index, h: None),
            drifting(lambda x, index, h: x.__setitem__(index, x[index] + 2 * h)),
        ),
    ),
    "in_float32": (
        "You computed in float32, where f(x + h) and f(x - h) share nearly all their digits. "
        "Compute in float64: x.astype(np.float64).",
        (lambda f, x, h=1e-5: in_its_dtype(f, x.astype(np.float32), h).astype(x.dtype),),
    ),
    "all_at_once": (
        "All numbers of x moved at once. Move a single one and hold the others still, for each of "
        "them in turn.",
        (
            all_at_once,
            lambda f, x, h=1e-5: np.asarray(all_at_once(f, x, h).ravel()[0]),
            lambda f, x, h=1e-5: float(all_at_once(f, x, h).ravel()[0]),
            lambda f, x, h=1e-5: all_at_once(f, x, h) / x.size,
        ),
    ),
    "number_alone": (
        "You gave f a single number of x. f needs all of x, with one number moved.",
        (number_alone,),
    ),
    "flattened": (
        "f got the numbers of x in a single row. Give it the shape of x: what f does may depend "
        "on it.",
        (flat,),
    ),
    "some_numbers_only": (
        "Not every number of x was moved. Go through all of them, along every axis: "
        "`for index in np.ndindex(x.shape)`.",
        (
            only((0,)),
            only((-1,)),
            only((Ellipsis, 0)),
            only((slice(1, None),)),
            only((slice(None, -1),)),
            only((Ellipsis, slice(None, -1))),
        ),
    ),
    "whole_rows": (
        "You moved a whole row at a time. Move single numbers: `for index in np.ndindex(x.shape)`.",
        (whole_rows, whole_rows_of_a_view),
    ),
    "relative_step": (
        "You multiplied by 1 + h, so the step depends on x. Add h.",
        (
            quotient(lambda f, x, step, h: (f(x * (1 + step)) - f(x * (1 - step))) / (2 * h)),
            quotient(
                lambda f, x, step, h: (
                    (f(x + step * x) - f(x - step * x)) / (2 * np.sum(np.abs(step * x)))
                )
            ),
        ),
    ),
    "shape_lost": (
        "The gradient has another shape or order than x. dx[index] belongs to x[index].",
        (
            after(lambda f, x, dx: dx.ravel()),
            after(lambda f, x, dx: dx.T),
            after(lambda f, x, dx: dx.reshape(x.shape[::-1])),
            after(lambda f, x, dx: dx.ravel()[::-1].reshape(x.shape)),
            after(lambda f, x, dx: np.ravel(dx, order="F").reshape(x.shape)),
        ),
    ),
    "summed": (
        "The slopes are added up or averaged. Return one for each number of x.",
        (
            after(lambda f, x, dx: np.asarray(dx.sum())),
            after(lambda f, x, dx: np.asarray(np.linalg.norm(dx))),
            after(lambda f, x, dx: dx / dx.size),
            after(lambda f, x, dx: dx / np.linalg.norm(dx)),
        ),
    ),
    "fractions_cut_off": (
        "The gradient holds whole numbers only. Make it with np.zeros_like(x), not with int.",
        (after(lambda f, x, dx: dx.astype(int)), after(lambda f, x, dx: np.round(dx))),
    ),
}

MISTAKES = tuple(
    Mistake(slug, function, message, variants)
    for function, told in {"numerical_grad": GRAD, "relative_error": ERROR}.items()
    for slug, (message, variants) in told.items()
)
