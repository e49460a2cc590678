"""Slips with stride and dilation: the steps between windows, and within a window."""

from __future__ import annotations

from grader.mistakes.convolution.spoilt import Call, forward


def first(name: str):
    """The first number of a pair, used for both axes."""
    return lambda call: (getattr(call, name)[0],) * 2


def second(name: str):
    """The second number of a pair, used for both axes."""
    return lambda call: (getattr(call, name)[1],) * 2


def longer(call: Call) -> tuple[int, int]:
    """(OH, OW), if a kernel of k pixels were d * k long."""
    n, k, s, d = call.padded.shape[2:], call.w.shape[2:], call.stride, call.dilation
    return tuple((n[i] - d[i] * k[i]) // s[i] + 1 for i in (0, 1))


def one(call: Call) -> tuple[int, int]:
    """A step of one pixel."""
    return (1, 1)


PAIR = ("stride", "padding", "dilation")

STEPS = {
    "stride_ignored": (
        "The stride is ignored: the windows are one pixel apart. Output i starts at row "
        "i * stride of the padded image.",
        (
            forward(stride=one),
            forward(stride=one, size=lambda c: c.out),
            forward(stride=lambda c: (c.stride[0], 1)),
            forward(stride=lambda c: (1, c.stride[1])),
        ),
    ),
    "stride_swapped": (
        "The strides are swapped: stride=(h, w) steps h rows down and w columns to the right.",
        (
            forward(stride=lambda c: c.stride[::-1]),
            forward(stride=lambda c: c.stride[::-1], size=lambda c: c.out),
        ),
    ),
    "dilation_ignored": (
        "The dilation is ignored: the kernel reads neighbouring pixels. Its numbers belong to "
        "pixels that are dilation apart.",
        (
            forward(dilation=one),
            forward(dilation=one, size=lambda c: c.out),
            forward(dilation=lambda c: (c.dilation[0], 1)),
            forward(dilation=lambda c: (1, c.dilation[1])),
        ),
    ),
    "dilation_off_by_one": (
        "The kernel's pixels are one too far apart: dilation is the distance from one to the "
        "next, so dilation=1 means no gap.",
        (
            forward(dilation=lambda c: tuple(d + 1 for d in c.dilation)),
            forward(dilation=lambda c: tuple(d + (d > 1) for d in c.dilation)),
        ),
    ),
    "dilation_too_long": (
        "The output is too small with dilation: the kernel covers dilation * (k - 1) + 1 pixels, "
        "not dilation * k. There are only k - 1 gaps.",
        (forward(size=longer),),
    ),
    "dilation_swapped": (
        "The dilations are swapped: dilation=(h, w) spreads the kernel's rows by h, its columns "
        "by w.",
        (forward(dilation=lambda c: c.dilation[::-1]),),
    ),
    "stride_for_dilation": (
        "Stride and dilation are swapped: the stride is the step from one window to the next, "
        "the dilation the step from one number of the kernel to the next.",
        (
            forward(stride=lambda c: c.dilation, dilation=lambda c: c.stride),
            forward(stride=lambda c: c.dilation, dilation=lambda c: c.stride, size=lambda c: c.out),
        ),
    ),
    "pair_half_used": (
        "One number of a pair is used for both axes. stride, padding and dilation can be (h, w): "
        "the first is for rows, the second for columns.",
        (
            *(forward(**{name: first(name)}) for name in PAIR),
            forward(**{name: first(name) for name in PAIR}),
            *(forward(**{name: second(name)}) for name in PAIR),
            forward(**{name: second(name) for name in PAIR}),
        ),
    ),
}
