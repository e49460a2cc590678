"""Known mistakes of 3.5: other quotients, steps that are lost, errors that are not relative."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake


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


GRAD = {
    "forward_difference": (
        "You compare f(x + h) with f(x), which is off by about h. Use the central difference, "
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
        (
            quotient(lambda f, x, step, h: -central(f, x, step, h)),
            quotient(lambda f, x, step, h: abs(central(f, x, step, h))),
        ),
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
        (after(lambda f, x, dx: _rows(f, x)),),
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


def _rows(f, x, h=1e-5):
    """Each row of x moved together."""
    wide, dx = x.astype(np.float64), np.zeros(x.shape, x.dtype)
    for row in range(len(x)):
        step = np.zeros(x.shape)
        step[row] = h
        dx[row] = central(f, wide, step, h)
    return dx


FLOOR = 1e-8


def error(measure):
    """A relative error by another rule, of a and b."""
    return lambda a, b: float(measure(a, b))


def larger(a, b):
    """The larger of the two, at least the floor."""
    return np.maximum(np.maximum(np.abs(a), np.abs(b)), FLOOR)


ERROR = {
    "divided_by_zero": (
        "Where both numbers are 0 you divide 0 by 0. Divide by at least 1e-8: np.maximum(…, 1e-8).",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b)))),
            error(lambda a, b: np.nanmax(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))),
        ),
    ),
    "divided_by_sum": (
        "You divided by |a| + |b|, which makes the error only half as large. Divide by the larger "
        "of both.",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b) + FLOOR))),
            error(
                lambda a, b: np.max(np.abs(a - b) / np.maximum((np.abs(a) + np.abs(b)) / 2, FLOOR))
            ),
        ),
    ),
    "one_sided": (
        "You divided by one of the two only. Divide by the larger of |a| and |b|, so that neither "
        "comes first.",
        (
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a), FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(b), FLOOR))),
            error(
                lambda a, b: np.max(
                    np.abs(a - b) / np.maximum(np.minimum(np.abs(a), np.abs(b)), FLOOR)
                )
            ),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + FLOOR))),
            error(lambda a, b: np.max(np.abs(a - b) / (np.abs(b) + FLOOR))),
        ),
    ),
    "absolute_error": (
        "That is the absolute difference. Divide it by the larger of |a| and |b|.",
        (
            error(lambda a, b: np.max(np.abs(a - b))),
            error(lambda a, b: np.mean(np.abs(a - b))),
            error(lambda a, b: np.linalg.norm(a - b)),
        ),
    ),
    "sign_lost": (
        "An absolute value is missing: a negative difference or a negative divisor makes the error "
        "vanish. Use np.abs for the difference and for both numbers.",
        (
            error(lambda a, b: np.max((a - b) / larger(a, b))),
            error(lambda a, b: np.max((b - a) / larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.maximum(a, b), FLOOR))),
            error(lambda a, b: np.max(np.abs(np.abs(a) - np.abs(b)) / larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a + b), FLOOR))),
            error(lambda a, b: abs(np.max((a - b) / larger(a, b)))),
        ),
    ),
    "not_the_maximum": (
        "You averaged or summed the errors. Return the largest one.",
        (
            error(lambda a, b: np.mean(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.sum(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.min(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.median(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.linalg.norm(np.abs(a - b) / larger(a, b))),
            error(lambda a, b: np.max((np.abs(a - b) / larger(a, b)) ** 2)),
        ),
    ),
    "one_divisor": (
        "You divided by one number for the whole array, so errors of small numbers get lost. "
        "Divide each difference by its own numbers, then take the largest.",
        (
            error(lambda a, b: np.max(np.abs(a - b)) / np.max(larger(a, b))),
            error(lambda a, b: np.max(np.abs(a - b)) / max(np.max(np.abs(a)), FLOOR)),
            error(lambda a, b: np.linalg.norm(a - b) / max(np.linalg.norm(a), FLOOR)),
            error(
                lambda a, b: (
                    np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), FLOOR)
                )
            ),
            error(
                lambda a, b: (
                    np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), FLOOR)
                )
            ),
        ),
    ),
    "floor_too_high": (
        "The smallest divisor is too large: small numbers hide their error. It is 1e-8.",
        tuple(
            error(
                lambda a, b, floor=floor: np.max(
                    np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
                )
            )
            for floor in (1.0, 1e-1, 1e-2)
        ),
    ),
    "floor_too_low": (
        "The smallest divisor is not 1e-8. It keeps differences between numbers that are nearly 0 "
        "from counting.",
        tuple(
            error(
                lambda a, b, floor=floor: np.max(
                    np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
                )
            )
            for floor in (1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-300, 1e-5, 1e-6, 1e-7)
        ),
    ),
    "array_returned": (
        "You returned an error for each number. Return the largest of them.",
        (lambda a, b: np.abs(a - b) / larger(a, b),),
    ),
    "says_whether_close": (
        "You returned whether the two are close. Return how far apart they are, as a number.",
        (
            lambda a, b: bool(np.allclose(a, b)),
            lambda a, b: np.isclose(a, b),
            lambda a, b: float(np.allclose(a, b)),
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, function, message, variants)
    for function, told in {"numerical_grad": GRAD, "relative_error": ERROR}.items()
    for slug, (message, variants) in told.items()
)
