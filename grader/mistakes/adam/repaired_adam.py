"""Known mistakes of 7.7: which of the note's five faults remain, alone or together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product

import numpy as np

from grader.exercise import Mistake
from grader.mistakes.adam.corrections import bias_slips, eps_slips
from grader.mistakes.adam.moments import beta_slips, m_slips, v_slips
from grader.mistakes.adam.returned import learning_rate, returned, with_defaults
from grader.mistakes.adam.spoilt import Call, Rule, epoch_adam


def bare(call: Call) -> np.ndarray:
    """The root alone."""
    return call.root


# Each fault: what to do about it, and its codings as changed rules.
FAULTS: dict[str, tuple[str, tuple[dict[str, Rule], ...]]] = {
    "sign": (
        "the sign (take the step off: w - …)",
        ({"new": lambda c: c.w + c.step},),
    ),
    "index": (
        "the index (use this step's gradient, not the one before)",
        (
            {
                "m": lambda c: c.b[0] * c.m_before + (1 - c.b[0]) * c.old("last", 0 * c.g),
                "last": lambda c: c.state.update(last=c.g),
            },
            {
                "grad": lambda c: c.old("last", 0 * c.g),
                "last": lambda c: c.state.update(last=c.g),
            },
        ),
    ),
    "bias": (
        "the bias correction (divide m by 1 - beta1 ** t and v by 1 - beta2 ** t)",
        ({"mhat": lambda c: c.m, "vhat": lambda c: c.v},),
    ),
    "eps": (
        "eps (divide by the root plus eps)",
        (
            {"below": bare},
            {"below": lambda c: np.sqrt(c.vhat + c.eps)},
        ),
    ),
    "epoch": (
        "the epoch (update in every step, and let t count steps)",
        ({"still": lambda c: c.old("epoch") == c.epoch}, {"t": lambda c: c.epoch}),
    ),
}
# Codings of one fault that are not combined with others.
ALONE: dict[str, tuple[dict[str, Rule], ...]] = {
    "eps": (
        {"below": lambda c: np.sqrt(c.vhat + c.eps**2)},
        {"below": lambda c: np.sqrt((c.v + c.eps) / c.c2)},
    ),
    "index": (
        {
            "v": lambda c: c.b[1] * c.v_before + (1 - c.b[1]) * c.old("last", 0 * c.g) ** 2,
            "last": lambda c: c.state.update(last=c.g),
        },
    ),
}
NUMBERS = ("", "One", "Two", "Three", "Four", "All five")


def remaining() -> Iterator[Mistake]:
    """A mistake for each choice of faults that can remain."""
    for count in range(1, len(FAULTS) + 1):
        for chosen in combinations(FAULTS, count):
            told = "; ".join(FAULTS[fault][0] for fault in chosen)
            verb = "remains" if count == 1 else "remain"
            message = f"{NUMBERS[count]} of the note's faults {verb}: {told}."
            alone = ALONE.get(chosen[0], ()) if count == 1 else ()
            variants = (*codings(chosen), *(epoch_adam(**rules) for rules in alone))
            yield Mistake("_".join(chosen), "repaired_adam", message, variants)


def codings(chosen: tuple[str, ...]) -> Iterator[Callable]:
    """Adam with the chosen faults, in all their codings."""
    for parts in product(*(FAULTS[fault][1] for fault in chosen)):
        rules = {name: rule for part in parts for name, rule in part.items()}
        # Without a correction nothing depends on t; with an old g and no eps all is NaN.
        if ("bias" in chosen and "t" in rules) or ("grad" in rules and rules.get("below") is bare):
            continue
        still = rules.pop("still", None)
        right = epoch_adam(**rules)
        yield once_an_epoch(right) if still else right


def once_an_epoch(step: Callable) -> Callable:
    """A step that is taken with the first batch of an epoch only."""

    def stepped(w, g, state, epoch, **options):
        if state.get("epoch") == epoch:
            return +w
        state["epoch"] = epoch
        return step(w, g, state, epoch, **options)

    return stepped


def others() -> Iterator[Mistake]:
    """What else can go wrong in Adam; what the faults cover already is left out."""
    covered = {"no_bias_correction", "prev_grad", "eps_inside_sqrt", "ascent_sign"}
    defaults = with_defaults(epoch_adam, {"lr": 1e-2}, {"betas": (0.9, 0.99)}, {"eps": 1e-7})
    parts = (bias_slips, m_slips, v_slips, beta_slips, eps_slips, returned, learning_rate)
    for known in (*(part(epoch_adam) for part in parts), defaults):
        for slug, (message, variants) in known.items():
            if slug not in covered:
                yield Mistake(slug, "repaired_adam", message, variants)


MISTAKES = (*remaining(), *others())
