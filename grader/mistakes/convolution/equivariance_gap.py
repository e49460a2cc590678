"""Known mistakes of 1.9: rolling, comparing and measuring in other ways."""

import math
from collections.abc import Callable

import numpy as np

from grader.exercise import Mistake

Roll = Callable[[np.ndarray, tuple[int, int]], np.ndarray]
Measure = Callable[[np.ndarray, np.ndarray], float]


def rolled(x: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """The right way to move an image."""
    return np.roll(x, shift, axis=(-2, -1))


def distance(a: np.ndarray, b: np.ndarray) -> float:
    """The right way to compare: the largest difference."""
    return float(np.max(np.abs(a - b)))


def steps(x: np.ndarray, y: np.ndarray, shift: tuple[int, int]) -> tuple[int, int]:
    """The right shift of the output: divided by how much smaller it is."""
    return shift[0] // (x.shape[-2] // y.shape[-2]), shift[1] // (x.shape[-1] // y.shape[-1])


def undivided(x: np.ndarray, y: np.ndarray, shift: tuple[int, int]) -> tuple[int, int]:
    """The shift of the input."""
    return shift


def gap(
    measure: Measure = distance,
    *,
    roll: Roll = rolled,
    roll_x: Roll | None = None,
    roll_y: Roll | None = None,
    divide: Callable = steps,
) -> Callable[..., float]:
    """An `equivariance_gap` with a step replaced; right without any argument."""

    def equivariance_gap(f, x, shift):
        moved, y = f((roll_x or roll)(x, shift)), f(x)
        return measure(moved, (roll_y or roll)(y, divide(x, y, shift)))

    return equivariance_gap


def rounded(rule: Callable[[float], int]) -> Callable:
    """The divided shift, a fraction rounded by another rule than down."""

    def divide(x, y, shift):
        sides = zip(shift, x.shape[-2:], y.shape[-2:], strict=True)
        return tuple(rule(pixels / (before // after)) for pixels, before, after in sides)

    return divide


def stay(x: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """Do not move."""
    return x


def back(x: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """Move the other way."""
    return rolled(x, (-shift[0], -shift[1]))


def pushed(x: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """Move, and put zeros where pixels came in from the other side."""
    y = rolled(x, shift)
    for axis, pixels in zip((-2, -1), shift, strict=True):
        new = np.arange(y.shape[axis]) - pixels
        outside = (new < 0) | (new >= y.shape[axis])
        y = np.where(outside[:, None] if axis == -2 else outside, 0, y)
    return y


def inside(a: np.ndarray, b: np.ndarray) -> float:
    """Compare without the outermost pixels."""
    d = np.abs(a - b)[..., 1:-1, 1:-1]
    return float(np.max(d)) if d.size else 0.0


def squared_root(a: np.ndarray, b: np.ndarray) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean((a - b) ** 2)))


def relative(a: np.ndarray, b: np.ndarray) -> float:
    """The largest difference, measured in units of the largest output."""
    return distance(a, b) / max(float(np.max(np.abs(b))), 1e-12)


MISTAKES = (
    Mistake(
        "output_not_rolled",
        "equivariance_gap",
        "You compared f(roll x) with f(x) itself, and so measured invariance. Roll the output "
        "along: the gap is max |f(roll x) - roll f(x)|.",
        (gap(roll_y=stay),),
    ),
    Mistake(
        "input_not_rolled",
        "equivariance_gap",
        "You rolled the output, but not the image that goes into f. The gap is "
        "max |f(roll x) - roll f(x)|.",
        (gap(roll_x=stay), gap(roll_x=stay, divide=undivided)),
    ),
    Mistake(
        "rolled_back_twice",
        "equivariance_gap",
        "The two maps are rolled in opposite directions. Roll f(x) the same way as x; or roll "
        "f(roll x) back, by -shift, and compare with f(x).",
        (gap(roll_y=back), gap(roll_y=back, divide=undivided)),
    ),
    Mistake(
        "shift_not_divided",
        "equivariance_gap",
        "You rolled the output by as many pixels as the image. A map that is r times smaller "
        "moves r times less: roll it by shift // r, where r = x.shape[-1] // y.shape[-1].",
        (gap(divide=undivided),),
    ),
    Mistake(
        "shift_not_floored",
        "equivariance_gap",
        "You rounded the output's shift in another way. Roll the output by shift // r, rounded "
        "down: int(shift / r) differs when the shift is negative, and so does -shift // r from "
        "-(shift // r) if you roll back.",
        (gap(divide=rounded(math.ceil)), gap(divide=rounded(int)), gap(divide=rounded(round))),
    ),
    Mistake(
        "zeros_moved_in",
        "equivariance_gap",
        "Where pixels leave the image you let zeros in. Use np.roll: what leaves on one side "
        "comes back on the other, so nothing is lost and only f can make a difference.",
        (
            gap(roll=pushed),
            gap(roll_x=pushed),
            gap(roll_y=pushed),
            gap(roll=pushed, divide=undivided),
        ),
    ),
    Mistake(
        "borders_left_out",
        "equivariance_gap",
        "You left the border out of the comparison. Compare all pixels: np.roll loses none, and "
        "the border is where padding shows.",
        (gap(inside),),
    ),
    Mistake(
        "axes_missing",
        "equivariance_gap",
        "You rolled along other axes than rows and columns. x is (N, C, H, W): use "
        "np.roll(x, shift, axis=(-2, -1)).",
        (
            gap(roll=np.roll),
            gap(roll=lambda x, shift: np.roll(x, shift, axis=(0, 1))),
            gap(roll=lambda x, shift: np.roll(x, shift, axis=(1, 2))),
            gap(roll=lambda x, shift: np.roll(x, shift[0])),
        ),
    ),
    Mistake(
        "axes_swapped",
        "equivariance_gap",
        "You swapped the two shifts. shift is (rows, columns): shift[0] moves down, along axis "
        "-2, and shift[1] moves across, along axis -1.",
        (gap(roll=lambda x, shift: rolled(x, shift[::-1])),),
    ),
    Mistake(
        "one_axis",
        "equivariance_gap",
        "You moved along one axis only, or by one number along both. shift has two: shift[0] "
        "for the rows (axis -2) and shift[1] for the columns (axis -1).",
        (
            gap(roll=lambda x, shift: np.roll(x, shift[0], axis=-2)),
            gap(roll=lambda x, shift: np.roll(x, shift[1], axis=-1)),
            gap(roll=lambda x, shift: np.roll(x, shift[0], axis=(-2, -1))),
            gap(roll=lambda x, shift: np.roll(x, shift[1], axis=(-2, -1))),
        ),
    ),
    Mistake(
        "sign_kept",
        "equivariance_gap",
        "You took the maximum before the absolute value, or left that out, so negative "
        "differences get lost. Take np.abs of the differences first, then np.max.",
        (
            gap(lambda a, b: float(np.max(a - b))),
            gap(lambda a, b: float(np.max(b - a))),
            gap(lambda a, b: float(np.max(np.abs(a)) - np.max(np.abs(b)))),
            gap(lambda a, b: abs(float(np.max(np.abs(a)) - np.max(np.abs(b))))),
            gap(lambda a, b: abs(float(np.max(a) - np.max(b)))),
        ),
    ),
    Mistake(
        "not_the_maximum",
        "equivariance_gap",
        "You averaged or summed up the differences. The gap is the largest one: np.max(np.abs(…)).",
        (
            gap(lambda a, b: float(np.mean(np.abs(a - b)))),
            gap(lambda a, b: float(np.sum(np.abs(a - b)))),
            gap(lambda a, b: float(np.mean((a - b) ** 2))),
            gap(lambda a, b: float(np.sum((a - b) ** 2))),
            gap(lambda a, b: float(np.max((a - b) ** 2))),
            gap(lambda a, b: float(np.linalg.norm(a - b))),
            gap(squared_root),
        ),
    ),
    Mistake(
        "divided_by_size",
        "equivariance_gap",
        "You divided the gap by the size of the output. Return the largest difference as it is.",
        (gap(relative),),
    ),
)
