"""Known mistakes of 8.4 in finding the sides at which no pixel is left over."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake


def sides(count: Callable[..., int], *, fits: Callable | None = None) -> Callable:
    """A `fitting_sides` with another condition."""
    test = fits or (lambda n, k, room: n + room >= k)

    def fitting_sides(k, s, p, low, high):
        return [n for n in range(low, high + 1) if test(n, k, 2 * p) and count(n, k, s, p) % s == 0]

    return fitting_sides


def left_over(n, k, s, p):
    """How many pixels are left over, times nothing."""
    return n + 2 * p - k


LISTED = {
    "padding_forgotten": (
        "You left the padding out. It is on both sides: n + 2p pixels.",
        (
            sides(lambda n, k, s, p: n - k, fits=lambda n, k, room: n >= k),
            sides(lambda n, k, s, p: n - k),
        ),
    ),
    "padding_on_one_side": (
        "You add the padding once. It is on both sides: n + 2p pixels.",
        (
            sides(lambda n, k, s, p: n + p - k, fits=lambda n, k, room: n + room // 2 >= k),
            sides(lambda n, k, s, p: n + p - k),
        ),
    ),
    "stride_divides_the_side": (
        "You ask whether the stride divides the side. What it must divide is the way that the "
        "window can go, n + 2p - k.",
        (
            sides(lambda n, k, s, p: n),
            sides(lambda n, k, s, p: n + 2 * p),
            sides(lambda n, k, s, p: n + 2 * p - k + 1),
            sides(lambda n, k, s, p: n + 2 * p - k - 1),
            *(
                sides(count, fits=lambda n, k, room: True)
                for count in (lambda n, k, s, p: n, lambda n, k, s, p: n + 2 * p)
            ),
            sides(lambda n, k, s, p: n, fits=lambda n, k, room: n >= k),
            sides(lambda n, k, s, p: n + 2 * p - k + 1, fits=lambda n, k, room: n + room + 1 >= k),
        ),
    ),
    "high_left_out": (
        "`high` itself counts, too. `range` ends one before its end.",
        (
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high - 1),
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low + 1, high - 1),
        ),
    ),
    "low_left_out": (
        "`low` itself counts, too.",
        (lambda k, s, p, low, high: sides(left_over)(k, s, p, low + 1, high),),
    ),
    "kernel_divides": (
        "You ask whether the kernel divides the way that is left. The stride must divide it.",
        (lambda k, s, p, low, high: sides(left_over)(k, k, p, low, high),),
    ),
    "stepped_from_low": (
        "You go in steps of the stride from `low`. Whether a side fits depends on k and p: ask "
        "each of them.",
        (
            lambda k, s, p, low, high: list(range(low, high + 1, s)),
            lambda k, s, p, low, high: [n for n in range(low, high + 1, s) if n + 2 * p >= k],
            lambda k, s, p, low, high: [
                n for n in range(low, high + 1, s) if n + 2 * p >= k and (n + 2 * p - k) % s == 0
            ],
            lambda k, s, p, low, high: list(range(max(low, k - 2 * p), high + 1, s)),
        ),
    ),
    "whether_they_fit": (
        "You say of each side whether it fits. Return those that do, in a list.",
        (
            lambda k, s, p, low, high: [
                n + 2 * p >= k and (n + 2 * p - k) % s == 0 for n in range(low, high + 1)
            ],
        ),
    ),
    "another_order": (
        "Return the sides in order, the smallest first.",
        (lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[::-1],),
    ),
    "window_does_not_fit": (
        "Where the window is larger than the padded image, there is no map at all: n + 2p must "
        "be at least k.",
        (
            sides(left_over, fits=lambda n, k, room: True),
            sides(left_over, fits=lambda n, k, room: n + room > k),
            sides(left_over, fits=lambda n, k, room: n >= k),
            sides(left_over, fits=lambda n, k, room: n > k),
            sides(lambda n, k, s, p: abs(n + 2 * p - k), fits=lambda n, k, room: True),
        ),
    ),
    "those_that_do_not_fit": (
        "You return the sides at which pixels are left over. Return the others.",
        (
            sides(lambda n, k, s, p: 1 - int((n + 2 * p - k) % s > 0) if s > 1 else 1),
            lambda k, s, p, low, high: [
                n for n in range(low, high + 1) if n + 2 * p >= k and (n + 2 * p - k) % s
            ],
            lambda k, s, p, low, high: [n for n in range(low, high + 1) if (n + 2 * p - k) % s],
        )[1:],
    ),
    "sizes_of_maps": (
        "You return the sizes of the maps, or of the padded images. Return the sides n.",
        (
            lambda k, s, p, low, high: [
                (n + 2 * p - k) // s + 1 for n in sides(left_over)(k, s, p, low, high)
            ],
            lambda k, s, p, low, high: [n + 2 * p for n in sides(left_over)(k, s, p, low, high)],
        ),
    ),
    "one_side": (
        "Return all sides that fit, in a list.",
        (
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[:1],
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[-1:],
            lambda k, s, p, low, high: len(sides(left_over)(k, s, p, low, high)),
            lambda k, s, p, low, high: [
                n for n in [low] if n + 2 * p >= k and (n + 2 * p - k) % s == 0
            ],
        ),
    ),
}

MISTAKES = tuple(
    Mistake(slug, "fitting_sides", message, variants)
    for slug, (message, variants) in LISTED.items()
)
