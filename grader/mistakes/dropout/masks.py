"""A right mask, and the parts from which wrong ones are made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.mistakes.shapes import only_if

Mask = Callable[[np.ndarray, float, bool], np.ndarray]


def right(u, p, train):
    """The factor of each number: 0 or 1 / (1 - p) in training, 1 in evaluation."""
    if not train:
        return np.ones_like(u)
    return (u >= p) * enlarged(p) * np.ones_like(u)


def enlarged(p: float) -> float:
    """1 / (1 - p), and 0 where nothing is kept."""
    return 1 / (1 - p) if p < 1 else 0.0


def training(keep, factor, *, divides: str = "") -> Mask:
    """A mask that is wrong in training alone.

    Args:
        keep: which numbers are kept, from u and p.
        factor: what they are multiplied by, from p; where that is a division by 0, by 0.
        divides: by which name the code divides, `p` or `1 - p`, and stops with an error at 0.
    """

    def mask(u, p, train):
        if not train:
            return right(u, p, train)
        below = {"p": p, "1 - p": 1 - p}.get(divides, 1)
        only_if(below != 0, None)
        kept = np.asarray(keep(u, p), dtype=u.dtype)
        return kept * scale(factor, p) * np.ones_like(u)

    return mask


def scale(factor, p: float) -> float:
    """The factor, or 0 where it is infinite."""
    try:
        return factor(p)
    except ZeroDivisionError:
        return 0.0


def both_ways(keep, factor, divides: str = "1 - p") -> tuple[Mask, Mask]:
    """A wrong mask: once with a guard against a division by 0, once without."""
    return training(keep, factor), training(keep, factor, divides=divides)


def evaluation(rule) -> Mask:
    """A mask that is wrong in evaluation alone; the rule makes it of u and p."""
    return lambda u, p, train: right(u, p, True) if train else rule(u, p) * np.ones_like(u)


def at(p0: float, rule) -> Mask:
    """A mask that is wrong in training for one p alone."""

    def mask(u, p, train):
        return rule(u) * np.ones_like(u) if train and p == p0 else right(u, p, train)

    return mask


def few(view) -> Mask:
    """A mask in which only some of the draws decide."""
    return lambda u, p, train: right(view(u) * np.ones_like(u), p, train)


def share_of(kept: np.ndarray) -> float:
    """1 over the share that was really kept; 0 if none was."""
    return 1 / kept.mean() if kept.any() else 0.0


def by_share(u, p, train):
    """A mask scaled by the share that was really kept."""
    return (u >= p) * share_of(u >= p) * np.ones_like(u) if train else np.ones_like(u)


def exact_count(count) -> Mask:
    """A mask that drops a fixed number of numbers, those with the smallest draws."""

    def mask(u, p, train):
        if not train:
            return np.ones_like(u)
        kept = np.ones_like(u)
        kept.flat[np.argsort(u, axis=None)[: count(p * u.size)]] = 0
        return kept * enlarged(p)

    return mask


def own_draws(rng) -> Mask:
    """A mask that ignores u and draws for itself."""
    return lambda u, p, train: right(rng().random(u.shape).astype(u.dtype), p, train)


def old_form(u, p, train):
    """The mask of 2012: no factor in training, 1 - p in evaluation."""
    return (u >= p) * np.ones_like(u) if train else np.full_like(u, 1 - p)


def nan_at_1(u, p, train):
    """A mask that divides by 1 - p whatever p is."""
    with np.errstate(all="ignore"):
        return (
            np.asarray(u >= p, u.dtype) / np.asarray(1 - p, u.dtype) if train else np.ones_like(u)
        )


def stops_at_1(u, p, train):
    """A mask that divides by the plain number 1 - p, which is an error for 0."""
    return (u >= p) * (1 / (1 - p)) * np.ones_like(u) if train else np.ones_like(u)


def kept(u, p):
    """What is kept."""
    return u >= p


def dropped(u, p):
    """What is not."""
    return u < p


def unscaled(u, p, train):
    """A mask of 0 and 1."""
    return (u >= p) * np.ones_like(u) if train else np.ones_like(u)


def flagged(mask: Mask) -> Mask:
    """1 where another mask keeps something, 0 elsewhere."""
    return lambda u, p, train: (mask(u, p, train) != 0) * np.ones_like(u)


def always(u, p, train):
    """A mask of 0 and 1, in evaluation too."""
    return (u >= p) * np.ones_like(u)


def lost_in_eval(mask: Mask) -> Mask:
    """A mask that is None in evaluation."""
    return lambda u, p, train: mask(u, p, train) if train else None


def as_bool(u, p, train):
    """A mask of False and True."""
    return u >= p if train else np.ones(u.shape, bool)
