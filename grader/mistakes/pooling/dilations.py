"""Slips with dilation: the steps within a window."""

from grader.mistakes.pooling.sizes import Slips, covered, first, kept, one, second, swapped, usual
from grader.mistakes.pooling.spoilt import Call, floor, torchs


def longer(call: Call) -> tuple[int, int]:
    """(OH, OW), if a window of k pixels were dilation * k long."""
    room = (
        n + 2 * p - d * k
        for n, p, d, k in zip(
            call.x.shape[2:], call.padding, call.dilation, call.kernel, strict=True
        )
    )
    count = torchs if call.ceil else floor
    axes = zip(call.x.shape[2:], room, call.stride, call.padding, strict=True)
    return tuple(count(*axis) for axis in axes)


def times_dilation(call: Call) -> tuple[int, int]:
    """The stride times the dilation."""
    return tuple(s * d for s, d in zip(call.stride, call.dilation, strict=True))


DILATIONS: Slips = {
    "dilation_ignored": (
        "The dilation is ignored: your windows take neighbouring pixels. The pixels of a window "
        "are `dilation` apart.",
        (
            {"dilation": one},
            {"dilation": one, "size": kept},
            {"dilation": lambda c: (c.dilation[0], 1)},
            {"dilation": lambda c: (1, c.dilation[1])},
            {"dilation": lambda c: (c.dilation[0], 1), "size": kept},
            {"dilation": lambda c: (1, c.dilation[1]), "size": kept},
        ),
    ),
    "dilation_filled": (
        "With dilation you take all the pixels that the window covers. Skip the ones between: a "
        "window has k × k pixels, `dilation` apart.",
        ({"kernel": covered, "dilation": one, "stride": lambda c: c.stride},),
    ),
    "dilation_off_by_one": (
        "The pixels of your windows are one too far apart: dilation is the distance from one to "
        "the next, so dilation=1 means no gap.",
        (
            {"dilation": lambda c: tuple(d + 1 for d in c.dilation)},
            {"dilation": lambda c: tuple(d + (d > 1) for d in c.dilation)},
        ),
    ),
    "dilation_too_long": (
        "The output is too small with dilation: a window covers dilation * (k - 1) + 1 pixels, "
        "not dilation * k. There are only k - 1 gaps.",
        ({"size": longer},),
    ),
    "dilation_swapped": (
        "The dilations are swapped: dilation=(h, w) spreads the window's rows by h, its columns "
        "by w.",
        ({"dilation": swapped("dilation")},),
    ),
    "dilation_half_used": (
        "One number of the dilation is used for both axes. dilation can be (h, w): the first is "
        "for rows, the second for columns.",
        (
            {"dilation": first("dilation")},
            {"dilation": second("dilation")},
            {"dilation": first("dilation"), "size": kept},
            {"dilation": second("dilation"), "size": kept},
        ),
    ),
    "stride_grows_with_dilation": (
        "With stride=None and dilation your windows are as far apart as they are long. "
        "stride=None means stride = k, whatever the dilation.",
        ({"stride": lambda c: usual(c, covered)},),
    ),
    "stride_times_dilation": (
        "The dilation makes your windows farther apart. It spreads the pixels of one window; from "
        "window to window it is `stride` pixels: i * stride + a * dilation.",
        (
            {"stride": times_dilation, "size": kept},
            {"stride": times_dilation},
        ),
    ),
    "stride_for_dilation": (
        "Stride and dilation are swapped: the stride is the step from one window to the next, "
        "the dilation the step from one pixel of a window to the next.",
        (
            {"stride": lambda c: c.dilation, "dilation": lambda c: c.stride},
            {"stride": lambda c: c.dilation, "dilation": lambda c: c.stride, "size": kept},
        ),
    ),
}
