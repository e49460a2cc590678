"""Slips when the padding is cut off from the gradient: nothing cut, too much, or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from grader.mistakes.pooling.borders import none
from grader.mistakes.pooling.sizes import Slips, covered
from grader.mistakes.pooling.spoilt import Call, Two, scattered

Extra = Callable[[Call], Two]


def exact(call: Call) -> Two:
    """A frame with the padding alone."""
    return (0, 0)


def reaching(call: Call) -> Two:
    """A frame that is longer at the end where windows stick out of the padding."""
    ends = (
        (out - 1) * s + k - n - 2 * p
        for out, s, k, n, p in zip(
            *(call.out, call.stride, covered(call), call.x.shape[2:], call.padding), strict=True
        )
    )
    return tuple(max(end, 0) for end in ends)


def longer(call: Call) -> Two:
    """A frame that is longer by a stride, as `framed` makes it."""
    return call.stride


def frame(shares: np.ndarray, call: Call, extra: Extra) -> np.ndarray:
    """What all pixels receive, those of the padding too."""
    sides = zip(call.x.shape[2:], call.padding, extra(call), strict=True)
    size = (n + 2 * p + more for n, p, more in sides)
    whole = np.zeros((*call.x.shape[:2], *size), dtype=call.x.dtype)
    return scattered(shares, replace(call, x=whole, lead=(0, 0), size=call.out))


def cropped(crop: Callable, extra: Extra) -> dict[str, Callable]:
    """A slip that cuts (padding, size, frame) in its own way."""

    def gather(shares: np.ndarray, call: Call) -> np.ndarray:
        return crop(call.padding, call.x.shape[2:], frame(shares, call, extra))

    return {"gather": gather}


def to_minus_padding(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from p to -p."""
    return dx[:, :, p[0] : -p[0], p[1] : -p[1]]


def if_padded(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from p to -p, or all of it if nothing is padded."""
    return to_minus_padding(p, size, dx) if any(p) else dx


def each_if_padded(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from p to -p along each axis that is padded."""
    return dx[:, :, p[0] : -p[0] or None, p[1] : -p[1] or None]


def from_corner(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """The first rows and columns of the frame."""
    return dx[:, :, : size[0], : size[1]]


def from_end(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """The last rows and columns of the frame."""
    return dx[:, :, -size[0] :, -size[1] :]


def to_size(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from p to H: too short by the padding."""
    return dx[:, :, p[0] : size[0], p[1] : size[1]]


def swapped_corner(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from the padding of the columns along rows, and the other way round."""
    return dx[:, :, p[1] : p[1] + size[0], p[0] : p[0] + size[1]]


def from_padding(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """dx from p to p + H, as it should be."""
    return dx[:, :, p[0] : p[0] + size[0], p[1] : p[1] + size[1]]


def nothing(p: Two, size: Two, dx: np.ndarray) -> np.ndarray:
    """All of the frame."""
    return dx


FRAMES = (exact, reaching, longer)

CROPS: Slips = {
    "not_cropped": (
        "dx still has the padding. Crop it to the shape of x: dxp[:, :, ph:ph + H, pw:pw + W].",
        tuple(cropped(nothing, extra) for extra in FRAMES),
    ),
    "crop_empty": (
        "Without padding, dx is empty: -0 is 0, so p:-p with p = 0 is 0:0 and selects nothing. "
        "Crop with p:p + H.",
        (
            *(cropped(to_minus_padding, extra) for extra in FRAMES),
            *(cropped(if_padded, extra) for extra in FRAMES[:2]),
        ),
    ),
    "crop_too_long": (
        "dx is too large where your frame is longer at the end than the padding, as it must be "
        "for windows that stick out. Do not count from the end: crop with p:p + H.",
        (
            *(cropped(each_if_padded, extra) for extra in FRAMES[1:]),
            cropped(if_padded, longer),
        ),
    ),
    "crop_too_short": (
        "dx lacks its last rows and columns. In the frame the map starts at p and ends at p + H: "
        "crop with p:p + H, not with p:H.",
        (cropped(to_size, exact),),
    ),
    "crop_corner": (
        "dx is cropped at the wrong place. The map starts at row ph and column pw of the padded "
        "dx and is H × W: dxp[:, :, ph:ph + H, pw:pw + W].",
        (
            cropped(from_corner, reaching),
            *(cropped(from_end, extra) for extra in FRAMES),
            cropped(swapped_corner, longer),
        ),
    ),
    "cropped_without_padding": (
        "You crop the padding off, but there is none in front of your windows. Pad first: window "
        "(i, j) starts at row i * stride, column j * stride of the padded map.",
        tuple({"lead": none, **cropped(from_padding, extra)} for extra in (reaching, longer)),
    ),
}
