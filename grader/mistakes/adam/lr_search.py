"""Known mistakes of 7.6 in the search: where the range narrows, and how fast."""

from __future__ import annotations

import numpy as np

from grader.mistakes.adam.searches import RULES, every, search


def linear(c):
    """Values drawn between the two ends."""
    return 10**c.left + c.row * (10**c.right - 10**c.left)


def in_values(c):
    """The ends of a range that narrows in values, as exponents."""
    reach = (c.hi - c.lo) / 2 * c.shrink**c.r
    middle = 10**c.middle
    return np.log10(max(c.lo, middle - reach)), np.log10(min(c.hi, middle + reach))


def shifted(c):
    """A range that is moved into the limits, and keeps its width."""
    left = min(max(c.middle - c.reach, c.low), c.high - 2 * c.reach)
    return left, left + 2 * c.reach


def best_pair(c):
    """The learning rate of the largest pair of score and learning rate."""
    return max(zip(c.tried, every(c), strict=True))[1]


NARROWED = {
    "linear_draw": (
        "You draw values in a round. Draw exponents, as in lr_random.",
        (
            search(draw=linear),
            search(draw=lambda c: linear(c) if c.r == 0 else RULES["draw"](c)),
        ),
    ),
    "linear_narrowing": (
        "The range narrows in values. Let the exponents narrow: log10(best) plus and minus half "
        "the width.",
        (
            search(ends=in_values),
            search(ends=in_values, draw=linear),
            search(
                ends=lambda c: (
                    max(c.low, c.middle + np.log10(1 - c.shrink**c.r / 2)),
                    min(c.high, c.middle + np.log10(1 + c.shrink**c.r / 2)),
                )
            ),
        ),
    ),
    "around_last": (
        "The range narrows around the best of the last round. Narrow around the best of all "
        "rounds so far.",
        (search(center=lambda c: np.log10(c.last)),),
    ),
    "best_of_last_round": (
        "You return the best of the last round. An earlier round may have had a better one: "
        "return the best of all.",
        (
            search(give=lambda c: (c.last, np.array(c.history))),
            search(center=lambda c: np.log10(c.last), give=lambda c: (c.last, np.array(c.history))),
        ),
    ),
    "around_something_else": (
        "The range does not narrow around the best. Its middle is log10 of the best learning "
        "rate so far.",
        (
            search(center=lambda c: (c.low + c.high) / 2),
            search(center=lambda c: (c.left + c.right) / 2),
            search(center=lambda c: np.log10(c.lrs[-1])),
            search(center=lambda c: np.log10(c.lrs[0])),
            search(center=lambda c: np.mean(np.log10(c.lrs))),
            search(center=lambda c: np.log10(every(c)[0])),
        ),
    ),
    "leaves_range": (
        "The range goes beyond lo or hi. Cut it off there.",
        (
            search(ends=lambda c: (c.middle - c.reach, c.middle + c.reach)),
            search(ends=lambda c: (max(c.low, c.middle - c.reach), c.middle + c.reach)),
            search(ends=lambda c: (c.middle - c.reach, min(c.high, c.middle + c.reach))),
        ),
    ),
    "draws_cut_off": (
        "You cut the draws off at lo and hi. Cut the range off first, then draw in it.",
        (
            search(
                ends=lambda c: (c.middle - c.reach, c.middle + c.reach),
                draw=lambda c: np.clip(RULES["draw"](c), c.lo, c.hi),
            ),
        ),
    ),
    "range_shifted": (
        "A range that sticks out is moved. Leave its middle at the best, and cut off what sticks "
        "out.",
        (search(ends=shifted),),
    ),
    "cut_within_last": (
        "The new range is cut off at the ends of the one before. Cut it off at lo and hi only, so "
        "that it can move.",
        (
            search(
                ends=lambda c: (
                    max(c.left, c.middle - c.reach),
                    min(c.right, c.middle + c.reach),
                )
            ),
        ),
    ),
    "width_of_cut": (
        "You shrink the range that was cut off. Its width in round r is shrink ** r times the "
        "whole one, whatever was cut off before.",
        (search(half=lambda c: (c.right - c.left) / 2 * c.shrink),),
    ),
    "minimum": (
        "You look for the smallest score. The larger a score, the better.",
        (
            search(beats=lambda new, best: new < best),
            search(give=lambda c: (every(c)[np.argmin(c.tried)], np.array(c.history))),
            search(center=lambda c: np.log10(every(c)[np.argmin(c.tried)])),
        ),
    ),
    "absolute_score": (
        "You compare absolute values. Scores may be negative, and then the one nearer to 0 is "
        "the larger.",
        (search(beats=lambda new, best: abs(new) > abs(best)),),
    ),
    "starts_at_0": (
        "The best score begins at 0, and negative scores never beat it. Begin with the first draw.",
        (
            search(first=lambda lo, _: (lo, 0)),
            search(first=lambda _, hi: (hi, 0)),
            search(first=lambda lo, hi: (np.sqrt(lo * hi), 0)),
            search(first=lambda *_: (0.0, 0)),
            search(first=lambda *_: ("none", 0)),
        ),
    ),
    "starts_at_minus_infinity": (
        "The best score begins at minus infinity, and where everything diverges no draw beats "
        "that. Let the first draw count in any case: `if best is None or …`.",
        (
            search(first=lambda lo, _: (lo, -np.inf)),
            search(first=lambda _, hi: (hi, -np.inf)),
            search(first=lambda lo, hi: (np.sqrt(lo * hi), -np.inf)),
            search(first=lambda *_: (0.0, -np.inf)),
            # log10 of what is no number raises an exception.
            search(first=lambda *_: ("none", -np.inf)),
        ),
    ),
    "zero_is_none": (
        "A best score of 0 counts as none, since 0 is false. Ask `best is None`.",
        (search(beats=lambda new, best: not best or new > best),),
    ),
    "larger_of_equals": (
        "Of equal scores the larger learning rate wins: `max` of pairs goes on comparing. Keep "
        "the one that was tried first.",
        (
            search(
                center=lambda c: np.log10(best_pair(c)),
                give=lambda c: (best_pair(c), np.array(c.history)),
            ),
        ),
    ),
    "later_of_equals": (
        "Of equal scores the later one wins. Keep the first: replace the best only if a score is "
        "larger.",
        (search(beats=lambda new, best: new >= best),),
    ),
    "never_narrows": (
        "The range does not narrow as it should. In round r, counted from 0, its width is "
        "shrink ** r times the whole.",
        (
            search(half=lambda c: c.width / 2),
            search(ends=lambda c: (c.low, c.high)),
            search(half=lambda c: c.width / 2 * c.shrink),
            search(half=lambda c: c.width / 2 * c.shrink * c.r),
            search(half=lambda c: c.width / 2 / (c.r + 1)),
            search(half=lambda c: c.width / 2 * c.shrink / c.r),
            search(
                ends=lambda c: (
                    max(c.low, c.middle + c.r * np.log10(c.shrink)),
                    min(c.high, c.middle - c.r * np.log10(c.shrink)),
                )
            ),
        ),
    ),
    "shrink_fixed": (
        "shrink is a fixed number. Use the argument: some cases give another one.",
        (
            search(half=lambda c: c.width / 2 * 0.5**c.r),
            search(default=0.1),
            search(default=0.25),
            search(default=0.8),
        ),
    ),
    "shrink_turned": (
        "shrink is turned around. It is the share of the width that stays.",
        (
            search(half=lambda c: c.width / 2 * (1 - c.shrink) ** c.r),
            search(half=lambda c: c.width / 2 / c.shrink**c.r),
        ),
    ),
    "round_miscounted": (
        "The range narrows a round too early or too late. In the second round its width is shrink "
        "times the whole.",
        (
            search(half=lambda c: c.width / 2 * c.shrink ** (c.r + 1)),
            search(half=lambda c: c.width / 2 * c.shrink ** (c.r - 1)),
        ),
    ),
    "half_width": (
        "The new range is twice as wide as it should be, or half as wide. It reaches half a width "
        "to either side of the best.",
        (
            search(half=lambda c: c.width * c.shrink**c.r),
            search(half=lambda c: c.width / 4 * c.shrink**c.r),
        ),
    ),
    "one_sided": (
        "The range reaches to one side of the best only. It reaches half a width to either side.",
        (
            search(ends=lambda c: (c.middle, min(c.high, c.middle + c.reach))),
            search(ends=lambda c: (max(c.low, c.middle - c.reach), c.middle)),
            search(ends=lambda c: (c.middle, min(c.high, c.middle + 2 * c.reach))),
        ),
    ),
}
