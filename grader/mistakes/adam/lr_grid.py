"""Known mistakes of 7.6: grids and draws; those of the search are next door."""

from __future__ import annotations

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.lr_history import TOLD
from grader.mistakes.adam.lr_search import NARROWED


def grid(rule):
    """A grid by a rule of the two exponents and n, which gives exponents."""
    return lambda lo, hi, n: 10.0 ** rule(np.log10(lo), np.log10(hi), n)


def draws(rule):
    """Draws by a rule of the two exponents and u, which gives exponents."""
    return lambda lo, hi, u: 10.0 ** rule(np.log10(lo), np.log10(hi), u)


GRID = {
    "grid_linear": (
        "The points have equal differences; nearly all of them lie near hi. Take equal steps of "
        "the exponent: 10 ** linspace(log10(lo), log10(hi), n).",
        (lambda lo, hi, n: np.linspace(lo, hi, n), lambda lo, hi, n: np.linspace(lo, hi, n)[::-1]),
    ),
    "exponents_returned": (
        "You return exponents. Raise 10 to them.",
        (
            lambda lo, hi, n: np.linspace(np.log10(lo), np.log10(hi), n),
            lambda lo, hi, n: np.linspace(np.log(lo), np.log(hi), n),
        ),
    ),
    "end_missing": (
        "An end of the range is missing. The first point is lo and the last is hi: n points make "
        "n - 1 steps.",
        (
            grid(lambda a, b, n: a + (b - a) * np.arange(n) / n),
            grid(lambda a, b, n: a + (b - a) * np.arange(1, n + 1) / n),
            grid(lambda a, b, n: a + (b - a) * np.arange(1, n + 1) / (n + 1)),
            grid(lambda a, b, n: a + (b - a) * (np.arange(n) + 0.5) / n),
        ),
    ),
    "wrong_number": (
        "You return another number of points than n.",
        (
            grid(lambda a, b, n: np.linspace(a, b, n + 1)),
            grid(lambda a, b, n: np.linspace(a, b, max(n - 1, 1))),
            grid(lambda a, b, n: np.linspace(a, b, n + 1)[:-1][: n - 1]),
            grid(lambda a, b, n: np.linspace(a, b, n + 2)),
        ),
    ),
    "base_mixed": (
        "Two bases are mixed. Use log10 with powers of 10, or log with exp.",
        (
            lambda lo, hi, n: 10.0 ** np.linspace(np.log(lo), np.log(hi), n),
            lambda lo, hi, n: np.exp(np.linspace(np.log10(lo), np.log10(hi), n)),
            lambda lo, hi, n: 10.0 ** np.linspace(np.log2(lo), np.log2(hi), n),
            lambda lo, hi, n: 2.0 ** np.linspace(np.log10(lo), np.log10(hi), n),
        ),
    ),
    "logspace_of_values": (
        "The ends are used as exponents. `np.logspace` wants exponents: give it log10(lo) and "
        "log10(hi), or use `np.geomspace`.",
        (lambda lo, hi, n: np.logspace(lo, hi, n),),
    ),
    "grid_reversed": (
        "The points run from hi down to lo. Begin with lo.",
        (grid(lambda a, b, n: np.linspace(b, a, n)),),
    ),
    "fixed_ratio": (
        "Each point is a fixed multiple of the one before. The ratio depends on the range: the "
        "last point is hi.",
        (
            lambda lo, hi, n: lo * 10.0 ** np.arange(n),
            lambda lo, hi, n: lo * 2.0 ** np.arange(n),
            lambda lo, hi, n: hi / 10.0 ** np.arange(n),
            lambda lo, hi, n: lo * 3.0 ** np.arange(n),
        ),
    ),
    "rounded_exponents": (
        "The exponents are rounded to whole numbers. Take them as they are.",
        (
            grid(lambda a, b, n: np.round(np.linspace(a, b, n))),
            grid(lambda a, b, n: np.floor(np.linspace(a, b, n))),
            grid(lambda a, b, n: np.linspace(np.round(a), np.round(b), n)),
            grid(lambda a, b, n: np.linspace(int(a), int(b), n)),
            grid(lambda a, b, n: np.linspace(np.floor(a), np.ceil(b), n)),
        ),
    ),
}

RANDOM = {
    "uniform_draw": (
        "You draw values: nine of ten lie in the largest decade. Draw exponents: "
        "10 ** (log10(lo) + u * (log10(hi) - log10(lo))).",
        (
            lambda lo, hi, u: lo + u * (hi - lo),
            lambda lo, hi, u: hi - u * (hi - lo),
            lambda lo, hi, u: u * hi,
        ),
    ),
    "exponents_drawn": (
        "You return exponents. Raise 10 to them.",
        (
            lambda lo, hi, u: np.log10(lo) + u * (np.log10(hi) - np.log10(lo)),
            lambda lo, hi, u: np.log(lo) + u * (np.log(hi) - np.log(lo)),
        ),
    ),
    "draw_base_mixed": (
        "Two bases are mixed. Use log10 with powers of 10, or log with exp.",
        (
            lambda lo, hi, u: 10.0 ** (np.log(lo) + u * (np.log(hi) - np.log(lo))),
            lambda lo, hi, u: np.exp(np.log10(lo) + u * (np.log10(hi) - np.log10(lo))),
        ),
    ),
    "draw_reversed": (
        "u runs the wrong way. At u = 0 lies lo, at u = 1 lies hi.",
        (draws(lambda a, b, u: b + u * (a - b)),),
    ),
    "u_ignored": (
        "The draws do not come from u. Use u: drawing random numbers is the caller's part.",
        (
            draws(lambda a, b, u: np.linspace(a, b, u.size).reshape(u.shape)),
            draws(lambda a, b, u: a + np.random.default_rng(0).uniform(size=u.shape) * (b - a)),
            draws(lambda a, b, u: 0 * u + (a + b) / 2),
        ),
    ),
    "start_lost": (
        "The range begins at the wrong place. Begin at log10(lo), and go on by u times the whole "
        "difference of the exponents.",
        (
            draws(lambda a, b, u: u * (b - a)),
            draws(lambda a, b, u: a + u * b),
            draws(lambda a, b, u: u * a),
            draws(lambda a, b, u: u * b),
            draws(lambda a, b, u: a + u),
            draws(lambda a, b, u: a + u * (a + b)),
            lambda lo, hi, u: lo + (hi - lo) ** u,
            lambda lo, hi, u: lo * (hi - lo) ** u,
        ),
    ),
    "values_as_exponents": (
        "The ends are used as exponents. Take their logarithms first.",
        (lambda lo, hi, u: 10.0 ** (lo + u * (hi - lo)),),
    ),
    "draws_sorted": (
        "The draws are in another order, or another shape, than u. Each u has its own learning "
        "rate, in the same place.",
        (
            lambda lo, hi, u: np.sort(draws(spread)(lo, hi, u), axis=None).reshape(u.shape),
            lambda lo, hi, u: np.sort(draws(spread)(lo, hi, u)),
            lambda lo, hi, u: draws(spread)(lo, hi, u).ravel(),
            lambda lo, hi, u: draws(spread)(lo, hi, u)[::-1],
            lambda lo, hi, u: draws(spread)(lo, hi, u).T,
        ),
    ),
    "draws_rounded": (
        "The exponents are rounded to whole numbers. Take them as they are.",
        (
            draws(lambda a, b, u: np.round(a + u * (b - a))),
            draws(lambda a, b, u: np.floor(a + u * (b - a))),
            draws(lambda a, b, u: np.trunc(a + u * (b - a))),
        ),
    ),
    "draw_squared": (
        "u is squared or rooted. The exponent grows with u itself.",
        (
            draws(lambda a, b, u: a + u**2 * (b - a)),
            draws(lambda a, b, u: a + np.sqrt(u) * (b - a)),
        ),
    ),
}


def spread(a, b, u):
    """The right exponents."""
    return a + u * (b - a)


MISTAKES = tuple(
    Mistake(slug, function, message, variants)
    for function, told in {
        "lr_grid": GRID,
        "lr_random": RANDOM,
        "lr_search": NARROWED | TOLD,
    }.items()
    for slug, (message, variants) in told.items()
)
