"""Known mistakes of 8.3, reading: a factor, a missing part or the order taken wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.exercise import Mistake


def part(pattern: str, expression: str, *, absent=0, uncounted=1, digits=r"\d+") -> int:
    """The factor of a bracket in a pattern without spaces."""
    found = re.search(expression + rf"(?:\*({digits}))?", pattern)
    if found is None:
        return absent
    return uncounted if found[1] is None else int(found[1])


INNER = r"\[CONV->RELU\]"
HIDDEN = r"\[FC->RELU\]"


def factors(pattern: str, **options) -> list[int]:
    """N, M and K, by rules that may be wrong."""
    text = pattern.replace(" ", "")
    expressions = INNER, INNER + r"(?:\*\d+)?(?:->POOL)?\]", HIDDEN
    return [part(text, expression, **options) for expression in expressions]


def read(change: Callable = lambda *numbers: numbers, **options) -> Callable[[str], tuple]:
    """A `read_pattern` whose numbers are found by other rules, or changed in the end."""

    def read_pattern(pattern):
        pool = "POOL" in pattern
        return change(*factors(pattern, **options), pool)

    return read_pattern


def only(place: int, **options) -> Callable[[str], tuple]:
    """Another rule for one of the numbers."""

    def read_pattern(pattern):
        numbers = factors(pattern)
        numbers[place] = factors(pattern, **options)[place]
        return (*numbers, "POOL" in pattern)

    return read_pattern


def at_once(*, digits=r"\d+", pool="(->POOL)?", text=lambda pattern: pattern.replace(" ", "")):
    """Both brackets by one expression, which fits as a whole or not at all."""
    whole = rf"\[{INNER}(?:\*({digits}))?{pool}\](?:\*({digits}))?".replace("(->", "(?:->")

    def read_pattern(pattern):
        found = re.search(whole, text(pattern))
        blocks = [1 if n is None else int(n) for n in found.groups()] if found else [0, 0]
        return (*blocks, part(text(pattern), HIDDEN, digits=digits), "POOL" in pattern)

    return read_pattern


def at_least_one(pattern: str) -> tuple:
    """A factor of 0 where a bracket stands is made a 1."""
    there = [part(pattern.replace(" ", ""), e, absent=-1) for e in (INNER, HIDDEN)]
    N, M, K = factors(pattern)
    return (
        max(N, int(there[0] >= 0)),
        max(M, int(there[0] >= 0)),
        max(K, int(there[1] >= 0)),
        ("POOL" in pattern),
    )


def spaced(pattern: str) -> tuple:
    """Reads factors only where no space stands around the star."""
    tight = re.sub(r"\s*->\s*", "->", pattern)
    tight = re.sub(r"\s+", " ", tight).replace("[ ", "[").replace(" ]", "]").replace("] ]", "]]")
    expressions = INNER, INNER + r"(?:\s*\*\s*\d+)?(?:->POOL)?\]", HIDDEN
    return (*(part(tight, expression) for expression in expressions), "POOL" in pattern)


def in_order(pattern: str) -> tuple:
    """The factors in the order in which they stand, whatever they belong to."""
    found = [int(n) for n in re.findall(r"\*\s*(\d+)", pattern)]
    return (*(found + [0, 0, 0])[:3], "POOL" in pattern)


def in_order_ones(pattern: str) -> tuple:
    """The same, with 1 for what is not there."""
    found = [int(n) for n in re.findall(r"\*\s*(\d+)", pattern)]
    return (*(found + [1, 1, 1])[:3], "POOL" in pattern)


def words(pattern: str) -> tuple:
    """Counts how often the words stand there."""
    return pattern.count("CONV"), pattern.count("POOL"), pattern.count("FC") - 1, "POOL" in pattern


LISTED = {
    "one_digit": (
        "You read one digit of each factor. 12 has two.",
        (
            read(digits=r"\d"),
            read(digits=r"\d(?=\d*)"),
            *(only(place, digits=r"\d") for place in range(3)),
            at_once(digits=r"\d"),
        ),
    ),
    "uncounted_is_zero": (
        "A bracket without a factor stands there once: its number is 1.",
        (
            read(uncounted=0),
            *(only(place, uncounted=0) for place in range(3)),
        ),
    ),
    "absent_is_one": (
        "A part that does not stand in the pattern has the number 0.",
        (
            read(absent=1),
            lambda pattern: (
                *factors(pattern)[:2],
                part(pattern.replace(" ", ""), HIDDEN, absent=1),
                "POOL" in pattern,
            ),
        ),
    ),
    "factors_in_order": (
        "You take the factors in the order in which they stand. One may be left out, and then the "
        "others move up: look for the bracket that each belongs to.",
        (in_order, in_order_ones),
    ),
    "zero_taken_for_one": (
        "A factor of 0 is a 0. `or 1` makes a 1 of it.",
        (read(lambda N, M, K, pool: (N or 1, M or 1, K or 1, pool)), at_least_one),
    ),
    "n_and_m_swapped": (
        "N and M are swapped. N is the factor of the inner bracket, M that of the outer one.",
        (read(lambda N, M, K, pool: (M, N, K, pool)),),
    ),
    "another_order": (
        "Return N, M, K and pool in this order.",
        (
            read(lambda N, M, K, pool: (K, M, N, pool)),
            read(lambda N, M, K, pool: (N, K, M, pool)),
            read(lambda N, M, K, pool: (pool, N, M, K)),
            read(lambda N, M, K, pool: (M, K, N, pool)),
        ),
    ),
    "last_fc_counted": (
        "K counts the hidden linear layers only, those in the bracket. The last FC stands outside.",
        (read(lambda N, M, K, pool: (N, M, K + 1, pool)),),
    ),
    "pool_wrong": (
        "The last number says whether POOL stands in the pattern: True or False.",
        (
            read(lambda N, M, K, pool: (N, M, K, True)),
            read(lambda N, M, K, pool: (N, M, K, False)),
            read(lambda N, M, K, pool: (N, M, K, not pool)),
            read(lambda N, M, K, pool: (N, M, K, M > 0)),
            read(lambda N, M, K, pool: (N, M, K, M if pool else 0)),
        ),
    ),
    "all_convolutions": (
        "You multiplied. N is the number of convolutions in one block, not in all.",
        (
            read(lambda N, M, K, pool: (N * M, M, K, pool)),
            read(lambda N, M, K, pool: (N, N * M, K, pool)),
        ),
    ),
    "words_counted": (
        "You counted the words. Each stands there once, however large its factor is.",
        (words,),
    ),
    "spaces_matter": (
        "You do not find a factor if there is a space around the star. Take the spaces away "
        'first: pattern.replace(" ", "").',
        (
            spaced,
            at_once(text=lambda pattern: pattern),
            at_once(text=str.strip),
            at_once(text=lambda pattern: pattern.replace(" -> ", "->")),
        ),
    ),
    "pool_required": (
        "You find the blocks only if they end with POOL. A block may have no pool.",
        (
            at_once(pool="->POOL"),
            lambda pattern: (
                *(factors(pattern) if "POOL" in pattern else (0, 0, factors(pattern)[2])),
                "POOL" in pattern,
            ),
            lambda pattern: (
                factors(pattern)[0],
                factors(pattern)[1] if "POOL" in pattern else 0,
                factors(pattern)[2],
                "POOL" in pattern,
            ),
            lambda pattern: (
                factors(pattern)[0],
                factors(pattern)[1] if "POOL" in pattern else int("CONV" in pattern),
                factors(pattern)[2],
                "POOL" in pattern,
            ),
        ),
    ),
    "texts": (
        "Return whole numbers: int(text) makes one of a text.",
        (
            read(lambda N, M, K, pool: (str(N), str(M), str(K), pool)),
            read(lambda N, M, K, pool: (str(N), str(M), str(K), str(pool))),
        ),
    ),
    "pool_left_out": (
        "Return four things: N, M, K and pool.",
        (read(lambda N, M, K, pool: (N, M, K)),),
    ),
}

READ_PATTERN = tuple(
    Mistake(slug, "read_pattern", message, variants) for slug, (message, variants) in LISTED.items()
)
