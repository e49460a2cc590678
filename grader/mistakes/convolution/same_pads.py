"""Known mistakes of 1.1: how many zeros 'same' padding adds, and on which side."""

from collections.abc import Callable

from grader.exercise import Mistake

Numbers = tuple[int, int]


def reach(k: int, dilation: int) -> int:
    """How many pixels a dilated kernel covers."""
    return dilation * (k - 1) + 1


def needed(n: int, k: int, stride: int, dilation: int) -> int:
    """How many zeros 'same' needs, negative if pixels are to spare."""
    return (-(-n // stride) - 1) * stride + reach(k, dilation) - n


def clipped(n: int, k: int, stride: int, dilation: int) -> int:
    """How many zeros 'same' adds."""
    return max(needed(n, k, stride, dilation), 0)


def pads(
    split: Callable[[int], Numbers], total: Callable[[int, int, int, int], int]
) -> Callable[..., Numbers]:
    """A `same_pads` that finds the total of all zeros and splits it."""

    def same_pads(n, k, stride=1, dilation=1):
        return split(total(n, k, stride, dilation))

    return same_pads


def more_after(total: int) -> Numbers:
    """The right split: an odd zero goes after."""
    return total // 2, total - total // 2


def more_before(total: int) -> Numbers:
    """An odd zero goes before."""
    return total - total // 2, total // 2


def both_rounded_down(total: int) -> Numbers:
    """An odd zero is dropped."""
    return total // 2, total // 2


def both_rounded_up(total: int) -> Numbers:
    """An odd zero is added twice."""
    return (total + 1) // 2, (total + 1) // 2


def towards_zero(total: int) -> Numbers:
    """Split by `int(total / 2)`."""
    return int(total / 2), total - int(total / 2)


def only_before_clipped(total: int) -> Numbers:
    """What comes after may still be negative."""
    return max(total // 2, 0), total - max(total // 2, 0)


def stretched(n: int, k: int, stride: int, dilation: int) -> int:
    """What stride 1 needs, whatever the stride."""
    return dilation * (k - 1)


def bare(n: int, k: int, stride: int, dilation: int) -> int:
    """What stride 1 and dilation 1 need, whatever they are."""
    return k - 1


def to_length(length: Callable[[int, int], int]) -> Callable[..., int]:
    """The zeros for another output length than ceil(n / stride)."""
    return lambda n, k, s, d: max((length(n, s) - 1) * s + reach(k, d) - n, 0)


def with_kernel(kernel: Callable[[int, int], int]) -> Callable[..., int]:
    """The zeros for a kernel that covers another number of pixels."""
    return lambda n, k, s, d: max((-(-n // s) - 1) * s + kernel(k, d) - n, 0)


MISTAKES = (
    Mistake(
        "even_kernel_short",
        "same_pads",
        "You pad both sides alike, rounded down, and so lose a zero when their total is odd (as "
        "with an even kernel). 'same' then adds one zero more after than before.",
        (
            pads(both_rounded_down, clipped),
            pads(both_rounded_down, stretched),
            pads(both_rounded_down, bare),
            lambda n, k, stride=1, dilation=1: (dilation * ((k - 1) // 2),) * 2,
        ),
    ),
    Mistake(
        "even_kernel_long",
        "same_pads",
        "You pad both sides alike, rounded up, and so add a zero too many when their total is odd "
        "(k // 2 on both sides lets the output grow when k is even). Round down before, and put "
        "the rest after.",
        (
            pads(both_rounded_up, clipped),
            pads(both_rounded_up, stretched),
            pads(both_rounded_up, bare),
            lambda n, k, stride=1, dilation=1: (dilation * (k // 2),) * 2,
            lambda n, k, stride=1, dilation=1: (dilation * k // 2,) * 2,
        ),
    ),
    Mistake(
        "extra_before",
        "same_pads",
        "The extra zero is on the wrong side. When the total is odd, it goes after (to the right "
        "or the bottom): before = total // 2, after = total - before.",
        (
            pads(more_before, clipped),
            pads(more_before, stretched),
            pads(more_before, bare),
        ),
    ),
    Mistake(
        "same_stride_ignored",
        "same_pads",
        "With a stride, 'same' makes ceil(n / stride) pixels, so the padding depends on n and the "
        "stride: the last window starts at (ceil(n / stride) - 1) * stride. Pad only as far as "
        "that window reaches over the end.",
        (
            pads(more_after, stretched),
            pads(more_after, bare),
            pads(more_after, to_length(lambda n, s: n)),
            pads(more_after, to_length(lambda n, s: n // s)),
            pads(more_after, lambda n, k, s, d: max(reach(k, d) - s, 0)),
        ),
    ),
    Mistake(
        "same_dilation_ignored",
        "same_pads",
        "Use the dilated kernel: from end to end it covers dilation * (k - 1) + 1 pixels. Put "
        "this number where you now have another one for its length.",
        (
            pads(more_after, with_kernel(lambda k, d: k)),
            pads(more_after, with_kernel(lambda k, d: d * k)),
            pads(more_after, with_kernel(lambda k, d: k + d - 1)),
        ),
    ),
    Mistake(
        "negative",
        "same_pads",
        "Padding cannot be negative. If the kernel is shorter than the stride, there may be "
        "pixels to spare: then add no zeros, max(total, 0).",
        (
            pads(more_after, needed),
            pads(towards_zero, needed),
            pads(only_before_clipped, needed),
            pads(more_after, lambda *numbers: abs(needed(*numbers))),
        ),
    ),
)
