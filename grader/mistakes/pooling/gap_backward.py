"""Known mistakes of `gap_backward`: the gradient divided, or laid out, in other ways."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.pooling.gap_forward import kept, over


def divided(by: Callable[..., float]) -> Callable:
    """A `gap_backward` that divides by another number, a function of N, C, H and W."""

    def backward(dy, shape):
        return np.broadcast_to(dy[:, :, None, None] / by(*shape), shape).astype(dy.dtype)

    return backward


def back(rule: Callable[[np.ndarray, tuple], np.ndarray]) -> Callable:
    """A `gap_backward` with another rule, which gets dy over H * W and the shape."""

    def backward(dy, shape):
        return np.array(rule(dy / (shape[2] * shape[3]), shape), dtype=dy.dtype)

    return backward


def at(*place: int) -> Callable:
    """A gradient for one pixel of each map, as an array that is zero elsewhere."""

    def put(dy: np.ndarray, shape: tuple) -> np.ndarray:
        dx = np.zeros(shape)
        dx[(..., *place)] = dy
        return dx

    return put


def tiled(dy: np.ndarray, shape: tuple) -> np.ndarray:
    """Channels last, in the shape of channels first."""
    n, c, height, width = shape
    return over(dy[:, None, None, :], (n, height, width, c)).reshape(shape)


def only(part: tuple | slice | int) -> Callable:
    """The gradient of some images or channels only; the others stay zero."""
    return lambda dy, shape: over(kept(dy, part)[:, :, None, None], shape)


def only_pixels(part: tuple) -> Callable:
    """The gradient of some rows or columns only; the others stay zero."""
    return lambda dy, shape: kept(over(dy[:, :, None, None], shape), part)


BACKWARD = {
    "grad_not_divided": (
        "The gradient is not divided. Each pixel went into the average with a factor of "
        "1 / (H * W), so it gets that part of dy.",
        (divided(lambda n, c, h, w: 1),),
    ),
    "grad_div_HWC": (
        "You divided by the number of channels as well. Each channel has an average of its own: "
        "divide by H * W.",
        (divided(lambda n, c, h, w: c * h * w),),
    ),
    "grad_div_batch": (
        "You divided by the number of images as well. The mean over the images belongs to the "
        "loss, and dy already has it: divide by H * W.",
        (divided(lambda n, c, h, w: n * h * w), divided(lambda n, c, h, w: n * c * h * w)),
    ),
    "grad_div_side": (
        "You divided by one side of the map, by its square or their sum. Divide by H * W.",
        (
            divided(lambda n, c, h, w: h),
            divided(lambda n, c, h, w: w),
            divided(lambda n, c, h, w: h * h),
            divided(lambda n, c, h, w: w * w),
            divided(lambda n, c, h, w: h + w),
        ),
    ),
    "grad_div_first_axes": (
        "You divided by other numbers of the shape, such as those of images and channels. Divide "
        "by H * W, its last two.",
        (
            divided(lambda n, c, h, w: n * c),
            divided(lambda n, c, h, w: c),
            divided(lambda n, c, h, w: n),
            divided(lambda n, c, h, w: c * h),
            divided(lambda n, c, h, w: c * w),
        ),
    ),
    "grad_multiplied": (
        "You multiplied by H * W where you should divide by it.",
        (divided(lambda n, c, h, w: 1 / (h * w)),),
    ),
    "grad_divided_then_multiplied": (
        "`/ H * W` divides by H and then multiplies by W: Python goes from left to right. Put the "
        "product in parentheses: / (H * W).",
        (divided(lambda n, c, h, w: h / w), divided(lambda n, c, h, w: w / h)),
    ),
    "grad_divided_twice": (
        "You divided twice by H * W.",
        (divided(lambda n, c, h, w: (h * w) ** 2),),
    ),
    "grad_divided_by_root": (
        "You divided by the root of H * W. Each pixel gets dy / (H * W).",
        (divided(lambda n, c, h, w: np.sqrt(h * w)),),
    ),
    "grad_one_pixel_less": (
        "You divided by H * W - 1. That is for variances; an average divides by H * W.",
        (divided(lambda n, c, h, w: h * w - 1), divided(lambda n, c, h, w: max(h * w - 1, 1))),
    ),
    "grad_one_pixel": (
        "Only one pixel of each map gets a gradient. All of them went into the average, so all "
        "get an equal part.",
        (
            back(at(0, 0)),
            back(at(-1, -1)),
            back(lambda dy, shape: at(0, 0)(dy * shape[2] * shape[3], shape)),
            back(lambda dy, shape: at(shape[2] // 2, shape[3] // 2)(dy, shape)),
            back(
                lambda dy, shape: at(shape[2] // 2, shape[3] // 2)(dy * shape[2] * shape[3], shape)
            ),
        ),
    ),
    "grad_not_spread": (
        "dx must have the shape of x. Repeat each gradient over its map, with np.broadcast_to or "
        "by multiplying with ones.",
        (back(lambda dy, shape: dy), back(lambda dy, shape: dy[:, :, None, None])),
    ),
    "grad_axes_mixed": (
        "Each gradient went to other pixels than its own map. Give dy two more axes at the end: "
        "dy[:, :, None, None].",
        (
            back(tiled),
            back(lambda dy, shape: np.resize(dy, shape)),
            back(lambda dy, shape: over(dy, shape)),
            back(lambda dy, shape: over(dy[..., None], shape)),
            back(lambda dy, shape: over(dy.T[:, :, None, None], shape)),
        ),
    ),
    "grad_one_image": (
        "Only one image has a gradient. Do all N.",
        (
            back(only(np.s_[0])),
            back(only(np.s_[-1])),
            back(only(np.s_[:-1])),
            back(lambda dy, shape: over(dy[:1, :, None, None], shape)),
        ),
    ),
    "grad_sides_swapped": (
        "Rows and columns of dx are swapped. dx has the given shape: (N, C, H, W).",
        (back(lambda dy, shape: over(dy[:, :, None, None], (*shape[:2], shape[3], shape[2]))),),
    ),
    "grad_returned_in_loop": (
        "Your function returns inside a loop, so most maps get no gradient. Put `return` after the "
        "loops: as far to the left as the first `for`.",
        (
            back(only(np.s_[0, 0])),
            back(only(np.s_[:, 0])),
            back(only(np.s_[:, :-1])),
            back(only_pixels(np.s_[:, :, 0])),
            back(only_pixels(np.s_[..., 0])),
        ),
    ),
    "grad_last_row_missing": (
        "The last row or column of each map gets no gradient: range(H) goes to H - 1 already, so "
        "it needs no - 1.",
        (
            back(only_pixels(np.s_[:, :, :-1])),
            back(only_pixels(np.s_[..., :-1])),
            back(only_pixels(np.s_[:, :, :-1, :-1])),
        ),
    ),
    "grad_summed": (
        "You added the gradients of all channels or images up. Each map gets its own dy[n, c].",
        (
            back(lambda dy, shape: over(dy.sum(1)[:, None, None, None], shape)),
            back(lambda dy, shape: over(dy.sum(0)[:, None, None], shape)),
            back(lambda dy, shape: over(dy.sum(), shape)),
        ),
    ),
    "grad_averaged": (
        "You averaged the gradients of all channels or images. Each map gets its own dy[n, c].",
        (
            back(lambda dy, shape: over(dy.mean(1)[:, None, None, None], shape)),
            back(lambda dy, shape: over(dy.mean(0)[:, None, None], shape)),
            back(lambda dy, shape: over(dy.mean(), shape)),
        ),
    ),
    "grad_ignores_dy": (
        "dx does not depend on dy. Every map has a gradient of its own, dy[n, c].",
        (back(lambda dy, shape: over(1 / (shape[2] * shape[3]), shape)),),
    ),
    "grad_sign": (
        "dx has the wrong sign: where x grows, the average grows too.",
        (divided(lambda n, c, h, w: -h * w),),
    ),
    "grad_whole_numbers": (
        "You divide with //, which rounds down. Divide with /.",
        (lambda dy, shape: over((dy // (shape[2] * shape[3]))[:, :, None, None], shape).copy(),),
    ),
}
