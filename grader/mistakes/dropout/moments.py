"""Right moments of a layer behind dropout, each of which can be spoilt alone."""

from __future__ import annotations


def right_mean(x, w, b, p):
    """The mean, which dropout leaves alone."""
    return x @ w.T + b


def right_var(x, w, b, p):
    """The variance of the sum of independent terms."""
    return p / (1 - p) * (x**2 @ w.T**2)


def moments(mean=right_mean, var=right_var, *, order=(0, 1)):
    """Both moments, with slips; each is a function of x, w, b and p."""

    def dropout_moments(x, w, b, p):
        results = mean(x, w, b, p), var(x, w, b, p)
        return tuple(results[place] for place in order)

    return dropout_moments


def mean(rule):
    """Another mean."""
    return moments(mean=rule)


def var(rule):
    """Another variance."""
    return moments(var=rule)


def factor(rule):
    """A variance with another factor, a function of p."""
    return var(lambda x, w, b, p: rule(p) * (x**2 @ w.T**2))


def terms(x, w):
    """The products w x of every output, (N, M, D)."""
    return x[:, None] * w


def unless_0(rule):
    """A factor that is 0 for p = 0, where it would divide by that."""
    return lambda p: rule(p) if p else 0.0
