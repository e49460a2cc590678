"""A right search for a learning rate, as rules of which each can be replaced by a wrong one."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

RULES = {
    "draw": lambda c: 10.0 ** (c.left + c.row * (c.right - c.left)),
    "judge": lambda c, lr: c.score(lr),
    "beats": lambda new, best: new > best,
    "center": lambda c: np.log10(c.best),
    "half": lambda c: c.width / 2 * c.shrink**c.r,
    "ends": lambda c: (max(c.low, c.middle - c.reach), min(c.high, c.middle + c.reach)),
    "rows": lambda u: u,
    "give": lambda c: (c.best, np.array(c.history)),
}


def search(first=None, default=0.5, **changed):
    """A search by rules, some of which are wrong.

    Args:
        first: makes the best learning rate and score to begin with from lo and hi; None: the
            first draw's.
        default: of shrink.
    """
    rules = SimpleNamespace(**{**RULES, **changed})

    def lr_search(score, lo, hi, u, shrink=default):
        low, high = np.log10(lo), np.log10(hi)
        c = SimpleNamespace(score=score, lo=lo, hi=hi, low=low, high=high, shrink=shrink)
        c.width, c.left, c.right, c.history, c.tried = high - low, low, high, [], []
        c.best, c.best_score = (None, None) if first is None else first(lo, hi)
        for c.r, c.row in enumerate(rules.rows(u)):
            if c.r:
                c.middle, c.reach = rules.center(c), rules.half(c)
                c.left, c.right = rules.ends(c)
            take_round(c, rules)
        return rules.give(c)

    return lr_search


def take_round(c, rules) -> None:
    """Draw, score and keep the best, of all rounds and of this one."""
    lrs = rules.draw(c)
    c.history.append(lrs)
    scores = [float(rules.judge(c, lr)) for lr in lrs]
    c.tried += scores
    c.lrs, c.scores = lrs, scores
    c.last = lrs[int(np.argmax(scores))]
    for lr, score in zip(lrs, scores, strict=True):
        if c.best is None or rules.beats(score, c.best_score):
            c.best, c.best_score = lr, score


def every(c):
    """All learning rates so far, in a row."""
    return np.concatenate(c.history)
